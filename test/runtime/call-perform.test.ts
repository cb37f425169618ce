import {
  AuthenticationError,
  type CallEvent,
  DecodeError,
  HttpError,
  InvalidInputError,
  NetworkError,
  OutcomeUnknownError,
  ProviderError,
  type Transport,
} from "kofin";
import { describe, expect, it, vi } from "vitest";
import type { Token, TokenSource } from "../../runtime/auth/token.js";
import { perform as carryOut } from "../../runtime/call/engine.js";
import { failurePath } from "../../runtime/call/failure.js";
import { createHttp } from "../../runtime/call/http.js";
import type { ApiOperation } from "../../runtime/call/operation.js";
import type { Auth, Explainer, Protocol, Session } from "../../runtime/call/protocol.js";
import { type CallOptions, makeReply, type Reply } from "../../runtime/call/reply.js";
import { failure } from "../support/failure.js";
import { idle, latch, silence } from "../support/wait.js";

const reading: ApiOperation = { id: "some.read", method: "GET", path: "/read", retry: "safe", sensitive: ["who"] };
const writing: ApiOperation = {
  id: "some.write",
  method: "POST",
  path: "/write",
  retry: "never",
  settledBy: "some/list",
};

/** What a test wants otherwise. */
type Wanted = Partial<Pick<Session, "onEvent" | "foreignMiddleware" | "auth">> &
  Partial<Pick<Protocol, "serialize">> &
  Partial<Pick<Explainer, "sensitive">>;

/** A new token each time, as long as `get` is not another one. */
function numberedTokens(more: Partial<TokenSource> = {}): TokenSource {
  let issued = 0;
  const get = async (): Promise<Token> => ({ value: `token-${++issued}`, expiresAt: Number.POSITIVE_INFINITY });
  return { get, invalidate: () => {}, ...more };
}

const bearing = (tokens = numberedTokens()): Auth => ({
  tokens: () => tokens,
  sign({ headers }, { token }) {
    headers.set("authorization", `Bearer ${token?.value}`);
  },
});

/** A provider whose answers say by their text what they are: `ok`, `token`, or a code with an advice after it. */
function sessionTo(transport: Transport, more: Wanted = {}): Session {
  const { serialize, sensitive = [], auth = bearing(), onEvent, foreignMiddleware = false } = more;
  const explainer: Explainer = {
    explain({ operation }, { response, body }, clean) {
      const context = { provider: "kis", operation: operation.id, response };
      const [code = "", advice] = String(body).split(" ");
      if (code === "token")
        throw new AuthenticationError(code, clean(String(body)), { ...context, advice: "renew-token" });
      if (code === "") throw new HttpError(`HTTP_${response.status}`, "no body", { ...context, advice: "retry" });
      if (code === "odd") throw new DecodeError("DECODE", "odd", context);
      throw new ProviderError(
        { code, message: clean(String(body)) },
        { ...context, advice: (advice ?? "report") as never },
      );
    },
    secrets: () => ["the-secret"],
    sensitive,
  };
  return {
    provider: "kis",
    baseUrl: "http://provider.test",
    http: createHttp("http://provider.test", JSON.stringify),
    transport,
    timeoutMs: 1_000,
    retries: 2,
    retryDelayMs: 1,
    onEvent,
    foreignMiddleware,
    auth,
    protocol: {
      serialize:
        serialize ??
        (({ operation: { method }, input }) =>
          method === "GET" ? { query: input as object as never } : { body: input ?? {}, reference: { id: 7 } }),
      deserialize(_, { response, body }) {
        if (body !== "ok") return undefined;
        const shown = { data: body, code: "ok", message: "", transactionId: "t" };
        return makeReply(shown, { raw: {}, response });
      },
      failure: async () => failurePath(explainer),
    },
  };
}

async function perform(session: Session, operation: ApiOperation, input: unknown, options: CallOptions = {}) {
  return (await carryOut(session, operation, input, options, undefined)) as Reply<unknown>;
}

