/**
 * The contract: every operation of the specs, called through its generated function against the sandbox.
 * @module
 */
import type { Operation, Schema } from "kofin/generator";
import { defineProvider } from "kofin/provider";
import type { Client, Reply } from "kofin/provider/functions";
import type { SandboxFetch } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../generated/kiwoom/catalogue.js";
import { kiwoom as data } from "../../generated/kiwoom/provider.js";
import { mockOfSpecs } from "../../sandbox/provider/index.js";
import { toRequest } from "../../sandbox/shared/sandbox-fetch.js";
import { failure } from "../support/failure.js";
import { examplesOf, type Field, type Input, isNeeded } from "./example-input.js";
import { lost, strangers, unlike } from "./promises.js";
import { functionOf, nameOf, operationsIn, specsOf } from "./specs.js";
import { complaints } from "./validator.js";

type Kiwoom = Client<"kiwoom">;
type Call = (kiwoom: Kiwoom, input?: Input) => Promise<Reply<unknown>>;
type Pages = (kiwoom: Kiwoom, input?: Input) => AsyncGenerator<Reply<unknown>, void>;

const specs = specsOf("kiwoom");
const operations = operationsIn(specs);
/** Of the specs alone: what the mock of Kiwoom knows besides has tests of its own. */
const made = mockOfSpecs("kiwoom", specs[0], { seed: 1, clock: Date.now });
const fetch: SandboxFetch = Object.assign(
  async (input: string | URL | Request, init?: RequestInit) => made.fetch(toRequest(input, init)),
  { getBody: true } as const,
);
const mock = made.controls(fetch);
const createKiwoom = defineProvider(data, {
  fill: ({ clientId, clientSecret }) => ({
    ...{ appKey: () => clientId, secretKey: () => clientSecret, token: () => "token-to-revoke" },
  }),
});
const clientFor = (environment: "real" | "mock"): Kiwoom =>
  createKiwoom({ clientId: "", clientSecret: "", ...mock.options, environment, limits: false });
const kiwoom = clientFor("real");

const apiIdOf = ({ fragment }: Operation) => fragment ?? "";
const callOf = ({ module, id }: Pick<Operation, "module" | "id">) => functionOf<Call>("kiwoom", module, id);
const withApiIds = (wanted: (operation: Operation) => boolean) => operations.filter(wanted).map(apiIdOf).sort();

/** The operations that move money. */
const MONEY = [
  ...["kt10000", "kt10001", "kt10002", "kt10003", "kt10006", "kt10007", "kt10008", "kt10009"],
  ...["kt50000", "kt50001", "kt50002", "kt50003", "ust20000", "ust20001", "ust20002", "ust20003", "ust31302"],
];

/** Those in which 2 is AMEX and 3 is NASDAQ; in their neighbours it is the other way round. */
const AMEX_FIRST = [
  ...["usa20932", "usa20940", "usa20941", "usa20960", "usa20961", "usa20970", "usa20971", "usa20972", "usa23000"],
  ...["usa23100", "usa23400", "usa23401", "usa24110", "usa24111", "usa24120", "usa24121", "usa24160", "usa24161"],
  ...["usa24162", "usa24210", "usa24211", "usa24290", "usa24291"],
];

describe("the specs", () => {
  test("nothing is left out: the catalogue, the specs and the functions are one list", async () => {
    const listed = catalogue.map(({ module, id, path }) => `${module}.${id} ${path}`).sort();
    expect(listed).toEqual(operations.map((operation) => `${nameOf(operation)} ${pathOf(operation)}`).sort());
    const count = (start: string) => operations.filter(({ module }) => module.startsWith(start)).length;
    expect([operations.length, count("domestic-"), count("us-"), count("oauth")]).toEqual([306, 183, 121, 2]);
    expect(new Set(operations.map(({ path }) => path)).size).toBe(27);
    for (const entry of catalogue) expect(await callOf(entry), entry.id).toBeTypeOf("function");
  });

  test("every api-id is there once, and sent by all but the tokens", () => {
    expect(new Set(operations.map(apiIdOf)).size).toBe(306);
    const sent = operations.filter(({ module }) => module !== "oauth");
    expect(sent.filter((operation) => operation.constantHeaders?.["api-id"] !== apiIdOf(operation))).toEqual([]);
    expect(operations.filter(({ module }) => module === "oauth").map(apiIdOf)).toEqual(["au10001", "au10002"]);
  });

  test("what moves money is sent once, and says which look-up tells; all else but tokens is a look-up", () => {
    expect(withApiIds(({ settledBy }) => settledBy !== undefined)).toEqual([...MONEY].sort());
    expect(withApiIds(({ retry }) => retry === "never")).toEqual(["au10001", "au10002", ...MONEY].sort());
  });

  test("what the mock host refuses is said to be for real", () => {
    expect(withApiIds(({ environments }) => environments?.join() === "real")).toEqual([
      ...["ka01690", "kt00002", "kt00015", "kt00016", "kt00017"],
    ]);
  });

  test("exchanges of US stocks are said by three lists, each by itself", () => {
    const exchangeOf = ({ request }: Operation): Schema => request?.properties?.stex_tp ?? {};
    const us = (operation: Operation) => operation.module.startsWith("us-");
    const inList = (list: string) => withApiIds((operation) => exchangeOf(operation)["x-code-list"] === list);
    expect(inList("nasdaq3Exchange")).toEqual(AMEX_FIRST);
    expect(inList("nasdaq2Exchange")).toHaveLength(31);
    expect(
      withApiIds((operation) => us(operation) && (exchangeOf(operation).enum?.includes("ND") ?? false)),
    ).toHaveLength(29);
    for (const operation of operations.filter((found) => exchangeOf(found)["x-code-list"])) {
      const { "x-codes": codes = {}, "x-code-list": list } = exchangeOf(operation);
      expect(codes[list === "nasdaq3Exchange" ? "3" : "2"], apiIdOf(operation)).toBe("NASDAQ");
    }
  });
});

