import { type CallEvent, NetworkError } from "kofin";
import { call, type KisOperation, type KisOptions } from "kofin/kis";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { silence } from "../support/wait.js";
import { order, ordered, price } from "./operations.js";
import { clientOf, refusal, type Script, scripted, success } from "./scripted.js";

const inputs = new Map<KisOperation, object>([
  [price, { FID_INPUT_ISCD: "005930" }],
  [order, { ...ordered, action: "sell" }],
]);

async function attempts(script: Script, operation = price, options: Partial<KisOptions> = {}): Promise<number> {
  const scripting = scripted(script);
  await call(clientOf(scripting, options), operation, inputs.get(operation)).catch(() => {});
  return scripting.sent.length;
}

describe("a look-up", () => {
  it.each(["EGW00001", "EGW00002", "EGW00201", "EGW00215", "EGW00300", "EGW00316"])(
    "is repeated after %s",
    async (code) => {
      expect(await attempts((_, count) => (count === 1 ? refusal(code) : success()))).toBe(2);
    },
  );

  it.each([429, 500, 502, 503, 504])("is repeated after HTTP %i without a word", async (status) => {
    expect(await attempts((_, count) => (count === 1 ? new Response("", { status }) : success()))).toBe(2);
  });

  it("is repeated after a broken connection", async () => {
    const broken = () => Promise.reject(new TypeError("terminated"));
    expect(await attempts((_, count) => (count === 1 ? broken() : success()))).toBe(2);
  });

  it.each(["EGW00301", "EGW00302", "EGW00202", "EGW02004", "EGW00101", "APBK0918", "90020000"])(
    "is not repeated after %s",
    async (code) => {
      expect(await attempts(() => refusal(code))).toBe(1);
    },
  );

  it.each([302, 400, 403, 404])("is not repeated after HTTP %i", async (status) => {
    expect(await attempts(() => new Response("", { status }))).toBe(1);
  });

  it("is not repeated after an answer that nobody can read", async () => {
    expect(await attempts(() => new Response("<html>"))).toBe(1);
  });

  it("is not repeated when time is up", async () => {
    expect(await attempts(silence, price, { answerTimeoutMs: 5 })).toBe(1);
  });

  it("is sent three times in all, or as often as it is told", async () => {
    expect(await attempts(() => refusal("EGW00001"))).toBe(3);
    expect(await attempts(() => refusal("EGW00001"), price, { retries: 0 })).toBe(1);
    expect(await attempts(() => refusal("EGW00001"), price, { retries: 4 })).toBe(5);
  });

  it("waits a quarter of a second at first, and twice as long each time", async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const onEvent = (event: CallEvent) => {
      if (event.type !== "retry") return;
      seen.push(event.delayMs);
      if (seen.length === 2) controller.abort();
    };
    const kis = clientOf(
      scripted(() => refusal("EGW00001")),
      { onEvent, retryDelayMs: undefined as never },
    );
    await failure(call(kis, price, inputs.get(price), { signal: controller.signal }), NetworkError);
    expect(seen).toEqual([250, 500]);
  });
});

describe("an order", () => {
  it.each(["EGW00001", "EGW00201", "EGW00215", "EGW00300", "EGW00301", "EGW00316"])(
    "is not repeated after %s",
    async (code) => {
      expect(await attempts(() => refusal(code), order, { retries: 5 })).toBe(1);
    },
  );

  it("is not repeated after HTTP 503, a broken connection or silence", async () => {
    const options = { retries: 5, answerTimeoutMs: 5 };
    expect(await attempts(() => new Response("", { status: 503 }), order, options)).toBe(1);
    expect(await attempts(() => Promise.reject(new Error("reset")), order, options)).toBe(1);
    expect(await attempts(silence, order, options)).toBe(1);
  });
});
