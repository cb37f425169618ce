/**
 * Orders through the generated functions against the served sandbox, under every fault there is on the way. An order with its key is
 * executed once, however often its answer is lost; what has no key leaves once, and the caller is told which of done, not done and
 * unknown it is.
 * @module
 */
import { type KofinError, memoryStore, OutcomeUnknownError, type Transport } from "kofin";
import { undiciTransport } from "kofin/node";
import { createSandbox, type ProviderFault } from "kofin/sandbox";
import { createTossinvest, type Tossinvest } from "kofin/tossinvest";
import { createConditionalOrder } from "kofin/tossinvest/conditional-order";
import { cancelOrder, createOrder, modifyOrder } from "kofin/tossinvest/order";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type ServedSandbox, serveSandbox } from "../../sandbox/serve.js";
import { thrown, WAITING } from "./setup.js";

const sandbox = createSandbox();
const toss = sandbox.tossinvest;
const store = memoryStore();
let served: ServedSandbox;
beforeAll(async () => {
  toss.setPrice("005930", 60_000);
  served = await serveSandbox(sandbox, { port: 0 });
});
afterAll(() => served.close());

type Outcome = "done" | "not done" | "unknown";

/** A fault that befalls the first attempts, so many of them. */
interface Case {
  name: string;
  fault: ProviderFault;
  /** What becomes of an order with a key when the fault passes, and of a cancellation, which has none. */
  order: Outcome;
  cancel: Outcome;
  /** Whether the cancellation has happened. */
  cancelled: boolean;
}

const lost = (name: string, fault: ProviderFault, cancelled: boolean): Case => ({
  ...{ name, fault, cancelled },
  ...({ order: "done", cancel: "unknown" } as const),
});

const cases: Case[] = [
  lost("reset before it was carried out", { drop: true }, false),
  lost("reset after it was carried out", { drop: true, carriedOut: true }, true),
  lost("no answer, not carried out", { silent: true }, false),
  lost("no answer, carried out", { silent: true, carriedOut: true }, true),
  lost("internal-error, not carried out", { status: 500, code: "internal-error" }, false),
  lost("internal-error, carried out", { status: 500, code: "internal-error", carriedOut: true }, true),
  lost("500 with text, carried out", { status: 500, body: "<html>x</html>", carriedOut: true }, true),
  lost("503 with nothing", { status: 503, body: "" }, false),
  lost("200 with text, carried out", { status: 200, body: "OK", carriedOut: true }, true),
  lost("request-in-progress", { status: 409, code: "request-in-progress" }, false),
  {
    name: "rate-limit-exceeded",
    fault: { status: 429, code: "rate-limit-exceeded" },
    order: "done",
    cancel: "not done",
    cancelled: false,
  },
  {
    name: "maintenance",
    fault: { status: 500, code: "maintenance" },
    order: "not done",
    cancel: "not done",
    cancelled: false,
  },
  {
    name: "a refusal",
    fault: { status: 422, code: "stock-restricted" },
    order: "not done",
    cancel: "not done",
    cancelled: false,
  },
  {
    name: "a conflict of keys",
    fault: { status: 422, code: "idempotency-key-conflict" },
    order: "not done",
    cancel: "not done",
    cancelled: false,
  },
];

const transports: [string, () => Transport | undefined][] = [
  ["fetch", () => undefined],
  ["undici", () => undiciTransport()],
];

function clientOver(transport: Transport | undefined, retries = 3): Tossinvest {
  const { fetch: _inProcess, realtime: _socket, ...options } = toss.options;
  return createTossinvest({
    ...{ ...options, store, retries, limits: false, retryDelayMs: 1, answerTimeoutMs: 300 },
    baseUrl: `${served.url}/tossinvest`,
    ...(transport && { fetch: transport }),
  });
}

async function outcomeOf(work: Promise<unknown>): Promise<{ outcome: Outcome; error?: KofinError }> {
  try {
    await work;
    return { outcome: "done" };
  } catch (error) {
    return { outcome: error instanceof OutcomeUnknownError ? "unknown" : "not done", error: error as KofinError };
  }
}

const effectsOf = (id: string) => toss.effects.filter(({ operation }) => operation === `order.${id}`);
const sentTo = (path: string) => toss.requests.filter((request) => request.method === "POST" && request.path === path);

