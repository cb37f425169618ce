/**
 * The contract: every operation of the specs, called through its generated function against the sandbox.
 * @module
 */
import { InvalidInputError } from "kofin";
import type { Operation } from "kofin/generator";
import type { Reply } from "kofin/provider";
import { createSandbox } from "kofin/sandbox";
import { createTossinvest, type Tossinvest } from "kofin/tossinvest";
import { createConditionalOrder } from "kofin/tossinvest/conditional-order";
import { createOrder } from "kofin/tossinvest/order";
import { beforeEach, describe, expect, test } from "vitest";
import { catalogue } from "../../generated/tossinvest/catalogue.js";
import { failure } from "../support/failure.js";
import { callersParameters, examplesOf, type Field, type Input, isNeeded, without } from "./example-input.js";
import { lost, strangers, unlike } from "./promises.js";
import { functionOf, nameOf, operationsIn, specsOf } from "./specs.js";
import { complaints } from "./validator.js";

type Call = (client: Tossinvest, input?: Input) => Promise<Reply<unknown>>;
type BareCall = (client: Tossinvest) => Promise<Reply<unknown>>;

/** Friday, 11:00 in Seoul. */
const NOW = Date.UTC(2026, 10, 20, 2);
const specs = specsOf("tossinvest");
const operations = operationsIn(specs);
const sandbox = createSandbox({ specs, now: () => NOW });
const client = createTossinvest({ ...sandbox.tossinvest.options, limits: false });

beforeEach(() => {
  sandbox.reset();
  sandbox.tossinvest.setPrice("005930", 60_000);
});

const BODIES: Readonly<Record<string, unknown>> = {
  ...{ symbols: "005930,AAPL", price: "50000", quantity: "10", orderAmount: "50", clientOrderId: "contract-1" },
  ...{ date: "2026-11-20", from: "2026-11-01", to: "2026-11-20", until: "2026-11-20", expireDate: "2026-12-31" },
  ...{ dateTime: "2026-11-20T11:00:00+09:00", before: "2026-11-20T11:00:00+09:00", triggerPrice: "70000" },
  ...{ orderPrice: "70000", cursor: null, second: null, type: undefined },
};

/** What the specs cannot know of the sandbox. */
function known({ module, id, path }: Operation, { name, path: at, schema }: Field): unknown {
  if (name === "symbol") {
    if (module === "market-indicators") return "KOSPI";
    return schema.title?.startsWith("US") ? "AAPL" : "005930";
  }
  if (name === "orderSide" || (name === "side" && id === "createOrder")) return "BUY";
  if (name === "second" || at.startsWith("second")) return null;
  if (name === "cursor" && path.includes("orders")) return null;
  return BODIES[name];
}

const callOf = ({ module, id }: Pick<Operation, "module" | "id">) => functionOf<Call>("tossinvest", module, id);

const calls = operations.flatMap((operation) => {
  const recipe = { known: (field: Field) => known(operation, field) };
  const full = examplesOf(operation, recipe);
  const lean = examplesOf(operation, { ...recipe, passes: (field) => isNeeded(field) || isPrice(operation, field) });
  return [
    ...full.map((example, way) => [`${nameOf(operation)} · way ${way + 1}`, { operation, example }] as const),
    ...lean.map(
      (example, way) => [`${nameOf(operation)} · way ${way + 1}, as little`, { operation, example }] as const,
    ),
  ];
});

/** A LIMIT order has a price, though the schema cannot say so. */
function isPrice({ id }: Operation, { name }: Field): boolean {
  return id === "createOrder" && name === "price";
}

/** What has to be there before, and what of it goes into the input. */
async function prepared(input: Input): Promise<Input> {
  if ("orderId" in input) {
    const order = { symbol: "005930", side: "BUY", orderType: "LIMIT", quantity: "10", price: "50000" } as const;
    return { ...input, orderId: (await createOrder(client, order)).data.orderId };
  }
  if (!("conditionalOrderId" in input)) return input;
  const first = { orderSide: "BUY", triggerPrice: "70000", orderPrice: "70000" } as const;
  const order = {
    symbol: "005930",
    type: "SINGLE",
    quantity: "1",
    orderType: "LIMIT",
    expireDate: "2026-12-31",
  } as const;
  const { data } = await createConditionalOrder(client, { ...order, first });
  return { ...input, conditionalOrderId: data.conditionalOrderId };
}

