import fc from "fast-check";
import {
  AuthenticationError,
  type CallEvent,
  DecodeError,
  HttpError,
  memoryStore,
  NetworkError,
  ProviderError,
  type TokenStore,
} from "kofin";
import { approvalKey, call, type Kis, type KisOptions, revokeToken } from "kofin/kis";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { expiryOf } from "../../runtime/kis/token.js";
import { fromKoreanTime } from "../../runtime/seoul-time.js";
import { failure } from "../support/failure.js";
import { latch } from "../support/wait.js";
import { order, ordered, price } from "./operations.js";
import { at, bearer, clientOf, refusal, scripted, success, tokenAnswer, tokenRefusal } from "./scripted.js";

const HOUR = 3_600_000;
const stock = { FID_INPUT_ISCD: "005930" };
const read = (kis: Kis) => call(kis, price, stock);
const buy = (kis: Kis) => call(kis, order, { ...ordered, action: "buy" });

/** Until so much was sent: the hash of the app key takes real time. */
async function reached(list: readonly unknown[], count: number): Promise<void> {
  while (list.length < count) await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => {
  const toFake = ["setTimeout", "clearTimeout", "Date", "performance"] as const;
  vi.useFakeTimers({ now: new Date("2026-11-21T00:00:00Z"), toFake: [...toFake] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the end of a token", () => {
  it("is a Korean time, in whatever zone the program runs", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true }), (date) => {
        const seconds = Math.floor(date.getTime() / 1000) * 1000;
        const korean = new Date(seconds + 9 * HOUR).toISOString().slice(0, 19);
        for (const text of [korean.replace("T", " "), ` ${korean.replace("T", " ")} `, korean]) {
          expect(fromKoreanTime(text)).toBe(seconds);
        }
      }),
    );
  });

  it.each(["", "2026-11-21", "20261121093000", "2026-11-21 09:00:00 KST", undefined, null, 5])("is not %j", (text) => {
    expect(fromKoreanTime(text)).toBeNaN();
  });

  it("is what the answer says in words, or else in seconds, or else a day away", () => {
    const now = Date.parse("2026-11-21T00:00:00Z");
    const told = { access_token_token_expired: "2026-11-21 10:00:00", expires_in: 86_400 };
    expect(expiryOf(told, now)).toBe(now + HOUR);
    expect(expiryOf({ access_token_token_expired: "soon", expires_in: 7_200 }, now)).toBe(now + 2 * HOUR);
    expect(expiryOf({ expires_in: "7200" }, now)).toBe(now + 2 * HOUR);
    expect(expiryOf({}, now)).toBe(now + 24 * HOUR);
  });
});

describe("a token", () => {
  it("is issued once for all calls, with the keys in the body", async () => {
    const script = scripted(() => success());
    const kis = clientOf(script, { appKey: "once", appSecret: "secret" });
    await Promise.all([read(kis), read(kis), buy(kis)]);
    await read(kis);
    expect(script.tokenRequests.map(({ method, body, headers }) => ({ method, body, headers }))).toEqual([
      {
        method: "POST",
        body: { grant_type: "client_credentials", appkey: "once", appsecret: "secret" },
        headers: { "content-type": "application/json; charset=utf-8" },
      },
    ]);
  });

  it("is shared by the clients of one app key, and by no others", async () => {
    const script = scripted(() => success());
    const keys = { appKey: "shared-by-clients", appSecret: "s" };
    await read(clientOf(script, keys));
    await read(clientOf(script, keys));
    expect(script.tokenRequests).toHaveLength(1);
    await read(clientOf(script, { ...keys, environment: "mock" }));
    await read(clientOf(script, { ...keys, baseUrl: "http://127.0.0.1:9" }));
    await read(clientOf(script, { ...keys, store: memoryStore() }));
    await read(clientOf(script, { ...keys, appKey: "another" }));
    expect(script.tokenRequests).toHaveLength(5);
  });

  it("is shared over all transports on the network, and kept from worlds of their own", async () => {
    const script = scripted(() => success());
    const keys = { appKey: "shared-over-transports", appSecret: "s" };
    const over = (network?: true) => ({
      fetch: Object.assign<typeof script.fetch, object>((...sent) => script.fetch(...sent), network ? { network } : {}),
    });
    await read(clientOf(over(true), keys));
    await read(clientOf(over(true), keys));
    expect(script.tokenRequests).toHaveLength(1);
    await read(clientOf(over(), keys));
    await read(clientOf(over(), keys));
    expect(script.tokenRequests).toHaveLength(3);
  });

  it("is renewed an hour before its end, behind the back of the calls", async () => {
    const script = scripted(
      () => success(),
      (_, count) => tokenAnswer(`token-${count}`, 24),
    );
    const kis = clientOf(script);
    await read(kis);
    vi.setSystemTime(Date.now() + 22.9 * HOUR);
    await read(kis);
    vi.setSystemTime(Date.now() + 0.2 * HOUR);
    await read(kis);
    await reached(script.tokenRequests, 2);
    await vi.advanceTimersByTimeAsync(1);
    await read(kis);
    expect(script.sent.map(bearer)).toEqual(["token-1", "token-1", "token-1", "token-2"]);
  });

  it("comes from a source of the caller's, which then decides", async () => {
    const script = scripted(({ headers }) =>
      headers.authorization === "Bearer old" ? refusal("EGW00123") : success(),
    );
    const values = ["old", "new"];
    const invalidated: string[] = [];
    const tokens: NonNullable<KisOptions["tokens"]> = {
      get: async () => ({ value: values[0] ?? "", expiresAt: Number.POSITIVE_INFINITY }),
      invalidate: ({ value }) => {
        invalidated.push(value);
        values.shift();
      },
    };
    await read(clientOf(script, { tokens }));
    expect([script.sent.map(bearer), invalidated, script.tokenRequests]).toEqual([["old", "new"], ["old"], []]);
  });

  it("is told to the listener without its text", async () => {
    const events: CallEvent[] = [];
    const onEvent = (event: CallEvent) => events.push(event);
    await read(
      clientOf(
        scripted(() => success()),
        { onEvent },
      ),
    );
    const expiresAt = Date.parse("2026-11-22T00:00:00Z");
    expect(events[0]).toEqual({ type: "token", provider: "kis", expiresAt });
    expect(JSON.stringify(events)).not.toContain("token-1");
  });
});