describe.each(transports)("over %s", (_, transport) => {
  test.each(cases)("an order: $name", async ({ fault, order }) => {
    const client = clientOver(transport());
    const [effects, requests] = [effectsOf("createOrder").length, sentTo("/api/v1/orders").length];
    toss.failNext({ ...fault, path: "order.createOrder" });
    const told = await outcomeOf(createOrder(client, WAITING));
    expect(told.outcome).toBe(order);
    expect(effectsOf("createOrder").length - effects).toBe(order === "done" ? 1 : 0);
    const sent = sentTo("/api/v1/orders").slice(requests);
    expect(sent).toHaveLength(order === "done" ? 2 : 1);
    // The same key, and the same content, every time.
    expect(new Set(sent.map(({ text }) => text)).size).toBe(1);
    expect(String((sent.at(0)?.body as { clientOrderId: string } | undefined)?.clientOrderId)).toMatch(
      /^[a-zA-Z0-9\-_]{1,36}$/,
    );
  });

  test.each(cases.filter(({ order }) => order === "done"))(
    "an order, three times in a row: $name",
    async ({ fault }) => {
      const client = clientOver(transport());
      const effects = effectsOf("createOrder").length;
      toss.failNext({ ...fault, path: "order.createOrder", times: 3 });
      const told = await outcomeOf(createOrder(client, { ...WAITING, clientOrderId: crypto.randomUUID() }));
      expect(told.outcome).toBe("done");
      expect(effectsOf("createOrder").length - effects).toBe(1);
    },
  );

  test.each(cases)("a cancellation: $name", async ({ fault, cancel, cancelled }) => {
    const client = clientOver(transport());
    const { orderId } = (await createOrder(client, WAITING)).data;
    const effects = effectsOf("cancelOrder").length;
    toss.failNext({ ...fault, path: "order.cancelOrder" });
    const told = await outcomeOf(cancelOrder(client, { orderId }));
    expect(told.outcome).toBe(cancel);
    expect(sentTo(`/api/v1/orders/${orderId}/cancel`)).toHaveLength(1);
    expect(effectsOf("cancelOrder").length - effects).toBe(cancelled ? 1 : 0);
    if (told.error instanceof OutcomeUnknownError) expect(told.error.settledBy).toBe("order-history/getOrders");
  });

  test("a modification leaves once", async () => {
    const client = clientOver(transport());
    const { orderId } = (await createOrder(client, WAITING)).data;
    toss.failNext({ drop: true, carriedOut: true, path: "order.modifyOrder" });
    const told = await outcomeOf(modifyOrder(client, { orderId, orderType: "LIMIT", price: "51000" }));
    expect(told.outcome).toBe("unknown");
    expect(sentTo(`/api/v1/orders/${orderId}/modify`)).toHaveLength(1);
  });

  test("a conditional order is repeated with its key", async () => {
    const client = clientOver(transport());
    const before = toss.effects.length;
    toss.failNext({ drop: true, carriedOut: true, times: 2, path: "conditional-order.createConditionalOrder" });
    const first = { orderSide: "BUY", triggerPrice: "90000", orderPrice: "90000" } as const;
    const what = { type: "SINGLE", symbol: "005930", quantity: "1", orderType: "LIMIT" } as const;
    await createConditionalOrder(client, { ...what, expireDate: "2099-12-31", first });
    expect(toss.effects.length - before).toBe(1);
  });

  test("without further attempts a lost answer leaves the order open", async () => {
    const client = clientOver(transport(), 0);
    toss.failNext({ drop: true, carriedOut: true, path: "order.createOrder" });
    const error = await thrown(() => createOrder(client, { ...WAITING, clientOrderId: "kept" }));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ settledBy: "order-history/getOrders", reference: { clientOrderId: "kept" } });
  });

  test("a token that was revoked is renewed, and the order is sent once more", async () => {
    const client = clientOver(transport());
    const effects = effectsOf("createOrder").length;
    toss.failNext({ status: 401, code: "token-revoked", path: "order.createOrder" });
    await createOrder(client, WAITING);
    expect(effectsOf("createOrder").length - effects).toBe(1);
  });
});

describe("the ten minutes of a key", () => {
  afterEach(() => vi.useRealTimers());

  /** A client whose first answer is lost, and whose second attempt would leave so much later. */
  async function attempts(delayMs: number, limits?: { perSecond: number }): Promise<{ sent: number; error: unknown }> {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 20, 2) });
    let sent = 0;
    const tokens = { get: async () => ({ value: "t", expiresAt: Number.POSITIVE_INFINITY }), invalidate() {} };
    const client = createTossinvest({
      ...{
        clientId: `id ${delayMs}`,
        clientSecret: "secret",
        accountSeq: 1,
        tokens,
        retries: 1,
        retryDelayMs: delayMs,
      },
      timeoutMs: 24 * 3_600_000,
      limits: limits ? [limits] : false,
      fetch: async () => {
        sent += 1;
        throw new TypeError("fetch failed");
      },
    });
    const work = thrown(() => createOrder(client, { ...WAITING, clientOrderId: "key" }));
    await vi.advanceTimersByTimeAsync(3_600_000);
    return { sent, error: await work };
  }

  test("a repeat leaves within them", async () => {
    expect((await attempts(599_000)).sent).toBe(2);
  });

  test("none leaves after them, and nobody knows what became of the order", async () => {
    const { sent, error } = await attempts(600_000);
    expect(sent).toBe(1);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
  });

  test("none leaves after them for having waited for its turn, either", async () => {
    const { sent, error } = await attempts(1, { perSecond: 1 / 700 });
    expect(sent).toBe(1);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
  });
});