type Answer = (count: number, url: string) => string | Response | Promise<string | Response>;

/** A transport that counts, and keeps what it was handed. */
function transportOf(answer: Answer) {
  const sent: { url: string; authorization: string | null; body: unknown }[] = [];
  const transport: Transport = async (url, { headers, body }) => {
    const count = sent.push({ url, authorization: headers.get("authorization"), body });
    const found = await answer(count, url);
    return typeof found === "string" ? new Response(found, { status: found === "" ? 503 : 200 }) : found;
  };
  return { sent, transport };
}

describe("perform", () => {
  it("sends what was prepared, signs it last, and returns what was read", async () => {
    const { sent, transport } = transportOf(() => "ok");
    const reply = await perform(sessionTo(transport), reading, { a: "1 2" });
    expect(sent).toEqual([
      { url: "http://provider.test/read?a=1%202", authorization: "Bearer token-1", body: undefined },
    ]);
    expect(Object.keys(reply)).toEqual(["data", "code", "message", "transactionId"]);
    expect(reply.response.status).toBe(200);
    await perform(sessionTo(transport), writing, { b: 1 });
    expect(sent[1]?.body).toBe('{"b":1}');
  });

  it("goes where the wire says, with its headers", async () => {
    const { sent, transport } = transportOf(() => "ok");
    const serialize = async () => ({ path: "/other/place", headers: { "x-head": "1" } });
    const sign = vi.fn(({ headers }) => {
      expect(headers.get("x-head")).toBe("1");
    });
    await perform(sessionTo(transport, { serialize, auth: { sign } }), reading, {});
    expect(sent[0]?.url).toBe("http://provider.test/other/place");
    expect(sign).toHaveBeenCalledTimes(1);
  });

  it("prepares anew for each sending, so that what must be unique is", async () => {
    const { sent, transport } = transportOf((count) => (count < 3 ? "busy retry" : "ok"));
    let prepared = 0;
    const serialize = () => ({ query: { unique: String(++prepared) } });
    await perform(sessionTo(transport, { serialize }), reading, {});
    expect(sent.map(({ url }) => url.at(-1))).toEqual(["1", "2", "3"]);
  });

  it("sends nothing when the input is wrong, and passes on what is wrong with it", async () => {
    const { sent, transport } = transportOf(() => "ok");
    const wrong = new InvalidInputError("INPUT_MISSING", "x", { provider: "kis" });
    const serialize = () => Promise.reject(wrong);
    expect(await failure(perform(sessionTo(transport, { serialize }), writing, {}))).toBe(wrong);
    expect(sent).toEqual([]);
  });

  it("waits for its turn before it sends, and sends nothing when it ended meanwhile", async () => {
    const { sent, transport } = transportOf(() => "ok");
    const { opened, open } = latch();
    const controller = new AbortController();
    const call = failure(
      perform(sessionTo(transport, { auth: { sign: () => opened } }), writing, {}, { signal: controller.signal }),
      NetworkError,
    );
    await idle();
    controller.abort();
    expect(await call).toMatchObject({ code: "ABORTED", mayHaveArrived: false });
    open();
    await idle();
    expect(sent).toEqual([]);
  });
});

