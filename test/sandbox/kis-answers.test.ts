import { describe, expect, test } from "vitest";
import { complaints } from "../contract/validator.js";
import {
  type Answer,
  connect,
  DAY,
  HOUR,
  NOW,
  OVERSEAS,
  open,
  type Program,
  STOCK,
  signIn,
  specs,
} from "./kis-client.js";
import { operations, requestOf, trIdsOf } from "./kis-requests.js";

const EVERY = operations.filter(({ trId }) => trId !== undefined);

/** Prices and holdings that the orders of `requestOf` can do something with. */
function prepare({ kis }: ReturnType<typeof open>, environments: readonly ("real" | "mock")[]): void {
  for (const exchange of ["NASD", "SEHK", "SHAA", "SZAA"]) kis.setPrice("TEST", 100, exchange);
  for (const exchange of ["TKSE", "HASE"]) kis.setPrice("TEST", 5_000, exchange);
  kis.setPrice("KR6000001D91", 10_000, "bond");
  for (const environment of environments) {
    for (const market of ["NASD", "SEHK", "SHAA", "SZAA", "TKSE", "HASE"]) {
      kis.hold({ code: "TEST", market, quantity: 1_000 }, { environment });
    }
    kis.hold({ code: "005930", quantity: 1_000 }, { environment });
    kis.deposit(10_000_000_000, "KRW", { environment });
    kis.deposit(10_000_000, "USD", { environment });
  }
}

/** Asks an operation once for each of its actions. */
async function askAll(program: Program, operation: (typeof EVERY)[number], environment: "real" | "mock" = "real") {
  const answers: { action: string; status: number; body: Answer }[] = [];
  for (const { action, trId } of trIdsOf(operation, environment)) {
    const parameters = requestOf(operation, action);
    const { get, post } = program;
    const { status, body } = await (operation.method === "GET" ? get : post)(
      operation.path,
      trId,
      parameters as Record<string, string>,
    );
    answers.push({ action, status, body });
  }
  return answers;
}

describe("every operation", () => {
  test("there are 279, four of them without a tr_id", () => {
    expect([operations.length, EVERY.length]).toEqual([279, 275]);
  });

  const shared = open({ limits: false });
  let program: Promise<Program> | undefined;
  test.each(EVERY.map((operation) => [`${operation.module}.${operation.id}`, operation] as const))(
    "%s answers what its spec says",
    async (_, operation) => {
      if (!program) prepare(shared, ["real"]);
      program ??= signIn(shared.sandbox);
      for (const { action, status, body } of await askAll(await program, operation)) {
        const label = `${action} ${body.msg_cd} ${body.msg1}`;
        expect([label, status]).toEqual([label, 200]);
        // Changes of orders that do not exist are refused, and nothing else is.
        if (body.rt_cd !== "0")
          expect([body.msg_cd, operation.path]).toEqual([
            "APBK0344",
            expect.stringMatching(/rvsecncl|order-resv-ccnl|order-resv$/),
          ]);
        expect(complaints(operation.response, body)).toEqual([]);
      }
    },
  );

  test("the mock server answers the 38 operations that it has", async () => {
    const opened = open();
    prepare(opened, ["mock"]);
    const mock = await signIn(opened.sandbox, "mock");
    const served = EVERY.filter(({ trId }) => trId?.mock !== undefined);
    expect(served).toHaveLength(38);
    for (const operation of served) {
      for (const { body } of await askAll(mock, operation, "mock")) {
        if (body.rt_cd !== "0") expect(body.msg_cd).toBe("APBK0344");
        expect(complaints(operation.response, body)).toEqual([]);
      }
    }
  });

  test("in the other forms that documents leave open, every section is still there", async () => {
    const { sandbox, kis } = open();
    const here = await signIn(sandbox);
    for (const operation of EVERY.filter(({ method }) => method === "GET")) {
      const [plain] = await askAll(here, operation);
      kis.otherForms(true);
      const [odd] = await askAll(here, operation);
      kis.otherForms(false);
      for (const [name, schema] of Object.entries(operation.response.properties ?? {})) {
        const [before, after] = [plain?.body[name], odd?.body[name]];
        if (schema["x-shape"] === "one") expect([name, after]).toEqual([name, [expect.any(Object)]]);
        if (schema["x-shape"] === "one-or-many" && before.length === 1) expect(Array.isArray(after)).toBe(false);
      }
    }
  });
});

