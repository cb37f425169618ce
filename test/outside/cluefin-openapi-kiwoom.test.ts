/**
 * The TypeScript client of Kiwoom that others wrote, against the sandbox. The package runs unmodified; its requests leave for the sandbox's
 * port instead of Kiwoom's.
 */
import { KiwoomAuth, KiwoomClient } from "cluefin-openapi";
import { createSandbox } from "kofin/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServedSandbox, serveSandbox } from "../../sandbox/serve.js";
import { examplesOf } from "../contract/example-input.js";
import { operationsIn, specsOf } from "../contract/specs.js";

/** What the package says of a method: the request's names, and those that its callers use. */
interface Endpoint {
  methodName: string;
  path: string;
  apiId: string;
  bodyMap: Record<string, string>;
  params: { name: string; required: boolean }[];
}

// biome-ignore lint/suspicious/noExplicitAny: the package does not say what stands in a body
type Method = (input: Record<string, unknown>) => Promise<{ headers: Record<string, string>; body: any }>;

const GROUPS = [
  ...(["domesticAccount", "domesticChart", "domesticEtf", "domesticForeign", "domesticMarketCondition"] as const),
  ...(["domesticOrder", "domesticRankInfo", "domesticSector", "domesticStockInfo", "domesticTheme"] as const),
];
type Group = (typeof GROUPS)[number];

const sandbox = createSandbox();
const operations = operationsIn(specsOf("kiwoom"));
let served: ServedSandbox;
let client: KiwoomClient;

const elsewhere: typeof fetch = (input, init) =>
  fetch(String(input).replace(/^https:\/\/[^/]+/, `${served.url}/kiwoom`), init);

beforeAll(async () => {
  served = await serveSandbox(sandbox, { port: 0 });
  const { appKey, secretKey } = sandbox.kiwoom.options;
  const { token } = await new KiwoomAuth({ appKey, secretKey, env: "prod", fetchImpl: elsewhere }).generateToken();
  const pace = { rateLimitRequestsPerSecond: 1_000, rateLimitBurst: 1_000, maxRetries: 0 };
  client = new KiwoomClient({ token, env: "prod", fetchImpl: elsewhere, ...pace });
});
afterAll(() => served.close());

/** The package keeps its list of methods on each group. */
function endpointsOf(group: Group): readonly Endpoint[] {
  return (new KiwoomClient({ token: "" })[group] as unknown as { endpoints: readonly Endpoint[] }).endpoints;
}

const METHODS = GROUPS.flatMap((group) => endpointsOf(group).map((endpoint) => ({ group, endpoint })));

function call(group: Group, name: string, input: Record<string, unknown>) {
  const method = (client[group] as unknown as Record<string, Method>)[name];
  if (!method) throw new Error(`There is no ${group}.${name}`);
  return method.call(client[group], input);
}

/** Not in Kiwoom's documents since June 2026. */
const WITHDRAWN = ["ka10009"];

describe("cluefin-openapi's client of Kiwoom on the sandbox", () => {
  it("knows a part of the operations, and no other but one that was withdrawn", () => {
    const ids = new Set(operations.map(({ fragment }) => fragment));
    expect(METHODS.length).toBeGreaterThan(100);
    expect(METHODS.map(({ endpoint }) => endpoint.apiId).filter((id) => !ids.has(id))).toEqual(WITHDRAWN);
  });

  it("trades: a quote, an order, its look-up and its cancellation", async () => {
    sandbox.kiwoom.setPrice("005930", 60_000);
    const orders = METHODS.filter(({ group }) => group === "domesticOrder").map(({ endpoint }) => endpoint);
    const named = (id: string) => {
      const found = orders.find(({ apiId }) => apiId === id);
      if (!found) throw new Error(`it has no ${id}`);
      return found;
    };
    const wire = { dmst_stex_tp: "KRX", stk_cd: "005930", ord_qty: "3", ord_uv: "50000", trde_tp: "0", cond_uv: "" };
    const bought = await call("domesticOrder", named("kt10000").methodName, inputOf(named("kt10000"), wire));
    expect(bought.body).toMatchObject({ returnCode: 0, ordNo: expect.stringMatching(/^\d{7}$/) });
    const change = { dmst_stex_tp: "KRX", stk_cd: "005930", orig_ord_no: bought.body.ordNo, cncl_qty: "0" };
    const cancelled = await call("domesticOrder", named("kt10003").methodName, inputOf(named("kt10003"), change));
    expect(cancelled.body).toMatchObject({ returnCode: 0, baseOrigOrdNo: bought.body.ordNo });
    expect(sandbox.kiwoom.effects).toHaveLength(2);
  });

  it.each(
    METHODS.filter(({ endpoint }) => !WITHDRAWN.includes(endpoint.apiId)).map(
      ({ group, endpoint }) => [`${group}.${endpoint.methodName} (${endpoint.apiId})`, group, endpoint] as const,
    ),
  )("%s", async (_, group, endpoint) => {
    const operation = operations.find(({ fragment }) => fragment === endpoint.apiId);
    if (!operation) throw new Error(`The specs have no ${endpoint.apiId}`);
    const [example] = examplesOf(operation, {});
    const work = call(group, endpoint.methodName, inputOf(endpoint, example?.input ?? {}));
    // What it asks for is understood; whether an order can be changed that is not there is another question.
    const answer = await work.catch((error: Error) => ({ body: { returnCode: error.message } }));
    if (!/SANDBOX0\d/.test(JSON.stringify(answer.body))) expect(answer.body).toMatchObject({ returnCode: 0 });
    expect(sandbox.kiwoom.requests.at(-1)?.headers["api-id"]).toBe(endpoint.apiId);
    expect(sandbox.kiwoom.requests.at(-1)?.path).toBe(operation.path);
  });
});

function inputOf({ bodyMap, params }: Endpoint, request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = new Map(
    Object.entries(bodyMap).flatMap(([one, other]) => [[one, other] as const, [other, one] as const]),
  );
  const entries = params.flatMap(({ name, required }) => {
    const value = request[names.get(name) ?? name] ?? request[name];
    return value !== undefined ? [[name, value]] : required ? [[name, ""]] : [];
  });
  return Object.fromEntries(entries);
}