describe("a refused token", () => {
  it("is told to its source, and the same sent once more, even what must not be repeated", async () => {
    for (const operation of [reading, writing]) {
      const { sent, transport } = transportOf((count) => (count === 1 ? "token" : "ok"));
      const invalidate = vi.fn();
      await perform(sessionTo(transport, { auth: bearing(numberedTokens({ invalidate })) }), operation, {});
      expect([sent.length, invalidate.mock.calls.length]).toEqual([2, 1]);
    }
  });

  it("is renewed once a call, further attempts included", async () => {
    const answers = ["token", "busy retry", "token"];
    const { sent, transport } = transportOf((count) => answers[count - 1] ?? "ok");
    await failure(perform(sessionTo(transport), reading, {}), AuthenticationError);
    expect(sent).toHaveLength(3);
  });

  it("is the caller's to hear where nothing can renew it", async () => {
    const { sent, transport } = transportOf(() => "token");
    await failure(perform(sessionTo(transport, { auth: { sign: () => {} } }), writing, {}), AuthenticationError);
    expect(sent).toHaveLength(1);
  });

  it("stays out of texts when another one has taken its place", async () => {
    const { transport } = transportOf((count) => (count === 1 ? "token" : "refused token-1 token-2 the-secret"));
    const error = await failure(perform(sessionTo(transport), writing, {}), ProviderError);
    expect(error.providerMessage).toBe("refused ‹redacted› ‹redacted› ‹redacted›");
  });

  it("leaves what happened before it out of account", async () => {
    // Sent, refused for its token; what came then never left.
    const { sent, transport } = transportOf(() => "token");
    const issue = numberedTokens();
    let asked = 0;
    const get = () => (++asked > 1 ? Promise.reject(new TypeError("no token to be had")) : issue.get());
    const auth = bearing(numberedTokens({ get }));
    const error = await failure(perform(sessionTo(transport, { auth }), writing, {}), NetworkError);
    expect([error.mayHaveArrived, sent.length]).toEqual([false, 1]);
  });
});

describe("an operation that may be repeated", () => {
  it.each([
    ["what is advised to be repeated", () => "busy retry", 3],
    ["a gateway in trouble", () => "", 3],
    ["a broken connection", () => Promise.reject(new Error("reset")), 3],
    ["what nobody can read", () => "odd", 1],
    ["a refusal", () => "no ask-user", 1],
    ["an open outcome", () => "maybe check-outcome", 1],
  ] as [string, Answer, number][])("is or is not, after %s", async (_, answer, count) => {
    const { sent, transport } = transportOf(answer);
    const error = await failure(perform(sessionTo(transport), reading, {}));
    expect(error).not.toBeInstanceOf(OutcomeUnknownError);
    expect(sent).toHaveLength(count);
  });

  it("is not when its time is up, and ends at that moment", async () => {
    const { sent, transport } = transportOf(silence);
    const error = await failure(perform(sessionTo(transport), reading, {}, { timeoutMs: 10 }), NetworkError);
    expect([error.code, sent.length]).toEqual(["TIMEOUT", 1]);
  });

  it("is as often as the call says", async () => {
    const { sent, transport } = transportOf(() => "busy retry");
    await failure(perform(sessionTo(transport), reading, {}, { retries: 4 }));
    expect(sent).toHaveLength(5);
  });
});

