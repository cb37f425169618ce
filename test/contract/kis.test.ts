/**
 * The contract: every operation of the specs, called through its generated function against the sandbox.
 * @module
 */
import { HttpError, InvalidInputError } from "kofin";
import { createKis, type Reply } from "kofin/kis";
import type { ReceivedRequest } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../generated/kis/catalogue.js";
import { failure } from "../support/failure.js";
import { type Input, without } from "./example-input.js";
import { type Environment, expectReply, expectSent, fieldsFrom } from "./kis-expectations.js";
import { prepared } from "./kis-preparation.js";
import { busy, type Case, callOf, cases, fresh, fullCases, operations, productOf } from "./kis-setup.js";
import { emptyLists } from "./promises.js";
import { nameOf } from "./specs.js";
import { complaints } from "./validator.js";

/** What changes something, and tokens, of which there is one a minute, are tried out where nothing has happened yet. */
function setupFor({ operation }: Case) {
  if (operation.retry === "safe" && operation.module !== "oauth") return busy;
  fresh.reset();
  return fresh;
}

async function prepare(found: Case, environment: Environment = "real", setup = setupFor(found)) {
  const { operation } = found;
  const input = await prepared(setup, found, environment);
  const call = await callOf(operation);
  const kis = setup.client(productOf(operation), environment);
  const carryOut = (): Promise<Reply<unknown>> => (operation.request ? call(kis, input) : call(kis));
  return { setup, input, carryOut };
}

function lastOf({ sandbox }: typeof busy): ReceivedRequest {
  const last = sandbox.kis.requests.at(-1);
  if (!last) throw new Error("Nothing has arrived");
  return last;
}

test("nothing is left out: the catalogue, the specs and the functions are one list", async () => {
  const listed = catalogue.map(({ module, id, path }) => `${module}.${id} ${path}`).sort();
  expect(listed).toEqual(operations.map((operation) => `${nameOf(operation)} ${operation.path}`).sort());
  expect(operations).toHaveLength(279);
  for (const entry of catalogue) expect(await callOf(entry), entry.id).toBeTypeOf("function");
});

/** Lists that have nothing to list, and why. */
const EMPTY: Readonly<Record<string, string>> = {
  "domestic-stock-trading.inquireDailyCcld · before3Months": "nobody ordered anything that long ago",
};

describe("every operation, in every way", () => {
  test.each(cases)("%s", async (title, found) => {
    const { setup, input, carryOut } = await prepare(found);
    const reply = await carryOut();
    expect(complaints(found.operation.response, reply.raw)).toEqual([]);
    expectReply(found, reply);
    expectSent(found, input, lastOf(setup));
    const isEmpty = Object.keys(EMPTY).some((name) => title.startsWith(name));
    expect(emptyLists(reply.data)).toHaveLength(isEmpty ? 1 : 0);
  });
});

describe("every operation, answered in the other forms that the documents leave open", () => {
  test.each(fullCases)("%s", async (_, found) => {
    const { setup, carryOut } = await prepare(found);
    setup.sandbox.kis.otherForms(true);
    const reply = await carryOut().finally(() => setup.sandbox.kis.otherForms(false));
    expectReply(found, reply);
  });
});

describe("a required field that is missing", () => {
  const missing = fullCases.filter(([, { example }]) => example.needs.length > 0);

  test.each(missing)("%s: is named before anything is sent", async (_, { operation, example }) => {
    const call = await callOf(operation);
    const kis = busy.client(productOf(operation));
    const before = busy.sandbox.kis.requests.at(-1);
    for (const { path, name, filledIn } of [...example.needs, ...("action" in example.input ? [ACTION] : [])]) {
      if (filledIn) continue;
      const error = await failure(call(kis, without(example.input, path)), InvalidInputError);
      expect([error.code, error.field]).toEqual(["INPUT_MISSING", path]);
      expect(error.message).toContain(name);
    }
    expect(busy.sandbox.kis.requests.at(-1)).toBe(before);
  });

  test.each(missing)("%s: is named on the wire", async (_, found) => {
    const { operation, example } = found;
    const { setup, carryOut } = await prepare(found);
    // Refused for now, to see what it looks like: some can be done once only.
    setup.sandbox.kis.failNext({ status: 400, path: operation.path });
    await failure(carryOut(), HttpError);
    const sent = lastOf(setup);
    for (const { name } of example.needs) {
      const answer = await replay(setup, sent, without(sent.body, name));
      expect([name, refusalOf(answer)]).toEqual([name, REFUSALS[operation.path]?.[name] ?? `OPSQ2001 [${name}]`]);
    }
  });
});

