/**
 * Orders through the generated functions against the served sandbox, under every fault there is on the way: each order arrives at
 * most once, and the caller is told which of done, not done and unknown it is. Where it is unknown, the look-up that the error names
 * tells the truth.
 * @module
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type KofinError, memoryStore, OutcomeUnknownError, type Transport } from "kofin";
import { createKis, type Kis } from "kofin/kis";
import { inquireDailyCcldPages, orderCash } from "kofin/kis/domestic-stock-trading";
import { undiciTransport } from "kofin/node";
import { createSandbox, type KisFault } from "kofin/sandbox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServedSandbox, serveSandbox } from "../../sandbox/serve.js";

const PATH = "/uapi/domestic-stock/v1/trading/order-cash";
const ORDER = { action: "buy", PDNO: "005930", ORD_DVSN: "01", ORD_QTY: 1, ORD_UNPR: 0 } as const;

/** Tokens go on from test to test: KIS gives one a minute, and kofin asks for one a second at most. */
const store = memoryStore();
const sandbox = createSandbox({ kis: { tokenGapMs: 0 } });
const limits = { perSecond: 1_000, burst: 1_000, ledgerPerSecond: 1_000, tokenPerMinute: 60_000 };
let served: ServedSandbox;
beforeAll(async () => {
  served = await serveSandbox(sandbox, { port: 0 });
});
afterAll(() => served.close());

type Outcome = "done" | "not done" | "unknown";

const faults: [name: string, fault: KisFault | undefined, outcome: Outcome, happened: boolean][] = [
  ["no fault at all", undefined, "done", true],
  ["reset before it was carried out", { drop: true }, "unknown", false],
  ["reset after it was carried out", { drop: true, carriedOut: true }, "unknown", true],
  ["no answer, not carried out", { silent: true }, "unknown", false],
  ["no answer, carried out", { silent: true, carriedOut: true }, "unknown", true],
  ["EGW00201", { code: "EGW00201" }, "not done", false],
  ["EGW00215", { code: "EGW00215" }, "not done", false],
  ["EGW00301, not carried out", { code: "EGW00301" }, "unknown", false],
  ["EGW00301, carried out", { code: "EGW00301", carriedOut: true }, "unknown", true],
  ["EGW00302, carried out", { code: "EGW00302", carriedOut: true }, "unknown", true],
  ["500 with JSON that is no envelope", { status: 500, body: { error: "x" }, carriedOut: true }, "unknown", true],
  ["500 with text", { status: 500, body: "<html>x</html>" }, "unknown", false],
  ["500 with nothing", { status: 500, body: "", carriedOut: true }, "unknown", true],
  ["200 with text", { status: 200, body: "OK", carriedOut: true }, "unknown", true],
  ["a refusal", { code: "APBK0918" }, "not done", false],
  ["a token that has ended, which is renewed", { code: "EGW00123" }, "done", true],
];

const transports: [string, () => Transport | undefined][] = [
  ["fetch", () => undefined],
  ["undici", () => undiciTransport()],
];

describe.each(transports)("an order over %s", (_, transport) => {
  const clientAt = (baseUrl: string) => {
    const { fetch: _inProcess, ...options } = sandbox.kis.options;
    const fetch = transport();
    return createKis({
      ...options,
      baseUrl,
      store,
      limits,
      retryDelayMs: 1,
      answerTimeoutMs: 400,
      ...(fetch && { fetch }),
    });
  };

  test.each(faults)("%s", async (_name, fault, outcome, happened) => {
    const kis = clientAt(served.url);
    const [arrivedBefore, ordersBefore] = [arrivals(), sandbox.kis.orders().length];
    if (fault) sandbox.kis.failNext({ ...fault, path: "domestic-stock-trading.orderCash" });
    const told = await outcomeOf(orderCash(kis, ORDER, { retries: 5 }));
    expect(told.outcome).toBe(outcome);

    // What a refused token kept out comes once more.
    expect(arrivals() - arrivedBefore).toBe(fault?.code === "EGW00123" ? 2 : 1);
    expect(sandbox.kis.orders().length - ordersBefore).toBe(happened ? 1 : 0);

    if (!(told.error instanceof OutcomeUnknownError)) return;
    expect(told.error.settledBy).toBe("domestic-stock-trading/inquireDailyCcld");
    expect((await listed(kis)) - ordersBefore).toBe(happened ? 1 : 0);
  });

  test("nobody listens", async () => {
    const before = arrivals();
    const told = await outcomeOf(orderCash(clientAt(await deadOrigin()), ORDER));
    expect(told.outcome).toBe("not done");
    expect(arrivals()).toBe(before);
  });
});

/** Orders that have reached the sandbox, whatever became of them. */
function arrivals(): number {
  return sandbox.kis.requests.filter(({ path }) => path === PATH).length;
}

async function outcomeOf(order: Promise<unknown>): Promise<{ outcome: Outcome; error?: KofinError }> {
  try {
    await order;
    return { outcome: "done" };
  } catch (error) {
    return { outcome: error instanceof OutcomeUnknownError ? "unknown" : "not done", error: error as KofinError };
  }
}

/** How many orders the look-up that the error names shows. */
async function listed(kis: Kis): Promise<number> {
  const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10).replaceAll("-", "");
  const days = { INQR_STRT_DT: today, INQR_END_DT: today };
  const all = { SLL_BUY_DVSN_CD: "00", CCLD_DVSN: "00", INQR_DVSN: "00", INQR_DVSN_3: "00", INQR_DVSN_1: "" };
  const anything = { ORD_GNO_BRNO: "", ODNO: "", PDNO: "", EXCG_ID_DVSN_CD: "KRX" };
  const input = { action: "within3Months" as const, ...days, ...all, ...anything };
  let count = 0;
  for await (const { data } of inquireDailyCcldPages(kis, input)) count += data.output1?.length ?? 0;
  return count;
}

/** An address where somebody has been, and is no more. */
async function deadOrigin(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `http://127.0.0.1:${port}`;
}