async function carryOut(operation: Operation, input: Input) {
  const call = await callOf(operation);
  const takesNothing = operation.request === undefined && callersParameters(operation).length === 0;
  const reply = await (takesNothing ? (call as BareCall)(client) : call(client, input));
  const sent = sandbox.tossinvest.requests.at(-1);
  if (!sent) throw new Error(`${nameOf(operation)} sent nothing`);
  return { reply, sent };
}

test("nothing is left out: the catalogue, the specs and the functions are one list", async () => {
  const listed = catalogue.map(({ module, id, path }) => `${module}.${id} ${path}`).sort();
  expect(listed).toEqual(operations.map((operation) => `${nameOf(operation)} ${operation.path}`).sort());
  // 30 of the owner's document 1.2.5, and 6 of the reference 1.2.17.
  expect(operations).toHaveLength(30 + 6);
  for (const entry of catalogue) expect(await callOf(entry), entry.id).toBeTypeOf("function");
});

test("every operation counts against a limit that there is, and 14 take an account", () => {
  const names = new Set(specs[0]?.settings.data.limits?.map(({ name }) => name));
  expect(names.size).toBe(18);
  expect(operations.filter(({ limit }) => !names.has(limit))).toEqual([]);
  const withAccount = operations.filter(({ parameters }) =>
    parameters.some(({ name }) => name === "X-Tossinvest-Account"),
  );
  expect(withAccount).toHaveLength(14);
});

test("orders are repeated with their key, nothing else that does something is repeated", () => {
  const keyed = operations.filter(({ retry }) => retry === "idempotency-key");
  expect(keyed.map(({ id }) => id).sort()).toEqual(["createConditionalOrder", "createOrder"]);
  expect(keyed.map(({ idempotency }) => idempotency)).toEqual(Array(2).fill({ field: "clientOrderId", seconds: 600 }));
  const never = operations.filter(({ retry }) => retry === "never").map(({ id }) => id);
  expect(never.sort()).toEqual([
    ...["cancelConditionalOrder", "cancelOrder", "issueOAuth2Token", "modifyConditionalOrder", "modifyOrder"],
  ]);
  expect(operations.filter(({ retry, method }) => retry === "safe" && method !== "GET")).toEqual([]);
});

describe("every operation", () => {
  test.each(calls)("%s", async (_, { operation, example }) => {
    const input = await prepared(example.input);
    const { reply, sent } = await carryOut(operation, input);
    if (operation.answerType === "none") expect([reply.data, reply.response.status]).toEqual([undefined, 204]);
    else {
      expect(complaints(operation.response, reply.raw)).toEqual([]);
      expect(unlike(operation.data ?? operation.response, reply.data)).toEqual([]);
      expect(strangers(operation.data ?? operation.response, reply.data)).toEqual([]);
    }
    expect([sent.method, routeOf(operation, input)]).toEqual([operation.method, sent.path]);
    const takesAccount = operation.parameters.some(({ name }) => name === "X-Tossinvest-Account");
    expect(sent.headers["x-tossinvest-account"]).toBe(takesAccount ? "1" : undefined);
    expect(sent.headers.authorization !== undefined).toBe(operation.auth !== "none");
    if (!operation.request) return;
    expect(complaints(operation.request, sent.body)).toEqual([]);
    expect(strangers(operation.request, sent.body)).toEqual([]);
    const inPath = operation.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
    expect(lost(inPath.reduce(without, input), sent.body)).toEqual([]);
  });
});

function routeOf({ path }: Operation, input: Input): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
}

describe("a required field that is missing", () => {
  const missing = calls.filter(([name, { example }]) => example.needs.length > 0 && !name.includes("little"));

  test.each(missing)("%s: is named before anything is sent", async (_, { operation, example }) => {
    const call = await callOf(operation);
    for (const { path, name, filledIn } of example.needs) {
      if (filledIn || path.startsWith("second")) continue;
      const error = await failure(call(client, without(example.input, path)), InvalidInputError);
      expect(["INPUT_MISSING", "INPUT_INVALID"]).toContain(error.code);
      expect(error.message).toContain(name === "orderAmount" ? "quantity" : name);
    }
    expect(sandbox.tossinvest.requests).toEqual([]);
  });
});
