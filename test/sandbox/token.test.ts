import { createPublicKey, verify } from "node:crypto";
import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { ACCOUNT_LIST, basic, CLIENT_ID, connect, connectTo, INPUT, read, requestToken, tokenOf } from "./client.js";

const NOW = Date.UTC(2026, 5, 15, 3);

function part(token: string, index: number) {
  return JSON.parse(Buffer.from(token.split(".")[index] ?? "", "base64url").toString("utf8"));
}

describe("token request", () => {
  test("answers plain JSON with a bearer token for a week less a second", async () => {
    const response = await requestToken(createSandbox());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: "bearer",
      expires_in: 604_799,
      scope: "read",
    });
  });

  test("the token is an RS256 JWT with CODEF's claims", async () => {
    const sandbox = createSandbox({ now: () => NOW });
    const token = await tokenOf(sandbox);
    expect(part(token, 0)).toEqual({ alg: "RS256", typ: "JWT" });
    expect(part(token, 1)).toEqual({
      service_type: "2",
      scope: ["read"],
      service_no: expect.stringMatching(/^\d{12}$/),
      exp: NOW / 1000 + 604_799,
      authorities: ["INSURANCE", "PUBLIC", "BANK", "ETC", "STOCK", "CARD"],
      jti: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      client_id: CLIENT_ID,
    });
    const [header, claims, signature = ""] = token.split(".");
    const key = createPublicKey({ key: Buffer.from(sandbox.codef.publicKey, "base64"), format: "der", type: "spki" });
    const signed = verify("RSA-SHA256", Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"));
    expect(signed).toBe(true);
  });

  test("the grant may stand in the query, with an empty body", async () => {
    const url = "https://oauth.codef.io/oauth/token?grant_type=client_credentials&scope=read";
    const response = await createSandbox().fetch(url, { method: "POST", headers: { Authorization: basic() } });
    expect(response.status).toBe(200);
  });

  test.each([
    ["a wrong secret", basic(CLIENT_ID, "wrong")],
    ["an unknown client", basic("nobody", "wrong")],
    ["no credentials", "Basic "],
    ["a bearer token instead", "Bearer x"],
  ])("is refused with HTTP 401 for %s", async (_, authorization) => {
    const sandbox = createSandbox();
    expect((await requestToken(sandbox, authorization)).status).toBe(401);
    expect(sandbox.codef.tokensIssued).toBe(0);
  });

  test("is refused with HTTP 400 for another grant, and without any", async () => {
    const ask = (body: string) =>
      createSandbox().fetch("https://oauth.codef.io/oauth/token", {
        method: "POST",
        headers: { Authorization: basic() },
        body,
      });
    expect((await ask("grant_type=password")).status).toBe(400);
    expect((await ask("scope=read")).status).toBe(400);
  });

  test("wants POST", async () => {
    const response = await createSandbox().fetch("https://oauth.codef.io/oauth/token", {
      headers: { Authorization: basic() },
    });
    expect(response.status).toBe(405);
  });

  test("serves further clients, each with the service type of its environment", async () => {
    const sandbox = createSandbox({
      codef: {
        clients: [
          { clientId: "demo", clientSecret: "with:colon", environment: "demo" },
          { clientId: "real", clientSecret: "s", environment: "production" },
        ],
      },
    });
    expect(part(await tokenOf(sandbox, basic("demo", "with:colon")), 1).service_type).toBe("1");
    expect(part(await tokenOf(sandbox, basic("real", "s")), 1).service_type).toBe("0");
    expect(sandbox.codef.tokensIssued).toBe(2);
  });
});

describe("product request", () => {
  const documented = {
    error: "invalid_token",
    error_description: "Cannot convert access token to JSON",
    code: "CF-99997",
    message: "OAUTH2.0 토큰 에러입니다. 메시지를 확인하세요.",
  };

  test.each([
    ["without a token", {}],
    ["with an unknown token", { Authorization: "Bearer abc.def.ghi" }],
    ["with basic credentials", { Authorization: basic() }],
  ])("%s is refused with HTTP 401 and the documented body, as plain JSON", async (_, headers) => {
    const response = await createSandbox().fetch(`https://sandbox.codef.io${ACCOUNT_LIST}`, {
      method: "POST",
      headers,
      body: "{}",
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(documented);
  });

  test("is refused once the token has run out", async () => {
    let now = NOW;
    const { post } = await connect({ now: () => now });
    now += 604_798_000;
    expect((await post(ACCOUNT_LIST, INPUT)).status).toBe(200);
    now += 1_000;
    expect((await post(ACCOUNT_LIST, INPUT)).status).toBe(401);
  });

  test("is refused after expireTokens, and accepted with a new token", async () => {
    const { sandbox, post } = await connect();
    sandbox.codef.expireTokens();
    expect((await post(ACCOUNT_LIST, INPUT)).status).toBe(401);
    const again = await connectTo(sandbox);
    expect((await again.post(ACCOUNT_LIST, INPUT)).body.result.code).toBe("CF-00000");
    expect(sandbox.codef.tokensIssued).toBe(2);
  });

  test("the host does not matter, unless environments are to be checked", async () => {
    const demo = { clientId: "d", clientSecret: "d", environment: "demo" } as const;
    const codes = async (checkEnvironment: boolean, authorization: string) => {
      const sandbox = createSandbox({ codef: { clients: [demo], checkEnvironment } });
      const headers = { Authorization: `Bearer ${await tokenOf(sandbox, authorization)}` };
      const ask = async (host: string) =>
        (
          await read(
            await sandbox.fetch(`${host}${ACCOUNT_LIST}`, { method: "POST", headers, body: JSON.stringify(INPUT) }),
          )
        ).body.result.code;
      return Promise.all(["https://sandbox.codef.io", "https://development.codef.io", "http://127.0.0.1:1"].map(ask));
    };
    expect(await codes(false, basic())).toEqual(["CF-00000", "CF-00000", "CF-00000"]);
    expect(await codes(true, basic())).toEqual(["CF-00000", "CF-00017", "CF-00000"]);
    expect(await codes(true, basic("d", "d"))).toEqual(["CF-00004", "CF-00000", "CF-00000"]);
  });
});
