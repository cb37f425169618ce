import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  DAY,
  grant,
  HOUR,
  JSON_HEADERS,
  keysOf,
  MINUTE,
  NOW,
  open,
  read,
  signIn,
  stocks,
  tokenP,
} from "./kis-client.js";

describe("tokenP", () => {
  test("gives a token for a day, and says until when by the clocks of Seoul", async () => {
    const { sandbox } = open();
    const { status, body } = await tokenP(sandbox);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: "Bearer",
      expires_in: 86_400,
      access_token_token_expired: "2026-11-21 11:00:00",
    });
    expect(`Bearer ${body.access_token}`.length).toBeLessThanOrEqual(350);
  });

  test("answers an app key once a minute", async () => {
    const { sandbox, clock, kis } = open();
    const first = await tokenP(sandbox);
    clock.now += MINUTE - 1;
    const refused = await tokenP(sandbox);
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({ error_code: "EGW00133", error_description: expect.stringContaining("1분당 1회") });
    expect((await tokenP(sandbox, "mock")).status).toBe(200);
    clock.now += 1;
    expect((await tokenP(sandbox)).body.access_token).toBe(first.body.access_token);
    expect(kis.tokensIssued).toBe(2);
  });

  test("hands out the same token for six hours, with the same end and a length that means nothing", async () => {
    const { sandbox, clock, kis } = open();
    const first = await tokenP(sandbox);
    clock.now += 6 * HOUR - 1;
    const same = await tokenP(sandbox);
    expect(same.body).toEqual(first.body);
    clock.now = NOW + 6 * HOUR + MINUTE;
    const other = await tokenP(sandbox);
    expect(other.body.access_token).not.toBe(first.body.access_token);
    expect(other.body.access_token_token_expired).toBe("2026-11-21 17:01:00");
    expect(kis.tokensIssued).toBe(2);
  });

  test("the token before works on beside a new one, until its day is over", async () => {
    const { sandbox, clock } = open();
    const program = await signIn(sandbox);
    const { quote } = stocks(program);
    clock.now += 7 * HOUR;
    await tokenP(sandbox);
    expect((await quote()).body.rt_cd).toBe("0");
    clock.now = NOW + DAY;
    expect(await quote()).toMatchObject({ status: 500, body: { rt_cd: "1", msg_cd: "EGW00123" } });
  });

  test.each([
    ["no app key", { appkey: undefined }, "EGW00102"],
    ["another app key", { appkey: "P".repeat(36) }, "EGW00103"],
    ["no secret", { appsecret: undefined }, "EGW00104"],
    ["another secret", { appsecret: "s".repeat(180) }, "EGW00105"],
    ["no grant", { grant_type: undefined }, "EGW00115"],
    ["another grant", { grant_type: "password" }, "EGW00116"],
  ])("refuses %s with HTTP 403", async (_, changes, code) => {
    const { sandbox } = open();
    const { appKey, appSecret } = keysOf(sandbox);
    const body = { grant_type: "client_credentials", appkey: appKey, appsecret: appSecret, ...changes };
    expect(await grant(sandbox, "tokenP", body)).toMatchObject({ status: 403, body: { error_code: code } });
    // What is refused does not use up the minute.
    expect((await tokenP(sandbox)).status).toBe(200);
  });

  test("the gap is an option", async () => {
    const { sandbox } = open({ tokenGapMs: 0 });
    await tokenP(sandbox);
    expect((await tokenP(sandbox)).status).toBe(200);
  });
});

describe("tokens end", () => {
  test("revokeP: the token is no good, and the next one is another", async () => {
    const { sandbox, clock } = open();
    const { token, ...program } = await signIn(sandbox);
    const { appKey, appSecret } = keysOf(sandbox);
    const revoked = await grant(sandbox, "revokeP", { appkey: appKey, appsecret: appSecret, token });
    expect(revoked).toMatchObject({ status: 200, body: { code: expect.anything(), message: expect.any(String) } });
    expect((await stocks({ token, ...program }).quote()).body.msg_cd).toBe("EGW00121");
    expect((await grant(sandbox, "revokeP", { appkey: appKey, appsecret: appSecret, token })).status).toBe(403);
    clock.now += MINUTE;
    expect((await tokenP(sandbox)).body.access_token).not.toBe(token);
  });

  test("expireTokens: EGW00123, and a new token at once", async () => {
    const { sandbox, kis } = open();
    const program = await signIn(sandbox);
    kis.expireTokens();
    expect(await stocks(program).quote()).toMatchObject({ status: 500, body: { msg_cd: "EGW00123" } });
    const next = await tokenP(sandbox);
    expect(next.status).toBe(200);
    expect(next.body.access_token).not.toBe(program.token);
  });

  test("dropTokens: EGW00121, and the same dead token for six hours", async () => {
    const { sandbox, clock, kis } = open();
    const program = await signIn(sandbox);
    kis.dropTokens();
    expect((await stocks(program).quote()).body.msg_cd).toBe("EGW00121");
    expect((await tokenP(sandbox)).body.error_code).toBe("EGW00133");
    clock.now += MINUTE;
    expect((await tokenP(sandbox)).body.access_token).toBe(program.token);
    expect((await stocks(program).quote()).body.msg_cd).toBe("EGW00121");
    clock.now += 6 * HOUR;
    expect((await stocks(await signIn(sandbox)).quote()).body.rt_cd).toBe("0");
  });
});

describe("Approval and hashkey", () => {
  test("Approval takes the secret under another name", async () => {
    const { sandbox } = open();
    const { appKey, appSecret } = keysOf(sandbox);
    const right = { grant_type: "client_credentials", appkey: appKey, secretkey: appSecret };
    const { status, body } = await grant(sandbox, "Approval", right);
    expect([status, body]).toEqual([200, { approval_key: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    const wrong = { grant_type: "client_credentials", appkey: appKey, appsecret: appSecret };
    expect((await grant(sandbox, "Approval", wrong)).body.error_code).toBe("EGW00104");
  });

  test("hashkey is taken with the order it was made of, and with no other", async () => {
    const { sandbox } = open();
    const { appKey, appSecret } = keysOf(sandbox);
    const order = { ...ACCOUNT, PDNO: "005930", ORD_DVSN: "01", ORD_QTY: "1", ORD_UNPR: "0" };
    const headers = { ...JSON_HEADERS, appkey: appKey, appsecret: appSecret };
    const made = await read(
      await sandbox.fetch("http://kis.test/uapi/hashkey", { method: "POST", headers, body: JSON.stringify(order) }),
    );
    expect(made.body).toEqual({
      JsonBody: order,
      HASH: createHash("sha256").update(JSON.stringify(order)).digest("hex"),
    });
    const { post } = await signIn(sandbox);
    const path = "/uapi/domestic-stock/v1/trading/order-cash";
    const hashkey = made.body.HASH;
    expect((await post(path, "TTTC0012U", { ...order, ORD_QTY: "2" }, { hashkey })).body.msg_cd).toBe("EGW00131");
    expect((await post(path, "TTTC0012U", order, { hashkey })).body.rt_cd).toBe("0");
  });

  test.each(["unknown", "tokenp"])("/oauth2/%s is nothing", async (name) => {
    expect(await grant(open().sandbox, name, {})).toMatchObject({ status: 403, body: { error_code: "EGW00101" } });
  });
});
