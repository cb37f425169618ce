import type { CallEvent } from "kofin";
import { answerChallenge, type CodefOperation, type CodefOptions, call, callTwoWay } from "kofin/codef";
import { describe, expect, it, vi } from "vitest";
import { publicKey } from "../support/keys.js";
import { asking, moving, reading, registering } from "../support/operations.js";
import {
  clientOf,
  refusal,
  type Script,
  scripted,
  success,
  TRANSACTION,
  tokenAnswer,
  unauthorized,
} from "../support/scripted.js";
import { idle, latch, silence } from "../support/wait.js";

async function eventsOf(
  product: Script,
  operation: CodefOperation = reading,
  input: object = {},
  options: CodefOptions = {},
) {
  const events: CallEvent[] = [];
  const codef = clientOf(scripted(product), { onEvent: (event) => events.push(event), publicKey, ...options });
  await call(codef, operation, input).catch(() => {});
  return events;
}

const types = (events: CallEvent[]) => events.map(({ type }) => type);

describe("the events of a call", () => {
  it("are the token it waits for, the request, and the answer", async () => {
    const events = await eventsOf(() => success({}), reading, { organization: "0004" });
    expect(types(events)).toEqual(["token", "request", "response"]);
    expect(events[1]).toEqual({
      type: "request",
      provider: "codef",
      operation: "bank.accountList",
      attempt: 1,
      input: { organization: "0004" },
    });
    expect(events[0]).toEqual({ type: "token", provider: "codef", expiresAt: expect.any(Number) });
    expect(events[2]).toEqual({
      type: "response",
      provider: "codef",
      operation: "bank.accountList",
      attempt: 1,
      status: 200,
      code: "CF-00000",
      transactionId: TRANSACTION,
      durationMs: expect.any(Number),
    });
  });

  it("are counted by attempt, with the reason of each pause", async () => {
    const events = await eventsOf((_, count) => (count < 3 ? refusal("CF-01002") : success({})));
    expect(types(events).filter((type) => type !== "token")).toEqual([
      "request",
      "response",
      "retry",
      "request",
      "response",
      "retry",
      "request",
      "response",
    ]);
    expect(events.filter(({ type }) => type === "request")).toMatchObject([
      { attempt: 1 },
      { attempt: 2 },
      { attempt: 3 },
    ]);
    expect(events.find(({ type }) => type === "retry")).toMatchObject({ reason: "CF-01002", delayMs: 1, attempt: 1 });
  });

  it("end with one error, after the answer that brought it", async () => {
    const events = await eventsOf(() => refusal("CF-12801", "비밀번호 오류"));
    expect(types(events)).toEqual(["token", "request", "response", "error"]);
    expect(events[2]).toMatchObject({ code: "CF-12801", transactionId: TRANSACTION });
    expect(events[3]).toMatchObject({
      code: "CF-12801",
      message: "CF-12801 비밀번호 오류",
      durationMs: expect.any(Number),
    });
  });

  it("tell of failures without an answer", async () => {
    expect(await eventsOf(() => Promise.reject(new Error("reset")), moving)).toMatchObject([
      { type: "token" },
      { type: "request" },
      { type: "error", code: "NETWORK" },
    ]);
    expect(types(await eventsOf(() => success({}), { ...reading, required: ["organization"] }))).toEqual(["error"]);
    expect(await eventsOf(() => new Response("<html>"))).toMatchObject([
      {},
      {},
      { type: "response", code: "DECODE" },
      { type: "error" },
    ]);
  });

  it("tell of every token", async () => {
    const events = await eventsOf((_, count) => (count === 1 ? unauthorized() : success({})));
    expect(types(events)).toEqual(["token", "request", "response", "token", "request", "response"]);
  });

  it("tell of a challenge by its code", async () => {
    const data = { method: "smsAuthNo", jobIndex: 0, threadIndex: 0, jti: "j", twoWayTimestamp: 1 };
    const events = await eventsOf(() => refusal("CF-03002", "", { data }), asking);
    expect(events.at(-1)).toMatchObject({ type: "response", code: "CF-03002", transactionId: TRANSACTION });
  });

  it("end with the call: what comes later is not told", async () => {
    const events: CallEvent[] = [];
    const late = latch();
    const script = scripted(async () => {
      await late.opened;
      return success({});
    });
    const codef = clientOf(script, { onEvent: (event) => events.push(event), timeoutMs: 10 });
    await call(codef, reading, {}).catch(() => {});
    late.open();
    await idle();
    expect(types(events)).toEqual(["token", "request", "error"]);
  });

  it("tell nothing of a call that was ended before it began", async () => {
    const events: CallEvent[] = [];
    const codef = clientOf(scripted(silence), { onEvent: (event) => events.push(event) });
    await call(codef, reading, {}, { signal: AbortSignal.abort() }).catch(() => {});
    expect(types(events)).toEqual(["error"]);
  });
});