describe("made-up data", () => {
  test("is the same for the same seed, clock and question", async () => {
    const ask = async (code: string) => (await (await connect()).quote(code)).body.output;
    expect(await ask("005930")).toEqual(await ask("005930"));
    expect(await ask("005930")).not.toEqual(await ask("000660"));
  });

  test("numbers are numbers, flags are flags, codes fit, and nothing is an exponent", async () => {
    const { sandbox } = open();
    const here = await signIn(sandbox);
    const odd: string[] = [];
    for (const operation of EVERY.filter(({ method }) => method === "GET")) {
      const [answer] = await askAll(here, operation);
      const visit = (value: unknown, name: string): void => {
        if (Array.isArray(value)) for (const item of value) visit(item, name);
        else if (typeof value === "object" && value !== null)
          for (const [field, inner] of Object.entries(value)) visit(inner, field);
        else if (typeof value === "string") {
          const isNumber = /(prpr|oprc|hgpr|lwpr|_qty|_amt|pbmn|_unpr|acml_vol|prdy_vrss)$/i.test(name);
          if (isNumber && !/^(-?\d+(\.\d+)?)?$/.test(value)) odd.push(`${operation.id} ${name} ${value}`);
          if (/_yn$/i.test(name) && !/^[YN]?$/.test(value)) odd.push(`${operation.id} ${name} ${value}`);
          if (/^-?\d+(\.\d+)?e[+-]?\d+$/i.test(value)) odd.push(`${operation.id} ${name} ${value}`);
        }
      };
      visit(answer?.body, "");
    }
    expect(odd).toEqual([]);
  });
});

describe("the calendar", () => {
  const HOLIDAY = `${STOCK}/quotations/chk-holiday`;

  test("weekends and the holidays of the sun are closed", async () => {
    const { get } = await connect({ pageSize: 100 });
    const { body } = await get(HOLIDAY, "CTCA0903R", { BASS_DT: "20261220", CTX_AREA_NK: "", CTX_AREA_FK: "" });
    const closed = body.output.filter(({ opnd_yn }: Answer) => opnd_yn === "N").map(({ bass_dt }: Answer) => bass_dt);
    expect(closed.slice(0, 7)).toEqual([
      "20261220",
      "20261225",
      "20261226",
      "20261227",
      "20261231",
      "20270101",
      "20270102",
    ]);
    expect(body.output[0]).toMatchObject({ bass_dt: "20261220", wday_dvsn_cd: "01", bzdy_yn: "N", tr_day_yn: "N" });
  });

  test("settlement overseas is two trading days away", async () => {
    const { get } = await connect();
    const query = { TRAD_DT: "20261120", CTX_AREA_NK: "", CTX_AREA_FK: "" };
    const { body } = await get(`${OVERSEAS}/quotations/countries-holiday`, "CTOS5011R", query);
    const nasdaq = [body.output].flat().find(({ prdt_type_cd }: Answer) => prdt_type_cd === "512");
    expect(nasdaq).toMatchObject({ tr_natn_cd: "840", acpl_sttl_dt: "20261124", dmst_sttl_dt: "20261124" });
  });

  test("the last business days", async () => {
    const { get } = await connect();
    const { body } = await get(`${STOCK}/quotations/market-time`, "HHMCM000002C0");
    expect(body.output1).toMatchObject({ date1: "20261120", date2: "20261119", date5: "20261116", today: "20261120" });
  });
});

test("specs without KIS make a sandbox that knows no operation", async () => {
  const { createSandbox } = await import("kofin/sandbox");
  const sandbox = createSandbox({ specs: specs.filter(({ name }) => name === "none"), now: () => NOW + HOUR + DAY });
  const { get } = await signIn(sandbox);
  expect((await get(`${STOCK}/quotations/inquire-price`, "FHKST01010100")).body.msg_cd).toBe("EGW00203");
});
