import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { authorizeUrl, connect, REDIRECT_URI, useCode } from "./openbanking-client.js";

const DAY = 86_400_000;
const numberOf = ({ rsp_code, rsp_message }: Record<string, string>) => [
  rsp_code,
  /\(\[(\d+)\]\)$/.exec(rsp_message ?? "")?.[1],
];

describe("a user's token", () => {
  test("is what the documents say", async () => {
    const { user, userSeqNo } = await connect();
    expect(user).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 7_775_999,
      refresh_token: expect.any(String),
      scope: "login inquiry transfer",
      user_seq_no: userSeqNo,
    });
    expect(user.access_token.length).toBeLessThanOrEqual(400);
    const [, claims] = user.access_token.split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({ aud: userSeqNo });
  });

  test("needs a code that is new: used, made up or older than five minutes is 3000113", async () => {
    const { token, codeFor, clock } = await connect();
    const redeem = (code: string) => token({ grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI });
    const code = await codeFor();
    expect((await redeem(code)).access_token).toBeDefined();
    expect(numberOf(await redeem(code))).toEqual(["O0001", "3000113"]);
    expect(numberOf(await redeem("made-up"))).toEqual(["O0001", "3000113"]);
    const late = await codeFor();
    clock.now += 5 * 60_000;
    expect(numberOf(await redeem(late))).toEqual(["O0001", "3000113"]);
  });

  test("needs the redirect_uri of the consent", async () => {
    const { token, codeFor, openBanking } = await connect();
    const code = await codeFor();
    const redeem = (redirect_uri: string) => token({ grant_type: "authorization_code", code, redirect_uri });
    expect(numberOf(await redeem("https://other.example"))).toEqual(["O0001", "3000114"]);
    expect((await redeem(REDIRECT_URI)).access_token).toBeDefined();
    openBanking.addRedirectUri("https://second.example/back");
    const second = await codeFor();
    const answer = await token({
      grant_type: "authorization_code",
      code: second,
      redirect_uri: "https://second.example/back",
    });
    expect(numberOf(answer)).toEqual(["O0001", "3000114"]);
  });

  test("is for the institution to which the user consented", async () => {
    const other = { clientId: "other-id", clientSecret: "other-secret", useCode: "T999999999", name: "다른 기관" };
    const { token, codeFor } = await connect({ institutions: [{ ...other, redirectUris: [REDIRECT_URI] }] });
    const code = await codeFor();
    const answer = await token({
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT_URI,
      client_id: other.clientId,
      client_secret: other.clientSecret,
    });
    expect(numberOf(answer)).toEqual(["O0001", "3000113"]);
  });

  test("carries the scopes that were asked for, in the documents' order", async () => {
    const { userToken } = await connect();
    expect((await userToken({ scope: "inquiry login" })).scope).toBe("login inquiry");
  });
});

describe("a refresh", () => {
  const refresh = (refresh_token: string, scope = "login inquiry transfer") => ({
    grant_type: "refresh_token",
    refresh_token,
    scope,
  });

  test("brings a new pair, and ends the old refresh token", async () => {
    const { token, user, get, userSeqNo } = await connect();
    const renewed = await token(refresh(user.refresh_token));
    expect(renewed).toMatchObject({ scope: "login inquiry transfer", user_seq_no: userSeqNo });
    expect(renewed.refresh_token).not.toBe(user.refresh_token);
    const me = await get("/v2.0/user/me", { user_seq_no: userSeqNo }, { token: renewed.access_token });
    expect(me.rsp_code).toBe("A0000");
    expect((await token(refresh(user.refresh_token))).rsp_code).toBe("O0014");
  });

  test("brings no new refresh token where the center keeps the old one", async () => {
    const { token, user } = await connect({ rotateRefreshTokens: false });
    const renewed = await token(refresh(user.refresh_token));
    expect(renewed.access_token).toBeDefined();
    expect(renewed).not.toHaveProperty("refresh_token");
    expect((await token(refresh(user.refresh_token))).access_token).toBeDefined();
  });

  test("takes a scope, within what was consented to", async () => {
    const { token, user } = await connect({ rotateRefreshTokens: false });
    expect((await token(refresh(user.refresh_token, "inquiry"))).scope).toBe("inquiry");
    expect(numberOf(await token(refresh(user.refresh_token, "login cardinfo")))).toEqual(["O0001", "3000115"]);
    expect(numberOf(await token({ grant_type: "refresh_token", refresh_token: user.refresh_token }))).toEqual([
      "O0001",
      "3000103",
    ]);
  });

  test("works ten days longer than the token, and is O0015 then", async () => {
    const { token, user, clock, get, userSeqNo } = await connect({ rotateRefreshTokens: false });
    clock.now += 90 * DAY;
    expect((await get("/v2.0/user/me", { user_seq_no: userSeqNo })).rsp_code).toBe("O0003");
    expect((await token(refresh(user.refresh_token))).access_token).toBeDefined();
    clock.now += 10 * DAY;
    expect((await token(refresh(user.refresh_token))).rsp_code).toBe("O0015");
    expect((await token(refresh("made-up"))).rsp_code).toBe("O0014");
  });
});

