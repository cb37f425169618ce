import {
  AuthenticationError,
  DecodeError,
  HttpError,
  InvalidInputError,
  memoryStore,
  NetworkError,
  PermissionError,
  ProviderError,
  type Token,
  type TokenSource,
} from "kofin";
import { call, revokeToken } from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { latch } from "../support/wait.js";
import { deposit, deposited, depositing, realName } from "./operations.js";
import {
  answerToken,
  bankSuccess,
  bearer,
  CLIENT,
  clientOf,
  refusal,
  type Script,
  scripted,
  success,
  tokenAnswer,
} from "./scripted.js";

const asked = { bank_code_std: "097", account_num: "1101230000678" };

describe("the token of the institution", () => {
  it.each(["oob", "sa"] as const)("is asked for as a form with the scope %s, once for all calls", async (scope) => {
    const script = scripted(() => bankSuccess());
    const openBanking = clientOf(script, { institutionScope: scope });
    await Promise.all([1, 2, 3].map(() => call(openBanking, realName, asked)));
    expect(script.oauth).toHaveLength(1);
    const [request] = script.oauth;
    expect(request).toMatchObject({
      method: "POST",
      fields: {
        grant_type: "client_credentials",
        scope,
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
      },
    });
    expect(request?.url.pathname).toBe("/oauth/2.0/token");
    expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded; charset=UTF-8");
    expect(request?.headers.authorization).toBeUndefined();
    expect(script.sent.map(({ headers }) => headers.authorization)).toEqual(
      Array(3).fill("Bearer institution-token-1"),
    );
  });

  it("is shared over the store, and kept apart by client and kind", async () => {
    const store = memoryStore();
    const script = scripted(() => bankSuccess());
    await call(clientOf(script, { store }), realName, asked);
    await call(clientOf(script, { store }), realName, asked);
    expect(script.oauth).toHaveLength(1);
    await call(clientOf(script, { store, institutionScope: "sa" }), realName, asked);
    await call(clientOf(script, { store, clientId: "another" }), realName, asked);
    expect(script.oauth).toHaveLength(3);
  });

  it("may come from elsewhere", async () => {
    const tokens: TokenSource = { get: async () => ({ value: "mine", expiresAt: 0 }), invalidate: () => {} };
    const script = scripted(() => bankSuccess());
    await call(clientOf(script, { tokens }), realName, asked);
    expect(bearer(script.sent[0])).toBe("mine");
    expect(script.oauth).toHaveLength(0);
  });

  it("of another 이용기관코드 says so before a bank_tran_id is refused for it", async () => {
    const script = scripted(
      () => bankSuccess(),
      () => tokenAnswer({ client_use_code: "T000000001" }),
    );
    const error = await failure(call(clientOf(script), realName, asked), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field: "useCode" });
    expect(error.message).toContain("T000000001");
    expect(script.sent).toHaveLength(0);
  });

  it.each([
    ["O0001", "인증 실패 [3000201]", AuthenticationError, "fix-request"],
    ["O0001", "알 수 없음", AuthenticationError, "fix-request"],
    ["O0002", "거부", AuthenticationError, "fix-request"],
    ["O0006", "IP", PermissionError, "apply"],
    ["O0007", "라우팅", ProviderError, "retry"],
    ["O0013", "과다", ProviderError, "cool-down"],
    ["A0013", "사용 불가", PermissionError, "apply"],
    ["Z9999", "?", ProviderError, "report"],
  ] as const)("refused with HTTP 200 and %s %s", async (code, message, kind, advice) => {
    const script = scripted(
      () => bankSuccess(),
      () => refusal(code, message),
    );
    const error = await failure<ProviderError>(call(clientOf(script), deposit, depositing), kind as never);
    expect(error).toMatchObject({ code, advice, status: 200, operation: "oauth.token", provider: "openbanking" });
    expect(error.message).toContain(message);
    // Asking for a token changes nothing, so that what may pass is asked for again, for a transfer too.
    expect([script.oauth.length, script.sent.length]).toEqual([advice === "retry" ? 3 : 1, 0]);
  });

  it.each([
    ["invalid_client", 401, AuthenticationError, "fix-request"],
    ["invalid_scope", 400, AuthenticationError, "fix-request"],
    ["unauthorized_client", 400, AuthenticationError, "fix-request"],
    ["invalid_client", 200, AuthenticationError, "fix-request"],
    ["insufficient_scope", 403, PermissionError, "apply"],
    ["temporarily_unavailable", 400, ProviderError, "retry"],
    ["something_else", 400, ProviderError, "report"],
  ] as const)("refused in the form of RFC 6749: %s with HTTP %i", async (error, status, kind, advice) => {
    const script = scripted(
      () => bankSuccess(),
      () => Response.json({ error, error_description: "설명" }, { status }),
    );
    const thrown = await failure<ProviderError>(call(clientOf(script), deposit, depositing), kind as never);
    expect(thrown).toMatchObject({ code: error, advice, status });
    expect(thrown.message).toContain("설명");
  });

  it.each([
    [new Response("down", { status: 503 }), HttpError, "HTTP_503"],
    [Response.json({ error: "server_error" }, { status: 500 }), HttpError, "HTTP_500"],
    [new Response("", { status: 401 }), AuthenticationError, "HTTP_401"],
    [new Response("<html>"), DecodeError, "DECODE"],
    [Response.json({ token_type: "Bearer" }), DecodeError, "DECODE"],
    [Response.json({ access_token: 7 }), DecodeError, "DECODE"],
  ])("answered with something else leaves a transfer certainly unsent", async (answer, kind, code) => {
    const script = scripted(
      () => bankSuccess(),
      () => answer.clone(),
    );
    const error = await failure(call(clientOf(script), deposit, depositing), kind as never);
    expect(error.code).toBe(code);
    expect(script.sent).toHaveLength(0);
  });

  it("that nobody answers for leaves a transfer certainly unsent", async () => {
    const script = scripted(
      () => bankSuccess(),
      () => Promise.reject(Object.assign(new Error("reset"), { code: "ECONNRESET" })),
    );
    const error = await failure(call(clientOf(script), deposit, depositing), NetworkError);
    expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: false, advice: "retry", operation: deposit.id });
    expect(error.cause).toMatchObject({ operation: "oauth.token", mayHaveArrived: true });
  });

  it("lives 90 days when the center does not say, and as long as it says in a text", async () => {
    let now = 1_000_000;
    const lives: unknown[] = [undefined, "7200"];
    const script = scripted(
      () => bankSuccess(),
      (_, count) => tokenAnswer({ access_token: `t${count}`, expires_in: lives[count - 1] }),
    );
    const openBanking = clientOf(script, { now: () => now });
    const used = async () => {
      await call(openBanking, realName, asked);
      return bearer(script.sent.at(-1));
    };
    expect(await used()).toBe("t1");
    now += 89 * 86_400_000;
    expect(await used()).toBe("t1");
    now += 2 * 86_400_000;
    expect(await used()).toBe("t2");
    now += 7_100_000;
    expect(await used()).toBe("t2");
    now += 100_001;
    expect(await used()).toBe("t3");
  });
});

