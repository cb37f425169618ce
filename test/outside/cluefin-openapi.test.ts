/**
 * The strongest TypeScript client of KIS that others wrote, against the sandbox: what it understands, other clients will. The package
 * runs unmodified; its requests leave for the sandbox's port instead of KIS's.
 */
import { KisAuth, KisHttpClient } from "cluefin-openapi";
import { createSandbox } from "kofin/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServedSandbox, serveSandbox } from "../../sandbox/serve.js";
import { specs } from "../sandbox/kis-client.js";
import { operations, requestOf, trIdsOf } from "../sandbox/kis-requests.js";

/** What the package says of a method: the request's names, and those that its callers use. */
interface Endpoint {
  methodName: string;
  method: "GET" | "POST";
  path: string;
  trId?: string;
  requestMap: Record<string, string>;
  params: { name: string; required: boolean }[];
}

// biome-ignore lint/suspicious/noExplicitAny: the package does not say what stands in a body
type Body = any;
type Method = (input: Record<string, unknown>) => Promise<{ headers: Record<string, string>; body: Body }>;

const GROUPS = [
  "domesticAccount",
  "domesticBasicQuote",
  "domesticIssueOther",
  "domesticMarketAnalysis",
  "domesticRankingAnalysis",
  "domesticStockInfo",
  "onmarketBondBasicQuote",
  "overseasAccount",
  "overseasBasicQuote",
  "overseasMarketAnalysis",
] as const;
type Group = (typeof GROUPS)[number];

const sandbox = createSandbox({ specs });
let served: ServedSandbox;
let client: KisHttpClient;
let mock: KisHttpClient;

const elsewhere: typeof fetch = (input, init) => fetch(String(input).replace(/^https:\/\/[^/]+/, served.url), init);

function signIn(env: "prod" | "dev") {
  const { appKey, appSecret } = env === "prod" ? sandbox.kis.options : sandbox.kis.mockOptions;
  return new KisAuth({ appKey, secretKey: appSecret, env, fetchImpl: elsewhere });
}

async function connect(env: "prod" | "dev"): Promise<KisHttpClient> {
  const { appKey, appSecret } = env === "prod" ? sandbox.kis.options : sandbox.kis.mockOptions;
  const { accessToken: token } = await signIn(env).generate();
  const pace = { rateLimitRequestsPerSecond: 1_000, rateLimitBurst: 1_000, maxRetries: 0 };
  return new KisHttpClient({ token, appKey, secretKey: appSecret, env, fetchImpl: elsewhere, ...pace });
}

beforeAll(async () => {
  served = await serveSandbox(sandbox, { port: 0 });
  client = await connect("prod");
  mock = await connect("dev");
});
afterAll(() => served.close());

/** The package keeps its list of methods on each group. */
function endpointsOf(group: Group): readonly Endpoint[] {
  const { appKey, appSecret } = sandbox.kis.options;
  const listing = new KisHttpClient({ token: "", appKey, secretKey: appSecret });
  return (listing[group] as unknown as { endpoints: readonly Endpoint[] }).endpoints;
}

function call(from: KisHttpClient, group: Group, name: string, input: Record<string, unknown>) {
  return (from[group] as unknown as Record<string, Method>)[name]?.(input);
}

const account = { cano: "12345678", acntPrdtCd: "01" };
const METHODS = GROUPS.flatMap((group) => endpointsOf(group).map((endpoint) => ({ group, endpoint })));

