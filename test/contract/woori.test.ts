/**
 * The contract: every operation of the specs, called through its generated function against the sandbox.
 * @module
 */
import { InvalidInputError } from "kofin";
import type { Operation, Schema } from "kofin/generator";
import { createSandbox, WOORI_SMS_CODE } from "kofin/sandbox";
import { createWoori, type Reply, type Woori } from "kofin/woori";
import { getCellCerti } from "kofin/woori/login";
import { beforeEach, describe, expect, test } from "vitest";
import { catalogue } from "../../generated/woori/catalogue.js";
import { failure } from "../support/failure.js";
import { callersParameters, examplesOf, type Field, type Input, isNeeded, without } from "./example-input.js";
import { emptyLists, lost, strangers, unlike } from "./promises.js";
import { functionOf, nameOf, operationsIn, specsOf } from "./specs.js";
import { complaints } from "./validator.js";

type Call = (woori: Woori, input?: Input) => Promise<Reply<unknown>>;

/** Operations that take nothing have no input in their place. */
type BareCall = (woori: Woori) => Promise<Reply<unknown>>;

const NOON = Date.UTC(2026, 10, 21, 3);
const specs = specsOf("woori");
const operations = operationsIn(specs);
const sandbox = createSandbox({ specs, now: () => NOON });
const device = { UTZPE_CNCT_IPAD: "203.0.113.7", UTZ_MCHR_OS_DSCD: "1" };
const woori = createWoori({ ...sandbox.woori.options, device });

beforeEach(() => sandbox.reset());

/** What the examples of the specs cannot know of the sandbox's bank. */
function known({ module }: Operation, { name }: Field): unknown {
  if (module === "remittance" && name === "CUCD") return "USD";
  return { INQ_STA_DT: "20260901", INQ_END_DT: "20261121" }[name];
}

const callOf = ({ module, id }: Pick<Operation, "module" | "id">) => functionOf<Call>("woori", module, id);
const bodyOf = ({ request }: Operation): Schema => request?.properties?.dataBody ?? {};

const calls = operations.flatMap((operation) => {
  const recipe = { known: (field: Field) => known(operation, field) };
  const [full] = examplesOf(operation, recipe, bodyOf(operation));
  const [lean] = examplesOf(operation, { ...recipe, passes: isNeeded }, bodyOf(operation));
  if (!full || !lean) throw new Error(`${nameOf(operation)} has no example`);
  return [
    [nameOf(operation), { operation, example: full }] as const,
    [`${nameOf(operation)} · with as little as possible`, { operation, example: lean }] as const,
  ];
});

/** What has to happen before, and what of it goes into the input. */
async function prepared({ id }: Operation, input: Input): Promise<Input> {
  if (id !== "executeCellCerti") return input;
  const { RRNO_BFNB, ENCY_RRNO_LSNM } = input as Record<"RRNO_BFNB" | "ENCY_RRNO_LSNM", string>;
  const person = { COMC_DIS: "1", HP_NO: "01012345678", HP_CRTF_AGR_YN: "Y", FNM: "홍길동", RRNO_BFNB, ENCY_RRNO_LSNM };
  const { data } = await getCellCerti(woori, person);
  return { ...input, CRTF_UNQ_NO: data.CRTF_UNQ_NO, ENCY_SMS_CRTF_NO: WOORI_SMS_CODE };
}

async function carryOut(operation: Operation, input: Input) {
  const call = await callOf(operation);
  const takesNothing = operation.request === undefined && callersParameters(operation).length === 0;
  const reply = await (takesNothing ? (call as BareCall)(woori) : call(woori, input));
  const sent = sandbox.woori.requests.at(-1);
  if (!sent) throw new Error(`${nameOf(operation)} sent nothing`);
  return { reply, sent };
}

test("nothing is left out: the catalogue, the specs and the functions are one list", async () => {
  const listed = catalogue.map(({ module, id, path }) => `${module}.${id} ${path}`).sort();
  expect(listed).toEqual(operations.map((operation) => `${nameOf(operation)} ${operation.path}`).sort());
  // 27 of the developer portal and of public code, and one of them as the documents of 2019 have it.
  expect(operations).toHaveLength(27 + 1);
  for (const entry of catalogue) expect(await callOf(entry), entry.id).toBeTypeOf("function");
});

describe.each([false, true])("every operation, answers printed as in 2021: %s", (printed) => {
  test.each(calls)("%s", async (_, { operation, example }) => {
    sandbox.woori.printed(printed);
    const input = await prepared(operation, example.input);
    const { reply, sent } = await carryOut(operation, input);
    expect(complaints(operation.response, reply.raw)).toEqual([]);
    expect(unlike(bodyOfAnswer(operation), reply.data)).toEqual([]);
    expect(strangers(bodyOfAnswer(operation), reply.data)).toEqual([]);
    expect(emptyLists(reply.data)).toEqual([]);

    expect([sent.method, sent.path]).toEqual([operation.method, operation.path]);
    expect(wrongHeaders(operation, input, sent.headers)).toEqual([]);
    if (!operation.request) return expect(sent.text).toBe("");
    expect(complaints(operation.request, sent.body)).toEqual([]);
    expect(strangers(operation.request, sent.body)).toEqual([]);
    expect(sent.body).toMatchObject({ dataHeader: device });
    const headers = callersParameters(operation).map(({ name }) => name);
    const rest = headers.reduce((left, name) => without(left, name), input);
    expect(lost(rest, (sent.body as Input).dataBody)).toEqual([]);
  });
});

describe("a required field that is missing", () => {
  const missing = calls.filter(([name, { example }]) => example.needs.length > 0 && !name.includes("·"));

  test.each(missing)("%s: is named before anything is sent", async (_, { operation, example }) => {
    const call = await callOf(operation);
    for (const { path, name, filledIn } of example.needs) {
      if (filledIn) continue;
      const error = await failure(call(woori, without(example.input, path)), InvalidInputError);
      expect([error.code, error.field]).toEqual(["INPUT_MISSING", path]);
      expect(error.message).toContain(name);
    }
    expect(sandbox.woori.requests).toEqual([]);
  });

  test.each(missing)("%s: is SYSCD01000 on the wire, with its name", async (_, { operation, example }) => {
    const { sent } = await carryOut(operation, await prepared(operation, example.input));
    const { method, path, headers } = sent;
    for (const { path: field } of example.needs) {
      const body = JSON.stringify(without(sent.body, `dataBody.${field}`));
      const response = await sandbox.fetch(`https://openapi.wooribank.com:444${path}`, { method, headers, body });
      const { dataBody } = (await response.json()) as { dataBody: { ERRORCODE: string; ERRORLIST: object[] } };
      expect(dataBody).toMatchObject({ ERRORCODE: "SYSCD01000", ERRORLIST: [{ MAIN_MSG_TXT: field }] });
    }
  });
});

function bodyOfAnswer({ response }: Operation): Schema {
  return response.properties?.dataBody ?? {};
}

/** Headers that do not hold what their document asks for: the client's keys, the user's token, or what the caller passed. */
function wrongHeaders({ parameters }: Operation, input: Input, sent: Readonly<Record<string, string>>): string[] {
  const { appKey, secretKey, token } = sandbox.woori.options;
  const words: Record<string, string> = { appKey, secretKey, token };
  return parameters.flatMap(({ name, schema }) => {
    const value = schema["x-from"] === undefined ? input[name] : words[schema["x-from"]];
    const expected = name.toLowerCase() === "authorization" ? `Bearer ${value}` : value;
    return sent[name.toLowerCase()] === expected ? [] : [name];
  });
}
