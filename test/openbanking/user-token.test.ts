import { inspect } from "node:util";
import { AuthenticationError, InvalidInputError, memoryStore, NetworkError, type TokenStore } from "kofin";
import {
  adoptTokens,
  ConsentError,
  call,
  consentsOf,
  exchangeCode,
  forgetUser,
  type OpenBanking,
  refreshToken,
  revokeToken,
} from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { idle, latch } from "../support/wait.js";
import { balance, loans, realName, unlink, userMe, withdraw, withdrawal } from "./operations.js";
import {
  answerToken,
  bankSuccess,
  bearer,
  CLIENT,
  clientOf,
  OTHER_USER,
  refusal,
  type Script,
  scripted,
  success,
  tokenAnswer,
  USER,
  userOf,
} from "./scripted.js";

const account = { fintech_use_num: "120260001088941120000001" };

/** A refresh that brings what `more` says. */
const refreshing =
  (more: Record<string, unknown>): Script =>
  (_, count) =>
    tokenAnswer({ access_token: `refreshed-${count}`, scope: "login inquiry transfer", user_seq_no: USER, ...more });

describe("exchangeCode", () => {
  it("sends the code as a form, keeps the tokens and says what they open", async () => {
    const script = scripted(() => bankSuccess());
    const openBanking = clientOf(script, { now: () => 1_000 });
    const consent = await exchangeCode(openBanking, { code: "code+1", scope: undefined });
    expect(consent).toEqual({
      userSeqNo: USER,
      scope: ["login", "inquiry", "transfer"],
      expiresAt: 1_000 + 7_775_999_000,
      refreshable: true,
    });
    expect(script.oauth[0]?.fields).toEqual({
      grant_type: "authorization_code",
      code: "code+1",
      redirect_uri: CLIENT.redirectUri,
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
    });
    expect(inspect(consent, { depth: 9 })).not.toContain("user-token");
    await call(openBanking.user(consent.userSeqNo), balance, account);
    expect(bearer(script.sent[0])).toBe("user-token-1");
  });

  it("takes the redirect_uri of the consent, and needs one", async () => {
    const script = scripted(() => success());
    await exchangeCode(clientOf(script), "code", { redirect_uri: "https://other.example.com/cb" });
    expect(script.oauth[0]?.fields.redirect_uri).toBe("https://other.example.com/cb");
    const bare = clientOf(script, { redirectUri: undefined as never });
    expect(await failure(exchangeCode(bare, "code"), InvalidInputError)).toMatchObject({ code: "INPUT_MISSING" });
  });

  it("goes by the scope of the callback when the token does not say", async () => {
    const script = scripted(() => success(), refreshing({ scope: undefined }));
    const { scope } = await exchangeCode(clientOf(script), { code: "1", scope: "login cardinfo" });
    expect(scope).toEqual(["login", "cardinfo"]);
  });

  it.each([
    ["([3000113])", "ask-user"],
    ["([3000114])", "fix-request"],
    ["[803]", "ask-user"],
  ])("is refused with O0001 %s, and never sent twice", async (detail, advice) => {
    const script = scripted(
      () => success(),
      ({ fields }) => refusal("O0001", `오류 ${fields.code} ${detail}`),
    );
    const error = await failure(exchangeCode(clientOf(script), "planted-code"), AuthenticationError);
    expect(error).toMatchObject({ code: "O0001", advice });
    expect(error.message).not.toContain("planted-code");
    expect(script.oauth).toHaveLength(1);
  });

  it("is refused in the form of RFC 6749", async () => {
    const answer = () => Response.json({ error: "invalid_grant" }, { status: 400 });
    const script = scripted(() => success(), answer);
    const error = await failure(exchangeCode(clientOf(script), "code"), AuthenticationError);
    expect(error).toMatchObject({ code: "invalid_grant", advice: "ask-user" });
    expect(error.message).toContain("consent again");
  });

  it("says that the code may be used up when no answer comes", async () => {
    const script = scripted(
      () => success(),
      () => Promise.reject(new Error("reset")),
    );
    const error = await failure(exchangeCode(clientOf(script), "code"), NetworkError);
    expect(error).toMatchObject({ operation: "oauth.token", mayHaveArrived: true });
  });

  it("keeps nothing that belongs to nobody", async () => {
    const script = scripted(() => success(), refreshing({ user_seq_no: undefined }));
    expect((await failure(exchangeCode(clientOf(script), "code"))).code).toBe("DECODE");
  });
});

