import { type CallEvent, HttpError, InvalidInputError, NetworkError, ProviderError } from "kofin";
import { answerChallenge, type CodefOptions, call, callTwoWay } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { asking, moving, reading, registering } from "../support/operations.js";
import { clientOf, refusal, type Script, scripted, success } from "../support/scripted.js";

const TEMPORARY = [
  "CF-01002",
  "CF-01003",
  "CF-01004",
  "CF-01005",
  "CF-01007",
  "CF-00016",
  "CF-12003",
  "CF-12104",
  "CF-12107",
  "CF-12200",
  "CF-12202",
  "CF-12703",
  "CF-09981",
];
const CREDENTIALS = [
  "CF-12800",
  "CF-12801",
  "CF-12802",
  "CF-12803",
  "CF-12833",
  "CF-12834",
  "CF-12840",
  "CF-12841",
  "CF-13031",
  "CF-13032",
  "CF-13121",
  "CF-13122",
  "CF-12302",
  "CF-12856",
  "CF-12805",
  "CF-12809",
  "CF-12813",
  "CF-12819",
  "CF-12300",
  "CF-12306",
];
const NOT_WORTH_IT = [
  "CF-01006",
  "CF-12106",
  "CF-12201",
  "CF-00019",
  "CF-00012",
  "CF-00001",
  "CF-12041",
  "CF-12900",
  "CF-04019",
];

async function attempts(product: Script, operation = reading, options: CodefOptions = {}): Promise<number> {
  const script = scripted(product);
  await call(clientOf(script, options), operation, { accountList: [] }).catch(() => {});
  return script.sent.length;
}

describe("an operation that may be repeated", () => {
  it.each(TEMPORARY)("is repeated after %s", async (code) => {
    expect(await attempts((_, count) => (count === 1 ? refusal(code) : success({})))).toBe(2);
  });

  it.each([429, 502, 503, 504])("is repeated after HTTP %i", async (status) => {
    expect(await attempts((_, count) => (count === 1 ? new Response("", { status }) : success({})))).toBe(2);
  });

  it("is repeated after a broken connection", async () => {
    expect(
      await attempts((_, count) => (count === 1 ? Promise.reject(new TypeError("terminated")) : success({}))),
    ).toBe(2);
  });

  it.each([...CREDENTIALS, ...NOT_WORTH_IT])("is not repeated after %s", async (code) => {
    expect(await attempts(() => refusal(code))).toBe(1);
  });

  it.each([400, 403, 404, 405, 500, 501])("is not repeated after HTTP %i", async (status) => {
    expect(await attempts(() => new Response("", { status }))).toBe(1);
  });

  it("is not repeated after an answer that nobody can read", async () => {
    expect(await attempts(() => new Response("<html>"))).toBe(1);
  });

  it("is sent three times in all, then the last error is thrown", async () => {
    const script = scripted((_, count) => refusal("CF-01002", `no. ${count}`));
    const error = await failure(call(clientOf(script), reading, {}), ProviderError);
    expect(script.sent).toHaveLength(3);
    expect(error.providerMessage).toBe("no. 3");
  });

  it.each([
    [0, 1],
    [1, 2],
    [4, 5],
  ])("can be given %i further attempts", async (retries, sent) => {
    expect(await attempts(() => refusal("CF-01002"), reading, { retries })).toBe(sent);
    const script = scripted(() => refusal("CF-01002"));
    await failure(call(clientOf(script), reading, {}, { retries }), ProviderError);
    expect(script.sent).toHaveLength(sent);
  });

  it("is not repeated when a password goes with it, which a repeat could lock", async () => {
    const secretive = { ...reading, encrypted: ["password", "accountList[].password"] };
    const sent = async (input: object) => {
      const script = scripted(() => refusal("CF-01002"));
      await call(clientOf(script), secretive, input).catch(() => {});
      return script.sent.length;
    };
    expect(await sent({ password: { encrypted: "cipher" } })).toBe(1);
    expect(await sent({ accountList: [{ password: "" }, { password: { encrypted: "cipher" } }] })).toBe(1);
    expect(await sent({ password: "", accountList: [{ id: "x" }] })).toBe(3);
  });

  it("sends the same body each time", async () => {
    const script = scripted((_, count) => (count < 3 ? new Response("", { status: 503 }) : success({})));
    await call(clientOf(script), reading, { organization: "0004" });
    expect(script.sent.map(({ text }) => text)).toEqual(Array(3).fill(script.sent[0]?.text));
  });

  it("does not repeat what was never sendable", async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    for (const input of [{ amount: 1n }, circular]) {
      const script = scripted(() => success({}));
      const error = await failure(call(clientOf(script), reading, input), InvalidInputError);
      expect(error.code).toBe("INPUT_INVALID");
      expect(script.sent).toHaveLength(0);
    }
  });
});