describe("the institution's own token", () => {
  test("comes with client_use_code, for the scope of its contract only", async () => {
    const { institution, token } = await connect();
    expect(institution).toMatchObject({ scope: "oob", client_use_code: useCode, token_type: "Bearer" });
    expect(institution).not.toHaveProperty("refresh_token");
    // As the test bed answered in May 2026.
    for (const scope of ["inquiry", "transfer", "cardinfo", "fintechinfo", "insuinfo"]) {
      expect(numberOf(await token({ grant_type: "client_credentials", scope }))).toEqual(["O0001", "3000103"]);
    }
    expect(await token({ grant_type: "client_credentials", scope: "sa" })).toMatchObject({ rsp_code: "O0011" });
    const own = await connect({ scope: "sa" });
    expect(own.institution.scope).toBe("sa");
    expect(own.openBanking.options.institutionScope).toBe("sa");
  });
});

describe("failures are HTTP 200", () => {
  test.each([
    [{ client_secret: "wrong" }, "3000201"],
    [{ client_id: "nobody" }, "3000201"],
    [{ client_id: "" }, "3000103"],
    [{ grant_type: "password" }, "3000117"],
    [{ grant_type: "" }, "3000103"],
    [{ scope: "" }, "3000103"],
  ])("%j is O0001 [%s]", async (changes, number) => {
    const { token } = await connect();
    expect(numberOf(await token({ grant_type: "client_credentials", scope: "oob", ...changes }))).toEqual([
      "O0001",
      number,
    ]);
  });

  test("JSON is no form, GET is no POST", async () => {
    const { raw } = await connect();
    const json = await raw("/oauth/2.0/token", { method: "POST", body: JSON.stringify({ grant_type: "x" }) });
    expect(json.status).toBe(200);
    expect(numberOf((await json.json()) as Record<string, string>)).toEqual(["O0001", "3000103"]);
    expect(await (await raw("/oauth/2.0/token")).json()).toMatchObject({ rsp_code: "O0010" });
    expect(await (await raw("/oauth/2.0/nothing", { method: "POST" })).json()).toMatchObject({ rsp_code: "O0005" });
  });
});

describe("revoke", () => {
  test("ends a token of the institution's", async () => {
    const { raw, user, get, userSeqNo, openBanking } = await connect();
    const { clientId: client_id, clientSecret: client_secret } = openBanking.options;
    const revoke = async (form: Record<string, string>) =>
      (await raw("/oauth/2.0/revoke", { method: "POST", body: new URLSearchParams(form) })).json();
    expect(await revoke({ client_id, client_secret })).toMatchObject({ rsp_code: "O0001" });
    expect(await revoke({ client_id, client_secret: "wrong", access_token: user.access_token })).toMatchObject({
      rsp_code: "O0001",
    });
    expect(await revoke({ client_id, client_secret, access_token: user.access_token })).toMatchObject({
      rsp_code: "O0000",
    });
    expect((await get("/v2.0/user/me", { user_seq_no: userSeqNo })).rsp_code).toBe("O0002");
  });
});

test("expireTokens ends access tokens, and refresh tokens when told so", async () => {
  const { openBanking, token, user, get, userSeqNo } = await connect({ rotateRefreshTokens: false });
  expect(openBanking.tokensIssued).toBe(2);
  openBanking.expireTokens();
  expect((await get("/v2.0/user/me", { user_seq_no: userSeqNo })).rsp_code).toBe("O0003");
  const refresh = { grant_type: "refresh_token", refresh_token: user.refresh_token, scope: "login" };
  expect((await token(refresh)).access_token).toBeDefined();
  openBanking.expireTokens({ refresh: true });
  expect((await token(refresh)).rsp_code).toBe("O0015");
});

test("the same seed, clock and requests give the same tokens", async () => {
  const [one, other] = [await connect(), await connect()];
  expect(one.user).toEqual(other.user);
  expect(one.openBanking.users).toEqual(other.openBanking.users);
  const { openBanking } = createSandbox({ seed: 2 });
  expect(openBanking.users[0]?.accounts[0]?.fintechUseNum).not.toBe(one.fintechUseNum);
  await expect(openBanking.consent(authorizeUrl())).resolves.toContain("code=");
});
