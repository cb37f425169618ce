import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { NetworkError, OutcomeUnknownError, ProviderError, type Settled, settle, type Transport } from "kofin";
import { call, createKis, type KisOptions, type Reply } from "kofin/kis";
import { undiciTransport } from "kofin/node";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { idle } from "../support/wait.js";
import { order, ordered } from "./operations.js";

/** What the server does with an order. */
type Fault = (request: IncomingMessage, response: ServerResponse) => void;

const json = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const refuse =
  (code: string, status = 500): Fault =>
  (_, response) =>
    json(response, status, { rt_cd: "1", msg_cd: code, msg1: "거절" });
const accept: Fault = (_, response) =>
  json(response, 200, { rt_cd: "0", msg_cd: "APBK0013", msg1: "주문 전송 완료", output: { ODNO: "0000117057" } });

let fault: Fault = accept;
/** Orders that reached the server: headers that arrived, and bodies that were read to the end. */
let begun = 0;
let whole: string[] = [];
const sockets = new Set<Socket>();

const server = createServer((request, response) => {
  if (request.url === "/oauth2/tokenP") {
    json(response, 200, { access_token: "token", expires_in: 86_400 });
    return;
  }
  begun += 1;
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => whole.push(Buffer.concat(chunks).toString()));
  request.on("error", () => {});
  fault(request, response);
});
server.on("connection", (socket) => {
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
});

let origin = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  fault = accept;
  begun = 0;
  whole = [];
});

/** Waits until the order is read to the end. */
const afterReading =
  (then: Fault): Fault =>
  (request, response) =>
    request.on("end", () => then(request, response));

const silent: Fault = () => {};
const reset: Fault = (request) => request.socket.resetAndDestroy();
const close: Fault = (request) => request.socket.destroy();
const half: Fault = (request, response) => {
  response.writeHead(200, { "content-length": "100" }).write('{"rt_cd":"0"');
  setTimeout(() => request.socket.destroy(), 5);
};
const page =
  (status: number): Fault =>
  (_, response) =>
    response.writeHead(status, { "content-type": "text/html" }).end("<html>");
const empty =
  (status: number): Fault =>
  (_, response) =>
    response.writeHead(status).end();

type Fate = "done" | "not done" | "unknown";

/** What the caller is told: done, or an error that means that it was not, or one that says that nobody knows. */
function fateOf({ data, error }: Settled<Reply<unknown>>): Fate {
  if (data) return "done";
  return error instanceof OutcomeUnknownError ? "unknown" : "not done";
}

const CASES: [name: string, fault: Fault, fate: Fate][] = [
  ["accepted", accept, "done"],
  ["refused by the business", refuse("APBK0918", 200), "not done"],
  ["refused for its form", refuse("OPSQ2000"), "not done"],
  ["reset before it was read", reset, "unknown"],
  ["closed before it was read", close, "unknown"],
  ["reset after it was read", afterReading(reset), "unknown"],
  ["closed after it was read", afterReading(close), "unknown"],
  ["not answered", afterReading(silent), "unknown"],
  ["answered by half", afterReading(half), "unknown"],
  ["EGW00201", refuse("EGW00201"), "not done"],
  ["EGW00215", refuse("EGW00215"), "not done"],
  ["EGW00202", refuse("EGW00202"), "unknown"],
  ["EGW00300", refuse("EGW00300"), "unknown"],
  ["EGW00301", refuse("EGW00301"), "unknown"],
  ["EGW00302", refuse("EGW00302"), "unknown"],
  ["500 with a code that nobody knows", refuse("EGW99999"), "unknown"],
  ["500 with JSON of another kind", (_, response) => json(response, 500, { error: "Internal" }), "unknown"],
  ["500 with a page", page(500), "unknown"],
  ["500 without a body", empty(500), "unknown"],
  ["502 with a page", page(502), "unknown"],
  ["503 without a body", empty(503), "unknown"],
  ["504 without a body", empty(504), "unknown"],
  ["408 without a body", empty(408), "unknown"],
  ["200 with a page", page(200), "unknown"],
  ["200 without a body", empty(200), "unknown"],
  ["429 without a body", empty(429), "not done"],
  ["404 with a page", page(404), "not done"],
  ["a redirect", (_, response) => response.writeHead(307, { location: order.path }).end(), "not done"],
];