describe("the input in events", () => {
  it("is shown without secrets and personal data, in its own shape", async () => {
    const account = {
      organization: "0004",
      id: "hong1234",
      password: "top-secret",
      derFile: "AAAA",
      birthDate: "900101",
    };
    const [, request] = await eventsOf(() => success({}), registering, { accountList: [account] });
    expect(request).toMatchObject({
      input: {
        accountList: [
          {
            organization: "0004",
            id: "‹redacted›",
            password: "‹redacted›",
            derFile: "‹redacted›",
            birthDate: "‹redacted›",
          },
        ],
      },
    });
  });

  it("does not grow fields that were not given", async () => {
    const [, request] = await eventsOf(
      () => success({}),
      { ...reading, sensitive: ["birthDate"] },
      { organization: "0004" },
    );
    expect(request).toHaveProperty("input", { organization: "0004" });
  });

  it("is not shown at all when no spec says what is secret", async () => {
    const events: CallEvent[] = [];
    const codef = clientOf(
      scripted(() => success({})),
      { onEvent: (event) => events.push(event) },
    );
    await codef.request("/v1/kr/some/product", { organization: "0004" });
    expect(events[0]).not.toHaveProperty("input");
  });

  it("shows the answer to a challenge redacted, and nothing of the first request again", async () => {
    const data = { method: "smsAuthNo", jobIndex: 0, threadIndex: 0, jti: "j", twoWayTimestamp: 1 };
    const events: CallEvent[] = [];
    const script = scripted((_, count) => (count === 1 ? refusal("CF-03002", "", { data }) : success({})));
    const codef = clientOf(script, { onEvent: (event) => events.push(event), publicKey });
    const reply = await callTwoWay(codef, asking, { userName: "홍길동", password: "top-secret", startYear: "2024" });
    if (reply.status !== "challenge") throw new Error("a challenge was expected");
    await answerChallenge(codef, reply.challenge, { smsAuthNo: "135790" });
    const requests = events.filter(({ type }) => type === "request");
    expect(requests[1]).toHaveProperty("input", { smsAuthNo: "‹redacted›" });
  });
});

describe("a listener", () => {
  it("that throws is harmless", async () => {
    const onEvent = vi.fn(() => {
      throw new Error("the logger is broken");
    });
    const script = scripted((_, count) => (count === 1 ? refusal("CF-01002") : success({ a: "1" })));
    expect((await call<unknown>(clientOf(script, { onEvent }), reading, {})).data).toEqual({ a: "1" });
    expect(onEvent.mock.calls.length).toBeGreaterThan(3);
  });

  it("that throws later is harmless too", async () => {
    const lost = vi.fn();
    process.on("unhandledRejection", lost);
    try {
      const onEvent = async () => {
        await idle(1);
        throw new Error("the log server is down");
      };
      await call(
        clientOf(
          scripted(() => success({})),
          { onEvent },
        ),
        reading,
        {},
      );
      await idle(20);
      expect(lost).not.toHaveBeenCalled();
    } finally {
      process.off("unhandledRejection", lost);
    }
  });

  it("is not waited for", async () => {
    const onEvent = () => new Promise(() => {});
    await call(
      clientOf(
        scripted(
          () => success({}),
          () => tokenAnswer("t"),
        ),
        { onEvent },
      ),
      reading,
      {},
    );
  });

  it("cannot change what is sent by changing what it is shown", async () => {
    const script = scripted(() => success({}));
    const onEvent = (event: CallEvent) => {
      if (event.type === "request") Object.assign(event.input as object, { organization: "changed" });
    };
    const input = { organization: "0004", account: "1234567890" };
    await call(clientOf(script, { onEvent }), { ...reading, sensitive: ["account"] }, input);
    expect(script.sent[0]?.body).toEqual(input);
  });
});