function pathOf({ path, fragment }: Operation): string {
  return fragment === undefined ? path : `${path}#${fragment}`;
}

/** The mock answers with what was asked for by the same name: here a number of days for a date, and a minute for a time. */
const ECHOES: Readonly<Record<string, string>> = { ka10043: "/dt must match", ka10084: "/tm must match" };

/** What only the client knows. */
function known({ schema }: Field): unknown {
  return schema["x-from"] === undefined ? undefined : null;
}

const calls = operations.flatMap((operation): [string, { operation: Operation; input?: Input }][] => {
  if (!operation.request) return [[nameOf(operation), { operation }]];
  const [full] = examplesOf(operation, { known });
  const [lean] = examplesOf(operation, { known, passes: isNeeded });
  if (!full || !lean) throw new Error(`${nameOf(operation)} has no example`);
  return [
    [nameOf(operation), { operation, input: full.input }],
    [`${nameOf(operation)} · with as little as possible`, { operation, input: lean.input }],
  ];
});

describe("every operation", () => {
  test.each(calls)("%s", async (_, { operation, input }) => {
    const call = await callOf(operation);
    const reply = await (input === undefined ? call(kiwoom) : call(kiwoom, input));
    const echo = ECHOES[apiIdOf(operation)];
    expect(
      complaints(operation.response, reply.raw).filter((text) => echo === undefined || !text.includes(echo)),
    ).toEqual([]);
    expect(unlike(operation.data ?? {}, reply.data)).toEqual([]);
    expect(strangers(operation.response, reply.data)).toEqual([]);
    const sent = mock.requests.at(-1);
    expect([sent?.method, sent?.path]).toEqual([operation.method, operation.path]);
    expect(sent?.headers["api-id"]).toBe(operation.constantHeaders?.["api-id"]);
    expect(lost(input ?? {}, JSON.parse(sent?.text ?? "null"))).toEqual([]);
  });
});

describe("pages", () => {
  test("are there wherever the answer holds a list", async () => {
    const paged = operations.filter(({ paging }) => paging !== undefined);
    expect(paged).toHaveLength(257);
    for (const { module, id } of paged) await functionOf("kiwoom", module, `${id}Pages`);
  });

  test("go on with the key that the answer's headers gave", async () => {
    const before = mock.requests.length;
    const pages = await functionOf<Pages>("kiwoom", "domestic-chart", "stockDailyChartPages");
    const input = { stk_cd: "005930", base_dt: "20260415", upd_stkpc_tp: "1" };
    const seen: unknown[] = [];
    for await (const { data: page } of pages(kiwoom, input)) seen.push(page);
    expect(seen.length).toBeGreaterThan(1);
    const [first, ...further] = mock.requests.slice(before);
    expect([first?.headers["cont-yn"], first?.headers["next-key"]]).toEqual([undefined, undefined]);
    expect(further).toHaveLength(seen.length - 1);
    expect(further.map(({ headers }) => headers["cont-yn"])).toEqual(further.map(() => "Y"));
    const keys = further.map(({ headers }) => headers["next-key"]);
    expect(keys.every((key) => typeof key === "string" && key !== "")).toBe(true);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set([first, ...further].map((sent) => sent?.text)).size).toBe(1);
  });
});

describe("mock trading", () => {
  test.each(operations.filter(({ environments }) => environments).map((found) => [apiIdOf(found), found] as const))(
    "%s: is refused before anything is sent",
    async (_, operation) => {
      made.reset();
      const [example] = examplesOf(operation, { known });
      const error = await failure((await callOf(operation))(clientFor("mock"), example?.input ?? {}));
      expect(error).toMatchObject({ code: "MOCK_UNSUPPORTED", field: "environment" });
      expect(mock.requests).toEqual([]);
    },
  );
});