const ACTION = { path: "action", name: "action", filledIn: false };

/** The paths of tokens and keys have codes of their own. */
const REFUSALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/oauth2/tokenP": { grant_type: "EGW00115", appkey: "EGW00102", appsecret: "EGW00104" },
  "/oauth2/Approval": { grant_type: "EGW00115", appkey: "EGW00102", secretkey: "EGW00104" },
  "/oauth2/revokeP": { appkey: "EGW00102", appsecret: "EGW00104", token: "EGW00121" },
};

describe("what the client has not been told", () => {
  const { htsId: _, account: __, ...options } = busy.sandbox.kis.options;
  const kis = createKis(options);
  const filled = (word: string) =>
    fullCases.filter(([, { operation }]) => fieldsFrom(operation.request, word).length > 0);

  test.each(filled("account"))("%s: is missed as `account`", async (_, { operation, example }) => {
    const call = await callOf(operation);
    const error = await failure(call(kis, example.input), InvalidInputError);
    expect([error.code, error.field]).toEqual(["INPUT_MISSING", "account"]);
  });

  test.each(filled("htsId"))("%s: is missed by its own name", async (_, { operation, example }) => {
    const call = await callOf(operation);
    const error = await failure(call(kis, example.input), InvalidInputError);
    expect([error.code, error.field]).toEqual(["INPUT_MISSING", fieldsFrom(operation.request, "htsId")[0]]);
  });
});

describe("the mock host", () => {
  const isServed = ({ operation: { trId }, way: { action } }: Case) =>
    trId === undefined || (typeof trId.mock === "object" ? trId.mock[action ?? ""] : trId.mock) !== undefined;
  const served = fullCases.filter(([, found]) => isServed(found));
  const refused = fullCases.filter(([, found]) => !isServed(found));

  test("serves 38 operations, and those that have no tr_id", () => {
    const names = new Set(
      served
        .map(([, { operation }]) => operation)
        .filter(({ trId }) => trId)
        .map(nameOf),
    );
    expect(names.size).toBe(38);
  });

  test.each(served)("%s: answers under its own tr_id", async (_, found) => {
    fresh.reset();
    const { setup, input, carryOut } = await prepare(found, "mock", fresh);
    const reply = await carryOut();
    expect(complaints(found.operation.response, reply.raw)).toEqual([]);
    expectReply(found, reply);
    expectSent(found, input, lastOf(setup), "mock");
  });

  test.each(refused)("%s: is MOCK_UNSUPPORTED before anything is sent", async (_, { operation, example }) => {
    const call = await callOf(operation);
    const before = fresh.sandbox.kis.requests.length;
    const error = await failure(call(fresh.client(productOf(operation), "mock"), example.input), InvalidInputError);
    expect([error.code, error.field]).toEqual(["MOCK_UNSUPPORTED", "environment"]);
    expect(fresh.sandbox.kis.requests).toHaveLength(before);
  });
});

/** Sends a request again with another content, under the same headers. */
async function replay({ sandbox }: typeof busy, { method, path, headers }: ReceivedRequest, content: Input) {
  const url = `https://openapi.koreainvestment.com:9443${path}`;
  const query = new URLSearchParams(content as Record<string, string>);
  const response =
    method === "GET"
      ? await sandbox.fetch(`${url}?${query}`, { headers })
      : await sandbox.fetch(url, { method, headers, body: JSON.stringify(content) });
  return (await response.json()) as Record<string, string>;
}

/** The code of a refusal, and which field it names. */
function refusalOf({ msg_cd, msg1 = "", error_code }: Record<string, string>): string {
  const [field = ""] = /\[.*\]/.exec(msg1) ?? [];
  return [error_code ?? msg_cd, field].filter(Boolean).join(" ");
}