describe("the store", () => {
  it("holds it under a name that gives no key away", async () => {
    const names = new Map<string, string>();
    const store: TokenStore = {
      get: async (key) => names.get(key),
      set: async (key, value) => void names.set(key, value ?? ""),
      exclusive: (_, work) => work(),
    };
    await read(
      clientOf(
        scripted(() => success()),
        { store, appKey: "very-secret-key", appSecret: "very-secret" },
      ),
    );
    const [[name, text] = ["", ""]] = [...names];
    expect(name).toMatch(/^kis real https:\/\/openapi\.koreainvestment\.com:9443 [0-9a-f]{64}$/);
    expect(JSON.parse(text)).toEqual({ value: "token-1", expiresAt: Date.parse("2026-11-22T00:00:00Z") });
    expect(`${name}${text}`).not.toContain("very-secret");
  });
});

describe("a refused token", () => {
  const refusals = [
    ["EGW00121 under HTTP 500", () => refusal("EGW00121")],
    ["EGW00122 under HTTP 401", () => refusal("EGW00122", "", 401)],
    ["EGW00123 under HTTP 200", () => refusal("EGW00123", "", 200)],
    ["EGW00123 in the other form", () => tokenRefusal("EGW00123", "", 500)],
    ["HTTP 401 without a word", () => new Response("", { status: 401 })],
  ] as const;

  it.each(refusals)("(%s) is renewed once, and the call sent once more", async (_, refuse) => {
    for (const send of [read, buy]) {
      const script = scripted((sent) => (bearer(sent) === "token-1" ? refuse() : success()));
      await send(clientOf(script));
      expect([script.sent.map(bearer), script.tokenRequests.length]).toEqual([["token-1", "token-2"], 2]);
    }
  });

  it.each(refusals)("(%s) a second time is the caller's to hear", async (_, refuse) => {
    for (const send of [read, buy]) {
      const script = scripted(refuse);
      const error = await failure(send(clientOf(script)), AuthenticationError);
      expect(error.advice).toBe("renew-token");
      expect([script.sent.length, script.tokenRequests.length]).toEqual([2, 2]);
    }
  });

  it("is renewed once for all calls that met it", async () => {
    const { opened, open } = latch();
    const script = scripted(async (sent) => {
      if (bearer(sent) !== "token-1") return success();
      await opened;
      return refusal("EGW00123");
    });
    const kis = clientOf(script);
    const calls = [read(kis), read(kis), buy(kis)];
    await reached(script.sent, 3);
    open();
    await Promise.all(calls);
    expect([script.sent.length, script.tokenRequests.length]).toEqual([6, 2]);
  });

  it("leaves an order undone when no other token can be had", async () => {
    const script = scripted(
      () => refusal("EGW00123"),
      (_, count) => (count === 1 ? tokenAnswer("token-1") : new Response("", { status: 500 })),
    );
    const error = await failure(buy(clientOf(script, { retries: 0 })), HttpError);
    expect([error.code, script.sent.length]).toEqual(["HTTP_500", 1]);
  });
});