const transports: [string, (() => Transport) | undefined][] = [
  ["the platform's fetch", undefined],
  ["undici", () => undiciTransport()],
];

describe.each(transports)("an order over %s", (name, make) => {
  const fetch = make?.();
  const buy = (options: Partial<KisOptions> = {}, callOptions = {}) => {
    const kis = createKis({
      environment: "real",
      appKey: `orders over ${name}`,
      appSecret: "secret",
      account: "12345678-01",
      baseUrl: origin,
      limits: false,
      retries: 5,
      retryDelayMs: 1,
      answerTimeoutMs: 500,
      ...(fetch && { fetch }),
      ...options,
    });
    return settle(call(kis, order, { ...ordered, action: "buy" }, callOptions));
  };

  it.each(CASES)("that is %s arrives once, and its fate is told", async (_, happens, fate) => {
    fault = happens;
    const outcome = await buy();
    await idle();
    expect({ fate: fateOf(outcome), begun }).toEqual({ fate, begun: 1 });
    expect(whole.length).toBeLessThanOrEqual(1);
    if (fate === "unknown") expect(outcome.error?.message).toContain(order.settledBy);
  });

  it("that found a closed connection in the pool is not sent over another one", async () => {
    await buy();
    const kept = [...sockets];
    const cut = function (this: Socket) {
      this.resetAndDestroy();
    };
    for (const socket of kept) socket.on("data", cut);
    const outcome = await buy();
    await idle();
    for (const socket of kept) socket.off("data", cut);
    // Whether the kept connection was used or a new one, it was sent once at most.
    expect(begun).toBeLessThanOrEqual(2);
    expect(["done", "unknown"]).toContain(fateOf(outcome));
    expect(whole.length).toBe(fateOf(outcome) === "done" ? 2 : 1);
  });

  it("that nobody was there to hear is not done", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { error } = await buy({ baseUrl: `http://127.0.0.1:${port}`, tokens: known });
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: false });
    expect(begun).toBe(0);
  });

  it("that its caller gave up on has an open fate once it is on its way", async () => {
    fault = afterReading(silent);
    const controller = new AbortController();
    const outcome = buy({ answerTimeoutMs: 10_000 }, { signal: controller.signal });
    while (whole.length === 0) await idle();
    controller.abort();
    const { error } = await outcome;
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error?.cause).toMatchObject({ code: "ABORTED", mayHaveArrived: true });
    expect(fateOf(await buy({}, { signal: AbortSignal.abort() }))).toBe("not done");
    expect(begun).toBe(1);
  });

  it("that took the whole time of the call has an open fate too", async () => {
    fault = afterReading(silent);
    const { error } = await buy({ answerTimeoutMs: 10_000 }, { timeoutMs: 100 });
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error?.cause).toMatchObject({ code: "TIMEOUT" });
    expect(begun).toBe(1);
  });

  it("whose token was refused goes once more with another, which is the one that counts", async () => {
    let refused = 0;
    fault = (request, response) => {
      if (refused++ === 0) return refuse("EGW00123")(request, response);
      return afterReading(close)(request, response);
    };
    const { error } = await buy({ tokens: known });
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(begun).toBe(2);
  });
});

const known = { get: async () => ({ value: "token", expiresAt: Number.POSITIVE_INFINITY }), invalidate: () => {} };

describe("an open fate", () => {
  it("says what happened, what to ask, and what to ask it with", async () => {
    fault = refuse("EGW00301");
    const kis = createKis({
      environment: "mock",
      appKey: "open fate",
      appSecret: "secret",
      account: "12345678-01",
      baseUrl: origin,
      limits: false,
    });
    const { error } = await settle(call(kis, order, { ...ordered, action: "buy" }));
    if (!(error instanceof OutcomeUnknownError)) throw new Error("expected an open fate");
    expect(error).toMatchObject({
      code: "OUTCOME_UNKNOWN",
      provider: "kis",
      operation: order.id,
      advice: "check-outcome",
      settledBy: "domestic-stock-trading/inquireDailyCcld",
    });
    expect(error.cause).toBeInstanceOf(ProviderError);
    expect(error.cause.code).toBe("EGW00301");
    expect(error.reference).toMatchObject({
      trId: "VTTC0012U",
      preparedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      CANO: "12345678",
      PDNO: "005930",
      ORD_QTY: "10",
    });
    expect(JSON.stringify(error)).not.toContain("12345678");
  });
});
