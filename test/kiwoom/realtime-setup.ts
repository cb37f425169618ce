import type { CallEvent } from "kofin";
import { createKiwoom, type Kiwoom, type KiwoomOptions } from "kofin/kiwoom";
import { Server } from "../../sandbox/kiwoom/realtime/server.js";
import type { Item, Market, RealtimeSource, SandboxCondition, Values } from "../../sandbox/kiwoom/realtime/source.js";
import { mockOfSpecs } from "../../sandbox/provider/index.js";
import { toRequest } from "../../sandbox/shared/sandbox-fetch.js";
import { specs } from "../../sandbox/shared/specs.js";
import { webSocketOf } from "../../sandbox/web-sockets/web-socket.js";

export const STOCKS = ["005930", "000660", "005930_NX", "005930_AL", "AAPL", "BRK.B", "001", "58J297"];

/** More than one page of stocks. */
const many = Array.from({ length: 250 }, (_, at) => ({
  code: `A${String(100_000 + at)}`,
  values: { "302": `종목${at}`, "10": "+000061300", "12": "000001500" },
}));

export const CONDITIONS: Record<Market, SandboxCondition[]> = {
  domestic: [
    { seq: "0", name: "신고가", stocks: [{ code: "A005930" }, { code: "J58J297" }] },
    { seq: "1", name: "전 종목", stocks: many },
    ...Array.from({ length: 12 }, (_, at) => ({ seq: String(at + 2), name: `조건 ${at + 2}`, stocks: [] })),
  ],
  us: [{ seq: "3", name: "Movers", stocks: [{ code: "AAPL", exchange: "ND", values: { "318": "기술" } }] }],
};

/** The token endpoint is made of the specs; the web sockets are the mock's own. */
export function open() {
  const mock = mockOfSpecs("kiwoom", specs("kiwoom"), { seed: 1, clock: Date.now });
  const fetch = Object.assign(
    (input: string | URL | Request, init?: RequestInit) => mock.fetch(toRequest(input, init)) as Promise<Response>,
    { getBody: true } as const,
  );
  const conditions = structuredClone(CONDITIONS);
  const market = { count: 0 };
  const source: RealtimeSource = {
    isGood: (token) => mock.isGood(token),
    knows: (_, { code }: Item) => STOCKS.includes(code),
    move: (type): Values | undefined => (type === "0C" ? undefined : { "10": String(++market.count) }),
    conditions: (of) => conditions[of],
  };
  const server = new Server(source);
  return { mock: mock.controls(fetch), fetch, server, webSocket: webSocketOf(server), conditions };
}

/** A client that wastes no time, and what it says. */
export function connect(
  { mock, webSocket, fetch }: Pick<ReturnType<typeof open>, "mock" | "webSocket" | "fetch">,
  options: Partial<KiwoomOptions> = {},
): { client: Kiwoom; events: CallEvent[] } {
  const events: CallEvent[] = [];
  const { clientId = "", clientSecret = "" } = mock.options;
  const client = createKiwoom({
    ...{ environment: "real", appKey: clientId, secretKey: clientSecret, fetch },
    ...{ retryDelayMs: 0, limits: false },
    ...options,
    realtime: { webSocket, paceMs: 0, backoffMs: [0], ...options.realtime },
    onEvent: (event) => events.push(event),
  });
  return { client, events };
}

export async function thrown(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

export async function until(check: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!check() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 1));
  if (!check()) throw new Error("it did not come about");
}
