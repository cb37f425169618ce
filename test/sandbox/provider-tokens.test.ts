import { createHash } from "node:crypto";
import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { acme, PROVIDER } from "./acme-specs.js";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of unknown shape
type Answer = any;

const BASE = "https://test.acme.example/v1";
const NOW = Date.UTC(2026, 10, 20, 2);

function open(auth: string) {
  const clock = { now: NOW };
  const specs = acme(PROVIDER.replace(/auth: .*/, `auth: ${auth}`));
  const sandbox = createSandbox({ specs, now: () => clock.now });
  const mock = sandbox.provider("acme");
  const { clientId = "", clientSecret = "" } = mock.options;
  const ask = async (token: string) =>
    (await sandbox.fetch(`${BASE}/payments`, { headers: { Authorization: `Bearer ${token}` } })).status;
  const post = async (url: string, body: Record<string, string> | string, headers: Record<string, string> = {}) => {
    const form = typeof body === "string" ? body : new URLSearchParams(body);
    const response = await sandbox.fetch(url, { method: "POST", headers, body: form });
    return { status: response.status, body: (await response.json()) as Answer };
  };
  const client = { client_id: clientId, client_secret: clientSecret };
  return { sandbox, mock, clock, ask, post, client, clientId, clientSecret };
}

const grant = { grant_type: "client_credentials" };

describe("client credentials", () => {
  const OAUTH = "{ type: clientCredentials, url: /oauth/token }";

  test("bring a token that opens operations, for as long as it says", async () => {
    const { mock, post, ask, client, clock } = open(OAUTH);
    const { status, body } = await post(`${BASE}/oauth/token`, { ...grant, ...client });
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.any(String), token_type: "Bearer", expires_in: 3_600 });
    expect(await ask(body.access_token)).toBe(200);
    expect(await ask("another")).toBe(401);
    clock.now += 3_600_000;
    expect(await ask(body.access_token)).toBe(401);
    expect(mock.tokensIssued).toBe(1);
  });

  test.each([
    ["wrong secrets", { ...grant, client_id: "x", client_secret: "y" }, 401, "invalid_client"],
    ["no grant", {}, 400, "invalid_request"],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
  ])("%s are refused as RFC 6749 says", async (_, form, status, error) => {
    const { post, client } = open(OAUTH);
    expect(await post(`${BASE}/oauth/token`, { ...client, ...form })).toMatchObject({ status, body: { error } });
  });

  test("live side by side, are the same as long as they last, or end the one before", async () => {
    const twice = async (reissue: string) => {
      const { post, ask, client, clock, mock } = open(
        `{ type: clientCredentials, url: /oauth/token, reissue: ${reissue} }`,
      );
      const issue = async () => (await post(`${BASE}/oauth/token`, { ...grant, ...client })).body;
      const first = await issue();
      clock.now += 1_000_000;
      const second = await issue();
      const isSame = first.access_token === second.access_token;
      const left = second.expires_in;
      return {
        isSame,
        left,
        first: await ask(first.access_token),
        second: await ask(second.access_token),
        issued: mock.tokensIssued,
      };
    };
    expect(await twice("independent")).toEqual({ isSame: false, left: 3_600, first: 200, second: 200, issued: 2 });
    expect(await twice("same-token")).toEqual({ isSame: true, left: 2_600, first: 200, second: 200, issued: 1 });
    expect(await twice("kills-old")).toEqual({ isSame: false, left: 3_600, first: 401, second: 200, issued: 2 });
  });

  test("go by the names that the provider has for them, as JSON, at another host", async () => {
    const { post, ask, clientId, clientSecret } = open(
      `{ type: clientCredentials, url: "https://auth.acme.example/oauth2/token", body: json, idField: appkey, secretField: secretkey, tokenField: token, expiresAtField: expires_dt, lifetimeSeconds: 86400 }`,
    );
    const json = { "Content-Type": "application/json" };
    const body = JSON.stringify({ ...grant, appkey: clientId, secretkey: clientSecret });
    const answer = await post("https://auth.acme.example/oauth2/token", body, json);
    expect(answer).toMatchObject({ status: 200, body: { token: expect.any(String), expires_dt: "20261121110000" } });
    expect(await ask(answer.body.token)).toBe(200);
    expect((await post("https://auth.acme.example/oauth2/token", "no json", json)).body.error).toBe("invalid_request");
    expect((await post(`${BASE}/oauth2/token`, body, json)).status).toBe(404);
  });

  test("stand in Authorization: Basic where the provider wants them there", async () => {
    const { post, client, clientId, clientSecret } = open(
      "{ type: clientCredentials, url: /oauth/token, client: basic }",
    );
    expect((await post(`${BASE}/oauth/token`, { ...grant, ...client })).status).toBe(401);
    const Authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    expect((await post(`${BASE}/oauth/token`, grant, { Authorization })).status).toBe(200);
  });

  test("the token endpoint fails only when it is named", async () => {
    const { mock, post, ask, client } = open(OAUTH);
    mock.failNext({ status: 503 });
    const { status, body } = await post(`${BASE}/oauth/token`, { ...grant, ...client });
    expect(status).toBe(200);
    expect(await ask(body.access_token)).toBe(503);
    for (const path of ["token", "/oauth/token"]) {
      mock.failNext({ code: "temporarily_unavailable", status: 503, path });
      expect(await post(`${BASE}/oauth/token`, { ...grant, ...client })).toEqual({
        status: 503,
        body: { error: "temporarily_unavailable", error_description: "" },
      });
    }
    expect(mock.requests.at(-1)).toMatchObject({ path: "/oauth/token", body: grant });
  });

  test("end when a test says so, and new ones count", async () => {
    const { mock, post, ask, client } = open(OAUTH);
    const issue = async () => (await post(`${BASE}/oauth/token`, { ...grant, ...client })).body.access_token;
    const first = await issue();
    expect(mock.expireToken()).toBeUndefined();
    expect(await ask(first)).toBe(401);
    expect(await ask(await issue())).toBe(200);
  });
});