describe("users", () => {
  it("are kept apart, and from other clients and environments", async () => {
    const store = memoryStore();
    const script = scripted(() => bankSuccess());
    const openBanking = clientOf(script, { store });
    const one = await userOf(openBanking, "inquiry", { access_token: "one" });
    const other = await userOf(openBanking, "inquiry", { access_token: "other", user_seq_no: OTHER_USER });
    await Promise.all([call(one, balance, account), call(other, balance, account)]);
    expect(script.sent.map(bearer)).toEqual(["one", "other"]);
    expect(await consentsOf(clientOf(script, { store, clientId: "x" }).user(USER))).toEqual([]);
    const production = { store, environment: "production", useCode: "F990000123" } as const;
    expect(await consentsOf(clientOf(script, production).user(USER))).toEqual([]);
    expect(await consentsOf(clientOf(script, { store }).user(USER))).toHaveLength(1);
  });

  it("keep consents beside each other that open different things, and the newest of the same", async () => {
    const script = scripted(() => bankSuccess());
    const openBanking = clientOf(script);
    await userOf(openBanking, "login inquiry", { access_token: "accounts-old" });
    await userOf(openBanking, "cardinfo", { access_token: "cards" });
    const user = await userOf(openBanking, "login inquiry transfer", { access_token: "accounts" });
    expect((await consentsOf(user)).map(({ scope }) => scope.join(" "))).toEqual([
      "login inquiry transfer",
      "cardinfo",
    ]);
    await call(user, { ...balance, auth: { user: "cardinfo" } }, account);
    await call(user, balance, account);
    expect(script.sent.map(bearer)).toEqual(["cards", "accounts"]);
  });

  it("are forgotten when told so, and nobody else", async () => {
    const openBanking = clientOf(scripted(() => bankSuccess()));
    const user = await userOf(openBanking);
    await userOf(openBanking, "login", { user_seq_no: OTHER_USER });
    await forgetUser(user);
    expect(await consentsOf(user)).toEqual([]);
    expect(await consentsOf(openBanking.user(OTHER_USER))).toHaveLength(1);
    expect((await failure(call(user, balance, account))).code).toBe("SCOPE_MISSING");
  });

  it("are revoked consent by consent; what the center does not take back is kept", async () => {
    const script = scripted(
      () => success(),
      ({ fields }) => (fields.access_token === "accounts" ? refusal("O0007") : Response.json({})),
    );
    const openBanking = clientOf(script);
    await userOf(openBanking, "login", { access_token: "accounts" });
    const user = await userOf(openBanking, "cardinfo", { access_token: "cards" });
    expect((await failure(revokeToken(user))).code).toBe("O0007");
    expect(script.oauth.map(({ fields }) => fields.access_token)).toEqual(["cards", "accounts"]);
    expect((await consentsOf(user)).map(({ scope }) => scope)).toEqual([["login"]]);
  });

  it.each([
    [{ access_token: "" }, "access_token"],
    [{ user_seq_no: undefined }, "user_seq_no"],
  ])("are not adopted with %j", async (more, field) => {
    const answer = { access_token: "a", expires_in: "1", scope: "login", user_seq_no: USER, ...more } as never;
    const error = await failure(adoptTokens(clientOf(scripted(() => success())), answer), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_MISSING", field });
  });

  it.each(["garbage", "{}", '[{"accessToken":1}]', "[null]"])(
    "that the store holds as %s have granted nothing",
    async (text) => {
      const store = memoryStore();
      await store.set(`openbanking:test:${CLIENT.clientId}:user:${USER}`, text);
      expect(
        await consentsOf(
          clientOf(
            scripted(() => success()),
            { store },
          ).user(USER),
        ),
      ).toEqual([]);
    },
  );

  it.each([consentsOf, refreshToken, forgetUser])("have to be named: %o", async (ask) => {
    const asked = (ask as (client: OpenBanking) => Promise<unknown>)(clientOf(scripted(() => success())));
    expect(await failure(asked, InvalidInputError)).toMatchObject({ code: "INPUT_MISSING", field: "user" });
  });
});

describe("a user's token", () => {
  it("is refreshed ahead of its end, with its scope, and keeps the old refresh token when none comes back", async () => {
    let now = 0;
    const script = scripted(() => bankSuccess(), refreshing({ expires_in: 7_200, scope: undefined }));
    const openBanking = clientOf(script, { now: () => now });
    const user = await userOf(openBanking, "login inquiry", { expires_in: 7_200 });
    await call(user, balance, account);
    now += 3_600_001;
    await call(user, balance, account);
    now += 3_600_001;
    await call(user, balance, account);
    expect(script.sent.map(bearer)).toEqual(["user-token-0", "refreshed-1", "refreshed-2"]);
    expect(script.oauth.map(({ fields }) => fields)).toEqual(
      Array(2).fill({
        grant_type: "refresh_token",
        refresh_token: "user-refresh-0",
        scope: "login inquiry",
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
      }),
    );
    expect((await consentsOf(user))[0]?.scope).toEqual(["login", "inquiry"]);
  });

  it("takes the new refresh token when one comes", async () => {
    const script = scripted(() => bankSuccess(), answerToken);
    const user = await userOf(clientOf(script));
    await refreshToken(user);
    await refreshToken(user, { scope: "inquiry" });
    expect(script.oauth.map(({ fields }) => fields.refresh_token)).toEqual(["user-refresh-0", "user-refresh-1"]);
  });

  it("is refreshed once by all who need it, in one process", async () => {
    const { opened, open } = latch();
    const script = scripted(
      () => bankSuccess(),
      async (sent, count) => {
        await opened;
        return refreshing({})(sent, count);
      },
    );
    const openBanking = clientOf(script);
    const user = await userOf(openBanking, "login inquiry", { expires_in: 0 });
    const calls = Array.from({ length: 20 }, () => call(openBanking.user(USER), balance, account));
    calls.push(call(user, userMe, { user_seq_no: USER }));
    await idle();
    open();
    await Promise.all(calls);
    expect(script.oauth).toHaveLength(1);
    expect(new Set(script.sent.map(bearer))).toEqual(new Set(["refreshed-1"]));
  });

  it("is refreshed once by all who need it, in several processes", async () => {
    const store = memoryStore();
    const script = scripted(
      () => bankSuccess(),
      async (sent, count) => {
        await idle(2);
        return refreshing({ refresh_token: `rotated-${count}` })(sent, count);
      },
    );
    await userOf(clientOf(script, { store }), "inquiry", { expires_in: 0 });
    const processes = Array.from({ length: 6 }, () => clientOf(script, { store }).user(USER));
    await Promise.all(processes.flatMap((user) => [call(user, balance, account), call(user, balance, account)]));
    expect(script.oauth).toHaveLength(1);
    expect(new Set(script.sent.map(bearer))).toEqual(new Set(["refreshed-1"]));
  });

  it.each(["O0002", "O0003"])("that is refused with %s is refreshed once, and the call repeated once", async (code) => {
    const script = scripted(
      (sent) => (bearer(sent) === "user-token-0" ? refusal(code) : bankSuccess()),
      refreshing({}),
    );
    const user = await userOf(clientOf(script));
    await Promise.all([call(user, balance, account), call(user, withdraw, withdrawal)]);
    expect(script.oauth).toHaveLength(1);
    expect(script.sent.map(bearer)).toEqual(["user-token-0", "user-token-0", "refreshed-1", "refreshed-1"]);
  });

  it("that another process has refreshed meanwhile is taken from there", async () => {
    const store = memoryStore();
    const script = scripted(
      (sent) => (bearer(sent) === "user-token-0" ? refusal("O0002") : bankSuccess()),
      refreshing({}),
    );
    const here = await userOf(clientOf(script, { store }));
    const there = clientOf(script, { store }).user(USER);
    await call(here, balance, account);
    await call(there, balance, account);
    expect(script.oauth).toHaveLength(1);
    expect(script.sent.map(bearer)).toEqual(["user-token-0", "refreshed-1", "refreshed-1"]);
  });

  it.each([
    ["O0014", () => refusal("O0014", "Refresh Token 거부")],
    ["O0015", () => refusal("O0015", "Refresh Token 만료")],
    ["invalid_grant", () => Response.json({ error: "invalid_grant" }, { status: 400 })],
  ])("whose refresh is refused with %s sends the user to consent again", async (code, answer) => {
    const script = scripted(() => bankSuccess(), answer);
    const user = await userOf(clientOf(script), "login inquiry", { expires_in: 0 });
    const calls = await Promise.all([1, 2, 3].map(() => failure(call(user, balance, account), AuthenticationError)));
    for (const error of calls) expect(error).toMatchObject({ code, advice: "ask-user" });
    expect(calls[0]?.message).toContain("consent again");
    expect([script.oauth.length, script.sent.length]).toEqual([1, 0]);
  });

  it("is refreshed once, even when the new one cannot be stored at first", async () => {
    const inner = memoryStore();
    let isFull = false;
    const set: TokenStore["set"] = (key, value) => (isFull ? Promise.reject(new Error("full")) : inner.set(key, value));
    const script = scripted(() => bankSuccess(), refreshing({ refresh_token: "next" }));
    const user = await userOf(clientOf(script, { store: { ...inner, set } }), "inquiry", { expires_in: 0 });
    const input = { ...account, bank_tran_id: `${CLIENT.useCode}U000000001` };
    isFull = true;
    expect((await failure(call(user, balance, input), InvalidInputError)).code).toBe("STORE_UNUSABLE");
    isFull = false;
    await call(user, balance, input);
    await call(user, balance, input);
    expect(script.sent.map(bearer)).toEqual(["refreshed-1", "refreshed-1"]);
    expect(script.oauth).toHaveLength(1);
  });

  it("that still lasts is used when its early refresh fails", async () => {
    const script = scripted(
      () => bankSuccess(),
      () => new Response("down", { status: 503 }),
    );
    const user = await userOf(clientOf(script), "inquiry", { expires_in: 600 });
    await call(user, balance, account);
    expect(bearer(script.sent[0])).toBe("user-token-0");
  });

  it("that has ended without a refresh token sends the user to consent again", async () => {
    const script = scripted(() => bankSuccess());
    const user = await userOf(clientOf(script), "inquiry", { expires_in: 0, refresh_token: undefined });
    expect(await failure(call(user, balance, account), ConsentError)).toMatchObject({
      code: "CONSENT_ENDED",
      advice: "ask-user",
    });
    expect((await consentsOf(user))[0]?.refreshable).toBe(false);
  });

  it("is never taken for that of somebody else", async () => {
    const script = scripted(() => bankSuccess(), refreshing({ user_seq_no: OTHER_USER }));
    const user = await userOf(clientOf(script), "inquiry", { expires_in: 0 });
    expect((await failure(call(user, balance, account), ConsentError)).code).toBe("USER_MISMATCH");
    expect(script.sent).toHaveLength(0);
  });

  it("is gone when the user was forgotten while it was refreshed", async () => {
    const store: TokenStore = memoryStore();
    const script = scripted(() => bankSuccess(), refreshing({}));
    const user = await userOf(clientOf(script, { store }), "inquiry", { expires_in: 0 });
    const forgotten = store.exclusive(`openbanking:test:${CLIENT.clientId}:user:${USER}`, async () => {
      await idle();
      await store.set(`openbanking:test:${CLIENT.clientId}:user:${USER}`, undefined);
    });
    expect((await failure(call(user, balance, account), ConsentError)).code).toBe("CONSENT_ENDED");
    await forgotten;
    expect(script.oauth).toHaveLength(0);
  });

  it("is refreshed on demand, for what was granted only", async () => {
    const script = scripted(() => success(), refreshing({}));
    const user = await userOf(clientOf(script), "login");
    expect(await refreshToken(user, { scope: "login" })).toMatchObject({ userSeqNo: USER, refreshable: true });
    expect((await failure(refreshToken(user, { scope: "cardinfo" }))).code).toBe("SCOPE_MISSING");
    expect((await failure(refreshToken(user.user(OTHER_USER)))).code).toBe("SCOPE_MISSING");
    expect(script.oauth).toHaveLength(1);
  });
});

describe("whose token a call takes", () => {
  const scopes = (openBanking: OpenBanking) => userOf(openBanking, "login inquiry");

  it.each([
    ["a user's for what users open", "oob", true, balance, "user-token-0"],
    ["a user's even where the institution's would do", "sa", true, balance, "user-token-0"],
    ["the institution's where there is no user", "sa", false, balance, "institution-token-1"],
    ["the institution's for what only it opens, user or not", "oob", true, realName, "institution-token-1"],
    ["a user's for what nobody has described", "oob", true, { ...realName, auth: undefined }, "user-token-0"],
    [
      "the institution's for that without a user",
      "oob",
      false,
      { ...realName, auth: undefined },
      "institution-token-1",
    ],
    ["nobody's on the OAuth paths", "oob", true, { ...realName, auth: "none" }, undefined],
  ] as const)("%s", async (_, institutionScope, isUser, operation, used) => {
    const script = scripted(() => bankSuccess());
    const openBanking = clientOf(script, { institutionScope });
    const user = await scopes(openBanking);
    const input = { ...account, bank_code_std: "097", account_num: "1" };
    await call(isUser ? user : openBanking, operation as typeof balance, input);
    expect(bearer(script.sent[0])).toBe(used);
  });

  it.each([
    ["a user who has not granted the scope", "oob", USER, withdraw, /scope transfer.*granted login inquiry/],
    ["a user of whom nothing is known", "oob", OTHER_USER, balance, /scope inquiry.*no token of this user/],
    [
      "no user and the wrong kind of institution",
      "oob",
      undefined,
      balance,
      /scope inquiry.*scope sa; this client's is oob/,
    ],
    ["no user where only users do", "sa", undefined, unlink, /a user's token with the scope login/],
    ["the wrong kind of institution", "oob", USER, { ...realName, auth: { institution: ["sa"] } }, /scope sa/],
  ] as const)("none, and nothing is sent: %s", async (_, institutionScope, seq, operation, message) => {
    const script = scripted(() => bankSuccess());
    const openBanking = clientOf(script, { institutionScope });
    await scopes(openBanking);
    const input = { ...withdrawal, bank_code_std: "097", account_num: "1", user_seq_no: seq ?? USER };
    const caller = seq ? openBanking.user(seq) : openBanking;
    const error = await failure(call(caller, operation as typeof balance, input), InvalidInputError);
    expect(error).toMatchObject({ code: "SCOPE_MISSING", field: "scope", operation: operation.id });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain(USER);
    expect([script.sent.length, script.oauth.length]).toEqual([0, 0]);
  });

  it.each(["insuinfo", "loaninfo"])("any one of several scopes will do: %s", async (granted) => {
    const script = scripted(() => success());
    const openBanking = clientOf(script);
    await userOf(openBanking, "login", { access_token: "accounts" });
    const user = await userOf(openBanking, granted, { access_token: "assets" });
    await userOf(openBanking, "inquiry", { access_token: "newer" });
    await call(user, loans, { user_seq_no: USER });
    expect(bearer(script.sent[0])).toBe("assets");
  });

  it("names every scope that would have done", async () => {
    const script = scripted(() => success());
    const openBanking = clientOf(script);
    const user = await userOf(openBanking, "login");
    const input = { user_seq_no: USER };
    const [ofUser, ofClient] = [
      await failure(call(user, loans, input), InvalidInputError),
      await failure(call(openBanking, loans, input), InvalidInputError),
    ];
    expect(ofUser.message).toContain("needs the user's scope insuinfo or loaninfo; the user granted login");
    expect(ofClient.message).toContain("a user's token with the scope insuinfo or loaninfo: pass openBanking.user(");
    expect(script.sent).toHaveLength(0);
  });

  it("hears at once of a scope that another process has been granted", async () => {
    const store = memoryStore();
    const script = scripted(() => bankSuccess());
    const user = await userOf(clientOf(script, { store }), "login");
    await failure(call(user, balance, account), InvalidInputError);
    await userOf(clientOf(script, { store }), "inquiry", { access_token: "granted elsewhere" });
    await call(user, balance, account);
    expect(bearer(script.sent[0])).toBe("granted elsewhere");
  });

  it("refuses nothing when the center did not say what was granted", async () => {
    const script = scripted(() => bankSuccess(), refreshing({ scope: undefined }));
    const openBanking = clientOf(script);
    const { userSeqNo, scope } = await exchangeCode(openBanking, "code");
    expect(scope).toEqual([]);
    await call(openBanking.user(userSeqNo), balance, account);
    expect(bearer(script.sent[0])).toBe("refreshed-1");
  });

  it("asks about no other user than the token's", async () => {
    const script = scripted(() => success());
    const openBanking = clientOf(script);
    const user = await userOf(openBanking);
    const error = await failure(call(user, userMe, { user_seq_no: OTHER_USER }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field: "user_seq_no" });
    expect(script.sent).toHaveLength(0);
    await call(clientOf(script, { institutionScope: "sa" }), userMe, { user_seq_no: OTHER_USER });
    expect(script.sent).toHaveLength(1);
  });
});