describe("an operation that is sent once", () => {
  const fate = async (answer: Answer, more: Wanted = {}, options = {}) => {
    const { sent, transport } = transportOf(answer);
    const error = await failure(perform(sessionTo(transport, more), writing, {}, options));
    expect(sent.length).toBeLessThanOrEqual(1);
    return error;
  };
  const refused = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });

  it.each([
    ["a broken connection", () => Promise.reject(new Error("reset")), NetworkError],
    ["a gateway in trouble", () => "", HttpError],
    ["what nobody can read", () => "odd", DecodeError],
    ["what the provider leaves open", () => "maybe check-outcome", ProviderError],
    ["HTTP 408", () => new Response("", { status: 408 }), HttpError],
  ] as [string, Answer, new (...args: never[]) => Error][])(
    "has an open outcome after %s",
    async (_, answer, cause) => {
      const error = await fate(answer, {}, { retries: 9 });
      if (!(error instanceof OutcomeUnknownError)) throw error;
      expect(error.cause).toBeInstanceOf(cause);
      expect([error.settledBy, error.reference, error.operation]).toEqual(["some/list", { id: 7 }, "some.write"]);
      expect(JSON.stringify(error)).not.toContain("reference");
    },
  );

  it.each([
    ["a refusal", () => "no ask-user"],
    ["a limit", () => "busy retry"],
    ["nobody there", () => Promise.reject(refused)],
    ["HTTP 404", () => new Response("", { status: 404 })],
  ] as [string, Answer][])("did not happen after %s", async (_, answer) => {
    expect(await fate(answer)).not.toBeInstanceOf(OutcomeUnknownError);
  });

  it("has an open outcome when time is up after it was sent, and none before", async () => {
    expect(await fate(silence, {}, { timeoutMs: 10 })).toBeInstanceOf(OutcomeUnknownError);
    const waiting = await fate(() => "ok", { auth: { sign: () => new Promise(() => {}) } }, { timeoutMs: 10 });
    expect(waiting).toMatchObject({ code: "TIMEOUT", mayHaveArrived: false });
  });

  it("did not happen when what failed was something else, such as the token", async () => {
    const response = new Response("", { status: 500 });
    const failures = [
      new HttpError("HTTP_500", "the token host is down", { provider: "kis", response }),
      new DecodeError("DECODE", "no token in it", { provider: "kis", response }),
      new ProviderError({ code: "X", message: "" }, { provider: "kis", response, advice: "check-outcome" }),
    ];
    for (const thrown of failures)
      expect(await fate(() => "ok", { auth: { sign: () => Promise.reject(thrown) } })).toBe(thrown);
  });

  it("has an open outcome when the caller's middleware breaks over the answer", async () => {
    const { transport } = transportOf(() => "ok");
    const session = sessionTo(transport, { foreignMiddleware: true });
    session.http.use({
      onResponse() {
        throw new Error("a broken logger");
      },
    });
    expect(await failure(perform(session, writing, {}))).toBeInstanceOf(OutcomeUnknownError);
  });

  it("did not happen when the caller's middleware kept it back", async () => {
    const { sent, transport } = transportOf(() => "ok");
    const session = sessionTo(transport, { foreignMiddleware: true });
    session.http.use({
      onRequest() {
        throw new Error("not today");
      },
    });
    const error = await failure(perform(session, writing, {}), NetworkError);
    expect([error.mayHaveArrived, sent.length]).toEqual([false, 0]);
  });
});

describe("the listener", () => {
  const events = async (answer: Answer, operation = reading, more: Wanted = {}) => {
    const seen: CallEvent[] = [];
    const { transport } = transportOf(answer);
    const onEvent = (event: CallEvent) => seen.push(event);
    const input = { who: "me", account: "12345678-01", shown: "1" };
    await perform(sessionTo(transport, { onEvent, ...more }), operation, input).catch(() => {});
    return seen;
  };

  it("hears of each sending, answer, pause and end", async () => {
    const seen = await events((count) => (count === 1 ? "busy retry" : "ok"));
    expect(seen.map(({ type }) => type)).toEqual(["request", "response", "retry", "request", "response"]);
    expect(seen[0]).toMatchObject({ provider: "kis", operation: "some.read", attempt: 1 });
    expect(seen[1]).toMatchObject({ status: 200, code: "busy", attempt: 1 });
    expect(seen[2]).toMatchObject({ reason: "busy", delayMs: 1 });
    expect(seen[4]).toMatchObject({ code: "ok", transactionId: "t", attempt: 2 });
    const failed = await events(() => "no ask-user", writing);
    expect(failed.map(({ type }) => type)).toEqual(["request", "response", "error"]);
    const open = await events(() => "odd", writing);
    expect(open.at(-1)).toMatchObject({ type: "error", code: "OUTCOME_UNKNOWN" });
  });

  it("sees no secret of the operation, nor what the client takes apart by itself", async () => {
    const [request] = await events(() => "ok", reading, { sensitive: ["account"] });
    expect(request).toMatchObject({ input: { who: "‹redacted›", account: "‹redacted›", shown: "1" } });
    const untold = await events(() => "ok", { ...reading, id: "/read" });
    expect(untold[0]).not.toHaveProperty("input");
  });

  it("may break, and nobody hears of it", async () => {
    const { transport } = transportOf(() => "ok");
    const onEvent = () => {
      throw new Error("a broken logger");
    };
    expect((await perform(sessionTo(transport, { onEvent }), reading, {})).code).toBe("ok");
  });
});