describe("authorization codes", () => {
  const OAUTH = "{ type: authorizationCode, url: /oauth/token, authorizeUrl: /oauth/authorize }";
  const BACK = "https://client.example/back?tenant=7";

  function begin() {
    const here = open(OAUTH);
    const authorize = (changes: Record<string, string> = {}) => {
      const query = {
        response_type: "code",
        client_id: here.clientId,
        redirect_uri: BACK,
        state: "s1",
        scope: "read pay",
        ...changes,
      };
      return `${BASE}/oauth/authorize?${new URLSearchParams(query)}`;
    };
    const consent = async (changes?: Record<string, string>) => {
      const response = await here.sandbox.fetch(authorize(changes), { redirect: "manual" });
      return { status: response.status, back: new URL(response.headers.get("location") ?? "none:") };
    };
    const exchange = (form: Record<string, string>) => here.post(`${BASE}/oauth/token`, { ...here.client, ...form });
    const byCode = (code: string, more: Record<string, string> = {}) =>
      exchange({ grant_type: "authorization_code", code, redirect_uri: BACK, ...more });
    return { ...here, authorize, consent, exchange, byCode };
  }

  test("come at once, with the state and what the address had, and are good for one token", async () => {
    const { consent, byCode, ask } = begin();
    const { status, back } = await consent();
    expect([status, back.origin, back.searchParams.get("tenant"), back.searchParams.get("state")]).toEqual([
      302,
      "https://client.example",
      "7",
      "s1",
    ]);
    const code = back.searchParams.get("code") ?? "";
    const { body } = await byCode(code);
    expect(body).toMatchObject({ token_type: "Bearer", refresh_token: expect.any(String), scope: "read pay" });
    expect(await ask(body.access_token)).toBe(200);
    expect(await byCode(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("are over after five minutes, and belong to their address", async () => {
    const { consent, byCode, clock } = begin();
    const code = async () => (await consent()).back.searchParams.get("code") ?? "";
    expect((await byCode(await code(), { redirect_uri: "https://client.example" })).body.error).toBe("invalid_grant");
    const late = await code();
    clock.now += 300_000;
    expect((await byCode(late)).body.error).toBe("invalid_grant");
  });

  test("are bound to a proof (PKCE) when one is announced", async () => {
    const { consent, byCode } = begin();
    const verifier = "a-verifier-of-at-least-forty-three-characters-0001";
    const code_challenge = createHash("sha256").update(verifier).digest("base64url");
    const code = async () =>
      (await consent({ code_challenge, code_challenge_method: "S256" })).back.searchParams.get("code") ?? "";
    expect((await byCode(await code())).body.error).toBe("invalid_grant");
    expect((await byCode(await code(), { code_verifier: "another" })).body.error).toBe("invalid_grant");
    expect((await byCode(await code(), { code_verifier: verifier })).status).toBe(200);
  });

  test("a refresh token is good for one refresh", async () => {
    const { consent, byCode, exchange, ask, mock } = begin();
    const { body: first } = await byCode((await consent()).back.searchParams.get("code") ?? "");
    mock.expireToken();
    expect(await ask(first.access_token)).toBe(401);
    const refresh = { grant_type: "refresh_token", refresh_token: first.refresh_token };
    const { body: second } = await exchange(refresh);
    expect(await ask(second.access_token)).toBe(200);
    expect((await exchange(refresh)).body.error).toBe("invalid_grant");
    expect((await exchange({ ...refresh, refresh_token: second.refresh_token })).status).toBe(200);
    expect((await exchange(grant)).body.error).toBe("unsupported_grant_type");
  });

  test("a user may refuse, and an address that is not in order goes nowhere", async () => {
    const { mock, authorize, consent } = begin();
    const back = new URL(mock.consent(authorize(), { deny: true }));
    expect([back.searchParams.get("error"), back.searchParams.get("state")]).toEqual(["access_denied", "s1"]);
    expect(new URL(mock.consent(authorize())).searchParams.get("code")).not.toBeNull();
    expect((await consent({ response_type: "token" })).back.searchParams.get("error")).toBe(
      "unsupported_response_type",
    );
    expect((await consent({ client_id: "another" })).status).toBe(400);
    expect(() => mock.consent(authorize({ redirect_uri: "nowhere" }))).toThrow("redirect_uri has to be an address");
  });
});