describe("cluefin-openapi on the sandbox", () => {
  it("signs in, gets a web-socket key, and gives the token back", async () => {
    const other = createSandbox({ specs });
    const { appKey, appSecret } = other.kis.options;
    const fetchImpl: typeof fetch = (input, init) => other.fetch(input as string, init);
    const auth = new KisAuth({ appKey, secretKey: appSecret, env: "prod", fetchImpl });
    const token = await auth.generate();
    expect(token).toMatchObject({ tokenType: "Bearer", expiresIn: 86_400 });
    expect((await auth.approve()).approvalKey).toMatch(/^[0-9a-f-]{36}$/);
    expect(await auth.revoke()).toBe(true);
  });

  it("trades: quote, order, balance, cancellation", async () => {
    sandbox.kis.setPrice("005930", 70_000);
    const quote = await call(mock, "domesticBasicQuote", "getStockCurrentPrice", {
      fidCondMrktDivCode: "J",
      fidInputIscd: "005930",
    });
    expect(quote?.body.output.stckPrpr).toBe("70000");
    const order = (changes: Record<string, string>) =>
      call(mock, "domesticAccount", "requestStockQuoteCurrent", {
        trId: "VTTC0012U",
        ...account,
        pdno: "005930",
        ordQty: "2",
        ...changes,
      });
    const bought = await order({ ordDvsn: "01", ordUnpr: "0" });
    expect(bought?.body).toMatchObject({ rtCd: "0", output: { oDNO: expect.stringMatching(/^\d{10}$/) } });
    const resting = await order({ ordDvsn: "00", ordUnpr: "60000" });
    const cancelled = await call(mock, "domesticAccount", "requestStockQuoteCorrection", {
      ...{
        trId: "VTTC0013U",
        ...account,
        krxFwdgOrdOrgno: "91252",
        orgnOdno: resting?.body.output.oDNO,
        ordDvsn: "00",
      },
      ...{ rvseCnclDvsnCd: "02", ordQty: "0", ordUnpr: "0", qtyAllOrdYn: "Y" },
    });
    expect(cancelled?.body.rtCd).toBe("0");
    const balance = await call(mock, "domesticAccount", "getStockBalance", {
      ...{ trId: "VTTC8434R", trCont: "", ...account, afhrFlprYn: "N", oflYn: "", inqrDvsn: "02", unprDvsn: "01" },
      ...{ fundSttlIcldYn: "N", fncgAmtAutoRdptYn: "N", prcsDvsn: "00", ctxAreaFk100: "", ctxAreaNk100: "" },
    });
    expect(balance?.body.output1[0]).toMatchObject({ pdno: "005930", hldgQty: "102", prpr: "70000" });
    expect(sandbox.kis.orders({ environment: "mock" }).map(({ kind, filled }) => [kind, filled])).toEqual([
      ["new", 2],
      ["new", 0],
      ["cancel", 0],
    ]);
  });

  it("knows 189 paths", () => {
    expect(new Set(METHODS.map(({ endpoint }) => endpoint.path)).size).toBe(189);
  });

  it.each(METHODS.map(({ group, endpoint }) => [`${group}.${endpoint.methodName}`, group, endpoint] as const))(
    "%s",
    async (_, group, endpoint) => {
      const operation = operations.find(({ path }) => path === endpoint.path);
      if (!operation) throw new Error(`The specs have no ${endpoint.path}`);
      const [{ action, trId } = { action: "", trId: "" }] = trIdsOf(operation, "real");
      const request = requestOf(operation, action);
      const answer = await call(client, group, endpoint.methodName, inputOf(endpoint, request, trId));
      // What it asks for is understood; whether an order can be changed that is not there is another question.
      const { rtCd, msgCd, msg1 } = answer?.body ?? {};
      if (!REFUSED.includes(msgCd)) expect([rtCd, msgCd, msg1]).toEqual(["0", msgCd, msg1]);
    },
  );
});

/** No such order, nothing to sell, no money: the answers of a book, not those of a gateway that did not understand. */
const REFUSED = ["APBK0344", "APBK0400", "APBK0919"];

function inputOf(endpoint: Endpoint, request: Record<string, string>, trId: string): Record<string, unknown> {
  const values = new Map(Object.entries(request).map(([name, value]) => [name.toUpperCase(), value]));
  const names = new Map(Object.entries(endpoint.requestMap).map(([wire, name]) => [name, wire.toUpperCase()]));
  const entries = endpoint.params.flatMap(({ name, required }) => {
    if (name === "trId") return endpoint.trId ? [] : [[name, trId]];
    const value = values.get(names.get(name) ?? "");
    return value !== undefined ? [[name, value]] : required ? [[name, ""]] : [];
  });
  return Object.fromEntries(entries);
}