describe("an operation that is sent at most once", () => {
  it.each(TEMPORARY)("is not repeated after %s", async (code) => {
    expect(await attempts(() => refusal(code), moving)).toBe(1);
  });

  it("is not repeated after HTTP 503 or a broken connection, even when asked to", async () => {
    const options = { retries: 5 };
    expect(await attempts(() => new Response("", { status: 503 }), moving, options)).toBe(1);
    expect(await attempts(() => Promise.reject(new Error("reset")), moving, options)).toBe(1);
    expect(await attempts(() => refusal("CF-01002"), registering, options)).toBe(1);
  });

  it("throws what happened", async () => {
    const error = await failure(
      call(clientOf(scripted(() => new Response("", { status: 502 }))), moving, {}),
      HttpError,
    );
    expect(error.status).toBe(502);
    const lost = scripted(() => Promise.reject(new Error("reset")));
    expect((await failure(call(clientOf(lost), moving, {}), NetworkError)).mayHaveArrived).toBe(true);
  });

  it("is what a call without a spec is", async () => {
    const script = scripted(() => refusal("CF-01002"));
    await failure(clientOf(script).request("/v1/kr/some/product", {}), ProviderError);
    expect(script.sent).toHaveLength(1);
  });

  it("is what the answer to a challenge is, though the product may be repeated", async () => {
    const data = { continue2Way: true, method: "smsAuthNo", jobIndex: 0, threadIndex: 0, jti: "j", twoWayTimestamp: 1 };
    const script = scripted((_, count) => refusal(count === 1 ? "CF-03002" : "CF-01002", "", { data }));
    const codef = clientOf(script);
    const reply = await callTwoWay(codef, asking, {});
    if (reply.status !== "challenge") throw new Error("a challenge was expected");
    await failure(answerChallenge(codef, reply.challenge, { smsAuthNo: "1" }), ProviderError);
    expect(script.sent).toHaveLength(2);
  });
});

describe("the pause", () => {
  const pauses = async (code: string, retries: number) => {
    const seen: number[] = [];
    const onEvent = (event: CallEvent) => {
      if (event.type === "retry") seen.push(event.delayMs);
    };
    await attempts(() => refusal(code), reading, { onEvent, retries, retryDelayMs: 2 });
    return seen;
  };

  it("doubles with each attempt", async () => {
    expect(await pauses("CF-01002", 4)).toEqual([2, 4, 8, 16]);
  });

  it("is at least five times as long while the same request is still running", async () => {
    const [first = 0, second = 0] = await pauses("CF-00016", 2);
    expect(first).toBeGreaterThanOrEqual(10);
    expect(second).toBeGreaterThan(first);
  });

  it("is one second at first, five for a request that is still running, unless told otherwise", async () => {
    for (const [code, delayMs] of [
      ["CF-01002", 1_000],
      ["CF-00016", 5_000],
    ] as const) {
      const controller = new AbortController();
      const seen: number[] = [];
      const script = scripted(() => refusal(code));
      const onEvent = (event: CallEvent) => {
        if (event.type !== "retry") return;
        seen.push(event.delayMs);
        controller.abort();
      };
      const codef = clientOf(script, { onEvent, retryDelayMs: undefined as never });
      await call(codef, reading, {}, { signal: controller.signal }).catch(() => {});
      expect(seen).toEqual([delayMs]);
    }
  });
});
