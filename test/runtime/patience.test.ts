import { NetworkError } from "kofin";
import { call } from "kofin/codef";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { failure } from "../support/failure.js";
import { moving, reading } from "../support/operations.js";
import { clientOf, refusal, scripted, success, tokenAnswer } from "../support/scripted.js";
import { idle, latch, silence, untilAborted } from "../support/wait.js";

// Parts of the runtime load with the first call, in real time, which the faked clocks below do not wait for.
beforeAll(async () => {
  await call(clientOf(scripted(() => refusal("CF-12801"))), reading, {}).catch(() => {});
});

/** A client whose token comes when it is let through. */
function waitingForToken() {
  const { opened, open } = latch();
  const script = scripted(
    () => success({}),
    () => opened.then(() => tokenAnswer("late")),
  );
  return { script, codef: clientOf(script), open };
}

describe("a call's time", () => {
  it("is 300 seconds unless told otherwise", async () => {
    vi.useFakeTimers();
    try {
      const script = scripted(({ signal }) => untilAborted(signal));
      const ended = failure(call(clientOf(script), reading, {}), NetworkError);
      await vi.advanceTimersByTimeAsync(299_999);
      expect(script.sent[0]?.signal?.aborted).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect((await ended).code).toBe("TIMEOUT");
    } finally {
      vi.useRealTimers();
    }
  });

  it("can be set for the client and for one call", async () => {
    const script = scripted(({ signal }) => untilAborted(signal));
    const error = await failure(call(clientOf(script, { timeoutMs: 20 }), reading, {}), NetworkError);
    expect(error).toMatchObject({ code: "TIMEOUT", mayHaveArrived: true, operation: "bank.accountList" });
    const patient = clientOf(script, { timeoutMs: 60_000 });
    expect(await failure(call(patient, reading, {}, { timeoutMs: 20 }), NetworkError)).toMatchObject({
      code: "TIMEOUT",
    });
  });

  it.each([Number.POSITIVE_INFINITY, 2 ** 40])("may be as long as %d", async (timeoutMs) => {
    const script = scripted(async () => {
      await idle(5);
      return success({ ok: "1" });
    });
    expect((await call<unknown>(clientOf(script, { timeoutMs }), reading, {})).data).toEqual({ ok: "1" });
  });

  it("counts for a transport that pays no heed to signals", async () => {
    const script = scripted(silence);
    const error = await failure(call(clientOf(script, { timeoutMs: 20 }), moving, {}), NetworkError);
    expect(error).toMatchObject({ code: "TIMEOUT", mayHaveArrived: true });
  });

  it("is each call's own: a client that has lived long is as patient as on its first day", async () => {
    const script = scripted(() => success({}));
    const codef = clientOf(script, { timeoutMs: 40 });
    await call(codef, reading, {});
    await idle(60);
    await call(codef, reading, {});
    expect(script.sent).toHaveLength(2);
  });

  it("includes the pauses between attempts", async () => {
    const script = scripted(() => refusal("CF-01002"));
    const codef = clientOf(script, { retryDelayMs: 60_000, timeoutMs: 30 });
    expect(await failure(call(codef, reading, {}), NetworkError)).toMatchObject({ code: "TIMEOUT" });
    expect(script.sent).toHaveLength(1);
  });

  it("includes the wait for a token, which has a limit of its own", async () => {
    const slow = clientOf(
      scripted(() => success({}), silence),
      { timeoutMs: 20 },
    );
    expect(await failure(call(slow, reading, {}), NetworkError)).toMatchObject({
      code: "TIMEOUT",
      mayHaveArrived: false,
    });
    vi.useFakeTimers();
    try {
      const ended = failure(call(clientOf(scripted(() => success({}), silence)), reading, {}), NetworkError);
      await vi.advanceTimersByTimeAsync(30_000);
      expect(await ended).toMatchObject({ code: "TIMEOUT", mayHaveArrived: false });
    } finally {
      vi.useRealTimers();
    }
  });

  it("leaves no timer behind", async () => {
    vi.useFakeTimers();
    try {
      await call(clientOf(scripted(() => success({}))), reading, {});
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("the caller's signal", () => {
  it("that has ended before the call lets nothing leave", async () => {
    const script = scripted(() => success({}));
    const signal = AbortSignal.abort(new Error("changed my mind"));
    const error = await failure(call(clientOf(script), reading, {}, { signal }), NetworkError);
    expect(error).toMatchObject({ code: "ABORTED", mayHaveArrived: false });
    expect(error.cause).toMatchObject({ message: "changed my mind" });
    expect(script.tokenRequests).toHaveLength(0);
  });

  it("ends a call under way, and the transport is told", async () => {
    const controller = new AbortController();
    const script = scripted(({ signal }) => untilAborted(signal));
    const ended = failure(call(clientOf(script), reading, {}, { signal: controller.signal }), NetworkError);
    await idle();
    controller.abort();
    expect(await ended).toMatchObject({ code: "ABORTED", mayHaveArrived: true });
    expect(script.sent[0]?.signal?.aborted).toBe(true);
  });

  it("ends a call whose transport pays no heed", async () => {
    const controller = new AbortController();
    const ended = failure(call(clientOf(scripted(silence)), reading, {}, { signal: controller.signal }), NetworkError);
    await idle();
    controller.abort("enough");
    const error = await ended;
    expect(error).toMatchObject({ code: "ABORTED", mayHaveArrived: true, cause: "enough" });
  });

  it("ends the wait for a token, but not the token request that others share", async () => {
    const { script, codef, open } = waitingForToken();
    const controller = new AbortController();
    const ended = failure(call(codef, reading, {}, { signal: controller.signal }), NetworkError);
    const patient = call(codef, reading, {});
    await idle();
    controller.abort();
    expect(await ended).toMatchObject({ code: "ABORTED", mayHaveArrived: false });
    open();
    await patient;
    expect(script.tokenRequests).toHaveLength(1);
  });

  it("keeps its word that nothing was sent: what ended before sending is not sent later", async () => {
    const { script, codef, open } = waitingForToken();
    const controller = new AbortController();
    const ended = failure(call(codef, moving, {}, { signal: controller.signal }), NetworkError);
    await idle();
    controller.abort();
    expect((await ended).mayHaveArrived).toBe(false);
    open();
    await idle(20);
    expect(script.sent).toHaveLength(0);
  });

  it("keeps a timed out call from being sent later, too", async () => {
    const { script, codef, open } = waitingForToken();
    const error = await failure(call(codef, moving, {}, { timeoutMs: 10 }), NetworkError);
    expect(error).toMatchObject({ code: "TIMEOUT", mayHaveArrived: false });
    open();
    await idle(20);
    expect(script.sent).toHaveLength(0);
  });

  it("ends the pause before another attempt", async () => {
    const controller = new AbortController();
    const script = scripted(() => refusal("CF-01002"));
    const codef = clientOf(script, { retryDelayMs: 60_000 });
    const ended = failure(call(codef, reading, {}, { signal: controller.signal }), NetworkError);
    await idle(20);
    controller.abort();
    expect(await ended).toMatchObject({ code: "ABORTED", mayHaveArrived: true });
    expect(script.sent).toHaveLength(1);
  });

  it("may be shared by many calls, and is let go after each", async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, "removeEventListener");
    const added = vi.spyOn(controller.signal, "addEventListener");
    const codef = clientOf(scripted(() => success({})));
    for (let i = 0; i < 20; i++) await call(codef, reading, {}, { signal: controller.signal });
    expect(added.mock.calls.length).toBe(20);
    expect(removed.mock.calls.length).toBe(20);
  });

  it("does nothing once the call is done", async () => {
    const controller = new AbortController();
    const done = await call(clientOf(scripted(() => success({ a: "1" }))), reading, {}, { signal: controller.signal });
    controller.abort();
    expect(done.data).toEqual({ a: "1" });
  });
});