describe("a token that the center refuses", () => {
  const refusing =
    (answer: () => Response): Script =>
    (sent) =>
      bearer(sent) === "institution-token-1" ? answer() : success(deposited("000"));

  it.each([
    ["O0002", () => refusal("O0002")],
    ["O0003", () => refusal("O0003")],
    ["O0002 with HTTP 401", () => refusal("O0002", "", {}, 401)],
    ["HTTP 401", () => new Response("", { status: 401 })],
    ["invalid_token", () => Response.json({ error: "invalid_token" }, { status: 401 })],
  ])("%s is renewed and the request sent once more, a transfer too, under a new number", async (_, answer) => {
    const script = scripted(refusing(answer));
    await call(clientOf(script), deposit, depositing);
    expect(script.sent.map(bearer)).toEqual(["institution-token-1", "institution-token-2"]);
    const ids = script.sent.map(({ fields }) => (fields.req_list as { bank_tran_id: string }[])[0]?.bank_tran_id);
    expect(new Set(ids).size).toBe(2);
  });

  it("is renewed once for all calls that met it", async () => {
    const { opened, open } = latch();
    const script = scripted(async (sent, count) => {
      if (count === 5) open();
      await opened;
      return refusing(() => refusal("O0002"))(sent, count);
    });
    const openBanking = clientOf(script);
    await Promise.all(Array.from({ length: 5 }, () => call(openBanking, deposit, depositing)));
    expect(script.oauth).toHaveLength(2);
    expect(script.sent).toHaveLength(10);
  });

  it("twice is an error that says what it is, and happened to nobody's money", async () => {
    const script = scripted(() => refusal("O0002", "Access Token 거부"));
    const error = await failure(call(clientOf(script), deposit, depositing), AuthenticationError);
    expect(error).toMatchObject({ code: "O0002", advice: "renew-token", operation: deposit.id });
    expect([script.sent.length, script.oauth.length]).toEqual([2, 2]);
  });
});

describe("revokeToken", () => {
  it("gives the institution's token back and forgets it", async () => {
    const store = memoryStore();
    const script = scripted(
      () => bankSuccess(),
      (sent, count) => (sent.url.pathname.endsWith("/revoke") ? refusal("O0000") : answerToken(sent, count)),
    );
    const openBanking = clientOf(script, { store });
    await revokeToken(openBanking);
    expect(script.oauth).toHaveLength(0);
    await call(openBanking, realName, asked);
    await revokeToken(openBanking);
    expect(script.oauth[1]).toMatchObject({
      url: { pathname: "/oauth/2.0/revoke" },
      fields: {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        access_token: "institution-token-1",
      },
    });
    await call(clientOf(script, { store }), realName, asked);
    expect(bearer(script.sent[1])).toBe("institution-token-3");
  });

  it("gives back the token of a source of one's own", async () => {
    class Mine implements TokenSource {
      current: Token | undefined = { value: "mine", expiresAt: Number.POSITIVE_INFINITY };
      async get(): Promise<Token> {
        return this.current ?? { value: "another", expiresAt: 0 };
      }
      invalidate(token: Token): void {
        if (this.current === token) this.current = undefined;
      }
    }
    const script = scripted(
      () => bankSuccess(),
      () => refusal("O0000"),
    );
    const openBanking = clientOf(script, { tokens: new Mine() });
    await revokeToken(openBanking);
    expect(script.oauth[0]?.fields.access_token).toBe("mine");
    await call(openBanking, realName, asked);
    expect(bearer(script.sent[0])).toBe("another");
  });
});
