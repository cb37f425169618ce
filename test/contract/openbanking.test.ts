/**
 * The contract: every operation of the specs, called through its generated function against the sandbox, with each kind of token
 * that opens it.
 * @module
 */
import { HttpError, InvalidInputError } from "kofin";
import type { Operation } from "kofin/generator";
import type { OpenBanking, PageOptions, Reply } from "kofin/openbanking";
import { accountBalanceFinNum } from "kofin/openbanking/account";
import type { ReceivedRequest, Sandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../generated/openbanking/catalogue.js";
import { failure } from "../support/failure.js";
import { callersParameters, type Input, without } from "./example-input.js";
import { prepared } from "./openbanking-preparation.js";
import {
  type Case,
  callOf,
  fullCases,
  leanCases,
  operations,
  people,
  setup,
  useCode,
  type Way,
  waysInto,
} from "./openbanking-setup.js";
import { emptyLists, lost, strangers, unfilled, unlike } from "./promises.js";
import { functionOf, nameOf } from "./specs.js";
import { complaints } from "./validator.js";

type Pages = (openBanking: OpenBanking, input?: Input, options?: PageOptions) => AsyncGenerator<Reply<unknown>, void>;

async function prepare(found: Case) {
  const here = await setup(found.way);
  return { ...here, input: await prepared(here, found), call: await callOf(found.operation) };
}

function lastOf({ openBanking }: Sandbox): ReceivedRequest {
  const last = openBanking.requests.at(-1);
  if (!last) throw new Error("Nothing has arrived");
  return last;
}

/** The same operation by the token that most will use. */
function isFirstWay({ operation, way }: Case): boolean {
  return waysInto(operation)[0] === way;
}

test("nothing is left out: the catalogue, the specs and the functions are one list", async () => {
  const listed = catalogue.map(({ module, id, path }) => `${module}.${id} ${path}`).sort();
  expect(listed).toEqual(operations.map((operation) => `${nameOf(operation)} ${operation.path}`).sort());
  expect(operations).toHaveLength(53);
  for (const entry of catalogue) expect(await callOf(entry), entry.id).toBeTypeOf("function");
});

/** Lists that have nothing to list, and why. */
const EMPTY: Readonly<Record<string, string>> = { exclude_list: "no institution is left out of 계좌통합조회" };

describe("every operation, with each kind of token that opens it", () => {
  test.each([...fullCases, ...leanCases])("%s", async (_, found) => {
    const { operation, way } = found;
    const { sandbox, caller, call, input } = await prepare(found);
    const reply = await call(caller, input);
    expect(complaints(operation.response, reply.raw)).toEqual([]);
    expect(unlike(operation.response, reply.data)).toEqual([]);
    expect(strangers(operation.response, reply.data)).toEqual([]);
    expect(emptyLists(reply.data).filter((list) => !(list in EMPTY))).toEqual([]);

    const sent = lastOf(sandbox);
    expect([sent.method, sent.path]).toEqual([operation.method, operation.path]);
    expect(wrongHeaders(operation, input, sent)).toEqual([]);
    expect(holderOf(sent)).toEqual(HOLDERS[way]);
    const request = operation.request ?? {};
    expect(complaints(request, sent.body)).toEqual([]);
    expect(strangers(request, sent.body)).toEqual([]);
    expect(unfilled(request, input, sent.body)).toEqual([]);
    const headers = callersParameters(operation).map(({ name }) => name);
    const rest = headers.reduce((left, name) => without(left, name), input);
    expect(lost(rest, sent.body)).toEqual([]);
  });
});

describe("every operation, answered under the other names that documents have", () => {
  test.each(fullCases.filter(([, found]) => isFirstWay(found)))("%s", async (_, found) => {
    const { sandbox, caller, call, input } = await prepare(found);
    sandbox.openBanking.otherNames(true);
    const { data } = await call(caller, input);
    expect(complaints(found.operation.response, data)).toEqual([]);
    expect(unlike(found.operation.response, data)).toEqual([]);
    expect(strangers(found.operation.response, data)).toEqual([]);
  });
});

describe("a required field that is missing", () => {
  const missing = fullCases.filter(([, found]) => isFirstWay(found) && found.example.needs.length > 0);

  test.each(missing)("%s: is named before anything is sent", async (_, { operation, example, way }) => {
    const { caller, sandbox } = await setup(way);
    const call = await callOf(operation);
    const before = sandbox.openBanking.requests.length;
    for (const { path, name, filledIn, selects } of example.needs) {
      if (filledIn) continue;
      const error = await failure(call(caller, without(example.input, path)), InvalidInputError);
      if (!selects) expect([error.code, error.field]).toEqual(["INPUT_MISSING", path]);
      expect(error.message).toContain(name);
    }
    expect(sandbox.openBanking.requests).toHaveLength(before);
  });

  test.each(missing)("%s: is named on the wire", async (_, found) => {
    const { sandbox, caller, call, input } = await prepare(found);
    // Refused for now, to see what it looks like: some end the token that they come with.
    sandbox.openBanking.failNext({ status: 400, path: found.operation.path });
    await failure(call(caller, input), HttpError);
    const sent = lastOf(sandbox);
    for (const { path, name, selects } of found.example.needs) {
      const response = await replay(sandbox, sent, without(sent.body, path));
      const { rsp_code, rsp_message } = (await response.json()) as Record<"rsp_code" | "rsp_message", string>;
      expect([path, rsp_code]).toEqual([path, found.way === "none" ? "O0001" : "A0004"]);
      if (!selects) expect(rsp_message).toContain(found.way === "none" ? "([3000103])" : `(${name})`);
    }
  });
});

describe("pages", () => {
  const paged = fullCases.filter(([, found]) => isFirstWay(found) && found.operation.paging);

  /** Nobody in the sandbox has more cards, insurances and the like than a page holds. */
  const SHORT = ["card.cards", "pay.pays", "insurance.insurances", "loan.loans"];

  /** A period in which more happened than a page holds. */
  const LONG: Readonly<Record<string, Input>> = { "card.cardsBills": { from_month: "202501", to_month: "202611" } };

  test.each(paged)(
    "%s: each brings something else, and the last one says so",
    async (_, { operation, example, way }) => {
      const { caller, sandbox } = await setup(way);
      const pages = await functionOf<Pages>("openbanking", operation.module, `${operation.id}Pages`);
      const replies: Reply<unknown>[] = [];
      for await (const reply of pages(caller, { ...example.input, ...LONG[nameOf(operation)] })) {
        expect(complaints(operation.response, reply.raw)).toEqual([]);
        expect(unlike(operation.response, reply.data)).toEqual([]);
        replies.push(reply);
      }
      if (SHORT.includes(nameOf(operation))) expect(replies).toHaveLength(1);
      else expect(replies.length).toBeGreaterThan(1);
      expect(replies.map(({ next }) => next !== undefined)).toEqual(
        replies.map((_, page) => page < replies.length - 1),
      );

      const asked = sandbox.openBanking.requests.filter(({ path }) => path === operation.path);
      const sent = asked.map(({ body }) => body as Input);
      for (const body of sent) expect(complaints(operation.request ?? {}, body)).toEqual([]);
      expect(sent.map((body) => "befor_inquiry_trace_info" in body)).toEqual(replies.map((_, page) => page > 0));
      expect(new Set(sent.map(({ befor_inquiry_trace_info: trace }) => trace)).size).toBe(replies.length);
      expect(new Set(sent.map(({ bank_tran_id }) => bank_tran_id)).size).toBe(replies.length);
    },
  );
});

test("a user who has not consented is noticed before anything is sent", async () => {
  const { openBanking, sandbox } = await setup("user");
  const before = sandbox.openBanking.requests.length;
  const stranger = openBanking.user(people.kim.userSeqNo);
  const asked = accountBalanceFinNum(stranger, { fintech_use_num: people.hong.fintechUseNum });
  expect(await failure(asked, InvalidInputError)).toMatchObject({ code: "SCOPE_MISSING" });
  expect(sandbox.openBanking.requests).toHaveLength(before);
});

/** Sends a request again with another content, under the same headers. */
function replay({ fetch }: Sandbox, sent: ReceivedRequest, content: Input): Promise<Response> {
  const { method, path, headers, text } = sent;
  const url = `https://testapi.openbanking.or.kr${path}`;
  if (method === "GET") {
    const query = Object.entries(content).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    return fetch(`${url}?${query.join("&")}`, { headers });
  }
  const isForm = !text.startsWith("{");
  const body = isForm ? new URLSearchParams(content as Record<string, string>).toString() : JSON.stringify(content);
  return fetch(url, { method, headers, body });
}

const HOLDERS: Readonly<Record<Way, string | undefined>> = {
  user: people.hong.userSeqNo,
  oob: useCode,
  sa: useCode,
  none: undefined,
};

/** Whose token a request carries. */
function holderOf({ headers }: ReceivedRequest): unknown {
  const claims = headers.authorization?.match(/^Bearer [^.]+\.([^.]+)\./)?.[1];
  return claims && (JSON.parse(Buffer.from(claims, "base64url").toString()) as { aud: unknown }).aud;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  "application/json": "application/json; charset=UTF-8",
  "application/x-www-form-urlencoded": "application/x-www-form-urlencoded; charset=UTF-8",
};

/** Headers that do not hold what the spec asks for, or what the caller passed. */
function wrongHeaders(operation: Operation, input: Input, { headers }: ReceivedRequest): string[] {
  const type = CONTENT_TYPES[operation.requestType ?? ""];
  const passed = operation.parameters.filter(({ in: place }) => place === "header").map(({ name }) => name);
  return [
    ...passed.filter((name) => headers[name.toLowerCase()] !== input[name]),
    ...(type === undefined || headers["content-type"] === type ? [] : ["content-type"]),
  ];
}