describe("a token that is asked for too soon", () => {
  const tooSoon = () => tokenRefusal("EGW00133", "접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)");

  it("is waited for, a minute from the refusal", async () => {
    const script = scripted(
      () => success(),
      (_, count) => (count === 1 ? tooSoon() : tokenAnswer("later")),
    );
    const events: CallEvent[] = [];
    const reply = read(clientOf(script, { onEvent: (event) => events.push(event) }));
    await reached(script.tokenRequests, 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(events.filter(({ type }) => type === "token-wait")).toEqual([
      {
        type: "token-wait",
        provider: "kis",
        reason: expect.stringMatching(/^EGW00133: .*share a store/),
        delayMs: 60_000,
      },
    ]);
    await vi.advanceTimersByTimeAsync(59_900);
    expect(script.tokenRequests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    await reply;
    expect(bearer(at(script.sent))).toBe("later");
  });

  it("is waited for as long as the limits say", async () => {
    const script = scripted(
      () => success(),
      (_, count) => (count === 1 ? tooSoon() : tokenAnswer("later")),
    );
    const reply = read(clientOf(script, { limits: { tokenPerMinute: 60 } }));
    await reached(script.tokenRequests, 1);
    await vi.advanceTimersByTimeAsync(1_100);
    await reply;
    expect(script.tokenRequests).toHaveLength(2);
  });

  it("may be in the store by then", async () => {
    const store = memoryStore();
    const names: string[] = [];
    const get: TokenStore["get"] = (key) => {
      names.push(key);
      return store.get(key);
    };
    const script = scripted(() => success(), tooSoon);
    const reply = read(clientOf(script, { store: { ...store, get } }));
    await reached(script.tokenRequests, 1);
    await vi.advanceTimersByTimeAsync(30_000);
    await store.set(names[0] ?? "", JSON.stringify({ value: "another process's", expiresAt: Date.now() + 20 * HOUR }));
    await vi.advanceTimersByTimeAsync(31_000);
    await reply;
    expect([script.tokenRequests.length, bearer(at(script.sent))]).toEqual([1, "another process's"]);
  });

  it("is given up after three waits, without harm to an order", async () => {
    const script = scripted(() => success(), tooSoon);
    const failed = failure(buy(clientOf(script)), ProviderError);
    await reached(script.tokenRequests, 1);
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    const error = await failed;
    expect(error).toMatchObject({ code: "EGW00133", advice: "cool-down", operation: "oauth.tokenP" });
    expect([script.tokenRequests.length, script.sent.length]).toEqual([4, 0]);
  });

  it("is not waited for longer than the call may take; the next call finds it", async () => {
    const script = scripted(
      () => success(),
      (_, count) => (count === 1 ? tooSoon() : tokenAnswer("later")),
    );
    const kis = clientOf(script, { timeoutMs: 1_000 });
    const failed = failure(buy(kis), NetworkError);
    await reached(script.tokenRequests, 1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await failed).toMatchObject({ code: "TIMEOUT", mayHaveArrived: false });
    await vi.advanceTimersByTimeAsync(60_000);
    await read(kis);
    expect([script.sent.length, script.tokenRequests.length]).toEqual([1, 2]);
  });

  it("waits a second for the other limit of the endpoint", async () => {
    const script = scripted(
      () => success(),
      (_, count) => (count === 1 ? tokenRefusal("EGW00201", "", 500) : tokenAnswer("later")),
    );
    const reply = read(clientOf(script));
    await reached(script.tokenRequests, 1);
    await vi.advanceTimersByTimeAsync(1_100);
    await reply;
    expect(script.tokenRequests).toHaveLength(2);
  });

  it("is not asked for within a minute of the one before", async () => {
    const script = scripted((sent) => (bearer(sent) === "token-1" ? refusal("EGW00121") : success()));
    const reply = read(clientOf(script, { limits: {} }));
    await reached(script.sent, 1);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(script.tokenRequests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_100);
    await reply;
    expect(script.tokenRequests).toHaveLength(2);
  });
});

describe("when no token can be had", () => {
  it.each([
    ["EGW00103", "apply"],
    ["EGW00105", "apply"],
    ["EGW00102", "fix-request"],
  ])("because of the keys (%s), the keys are named and not tried again for a minute", async (code, advice) => {
    const script = scripted(
      () => success(),
      () => tokenRefusal(code, "유효하지 않은 AppKey입니다."),
    );
    const kis = clientOf(script);
    const error = await failure(read(kis), AuthenticationError);
    expect(error).toMatchObject({ code, advice, status: 403 });
    expect(error.message).toContain("apiportal.koreainvestment.com");
    expect(await failure(buy(kis), AuthenticationError)).toBe(error);
    expect([script.tokenRequests.length, script.sent.length]).toEqual([1, 0]);
    vi.setSystemTime(Date.now() + 61_000);
    await failure(read(kis), AuthenticationError);
    expect(script.tokenRequests).toHaveLength(2);
  });

  it.each([
    ["the gateway is down", () => new Response("<html>", { status: 502 }), HttpError, "HTTP_502"],
    ["the answer has none", () => Response.json({ token_type: "Bearer" }), DecodeError, "DECODE"],
    ["the answer is a page", () => new Response("<html>"), DecodeError, "DECODE"],
    ["nobody answers", () => Promise.reject(new TypeError("fetch failed")), NetworkError, "NETWORK"],
  ])("because %s, an order has not been sent, and says so", async (_, answer, kind, code) => {
    const script = scripted(() => success(), answer);
    const error = await failure(buy(clientOf(script, { retries: 0 })));
    expect(error).toBeInstanceOf(kind);
    expect(error.code).toBe(code);
    expect(script.sent).toEqual([]);
    if (error instanceof NetworkError) expect(error.mayHaveArrived).toBe(false);
  });

  it("a look-up tries again where that may help", async () => {
    const script = scripted(
      () => success(),
      (_, count) => (count === 1 ? new Response("", { status: 503 }) : tokenAnswer("second")),
    );
    const reply = read(clientOf(script));
    await reached(script.tokenRequests, 1);
    await vi.advanceTimersByTimeAsync(10);
    await reply;
    expect(bearer(at(script.sent))).toBe("second");
  });
});

describe("approvalKey", () => {
  const answer = (_: unknown, count: number) => Response.json({ approval_key: `approval-${count}` });

  it("is asked for once a day, with the secret under its other name, without a token", async () => {
    const script = scripted(answer);
    const kis = clientOf(script, { appKey: "k", appSecret: "s" });
    expect(await Promise.all([approvalKey(kis), approvalKey(kis)])).toEqual(["approval-1", "approval-1"]);
    expect(at(script.sent)).toMatchObject({
      path: "/oauth2/Approval",
      body: { grant_type: "client_credentials", appkey: "k", secretkey: "s" },
    });
    expect(script.tokenRequests).toEqual([]);
    vi.setSystemTime(Date.now() + 24 * HOUR);
    expect(await approvalKey(kis)).toBe("approval-2");
  });

  it("is renewed when it was refused", async () => {
    const kis = clientOf(scripted(answer));
    expect(await approvalKey(kis, { renew: true })).toBe("approval-1");
    expect(await approvalKey(kis, { renew: true })).toBe("approval-2");
    expect(await approvalKey(kis)).toBe("approval-2");
  });

  it("fails like a call, hidden from middleware", async () => {
    const onRequest = vi.fn();
    const kis = clientOf(scripted(() => tokenRefusal("EGW00103"))).use({ onRequest });
    await failure(approvalKey(kis), AuthenticationError);
    await failure(approvalKey(clientOf(scripted(() => Response.json({})))), DecodeError);
    expect(onRequest).not.toHaveBeenCalled();
  });
});

describe("revokeToken", () => {
  it("revokes the token there is, and forgets it everywhere", async () => {
    const store = memoryStore();
    const script = scripted(({ path }) => (path === "/oauth2/revokeP" ? Response.json({ code: 200 }) : success()));
    const keys = { appKey: "k-r", appSecret: "s-r", store };
    const kis = clientOf(script, keys);
    await revokeToken(kis);
    expect([...script.sent, ...script.tokenRequests]).toEqual([]);
    await read(kis);
    await revokeToken(clientOf(script, keys));
    expect(at(script.sent, -1).body).toEqual({ appkey: "k-r", appsecret: "s-r", token: "token-1" });
    await revokeToken(clientOf(script, keys));
    expect(script.sent).toHaveLength(2);
    await read(clientOf(script, keys));
    expect(bearer(at(script.sent, -1))).toBe("token-2");
  });

  it("takes a token that KIS does not know for revoked, and tells other failures", async () => {
    const answers = [refusal("EGW00121"), refusal("EGW00206")];
    const script = scripted(({ path }) => (path === "/oauth2/revokeP" ? (answers.shift() ?? success()) : success()));
    const kis = clientOf(script);
    await read(kis);
    await revokeToken(kis);
    await read(kis);
    await failure(revokeToken(kis), ProviderError);
    await read(kis);
    expect(script.sent.filter(({ path }) => path === price.path).map(bearer)).toEqual([
      "token-1",
      "token-2",
      "token-2",
    ]);
  });
});
