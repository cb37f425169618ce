import { InvalidInputError, memoryTokens } from "kofin";
import { type Codef, call, createCodef, ENVIRONMENTS, OAUTH_URL } from "kofin/codef";
import { PUBLIC_CLIENT } from "kofin/sandbox";
import { afterEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { failure } from "../support/failure.js";
import { reading } from "../support/operations.js";
import { bearer, clientOf, scripted, success } from "../support/scripted.js";

const pair = { clientId: "my-id", clientSecret: "my-secret" };

describe("createCodef", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ["sandbox", "https://sandbox.codef.io"],
    ["demo", "https://development.codef.io"],
    ["production", "https://api.codef.io"],
  ] as const)("speaks to the %s host, and to one OAuth host", async (environment, host) => {
    const script = scripted(() => success({}));
    const codef = clientOf(script, { environment, ...pair });
    await call(codef, reading, {});
    expect(codef.environment).toBe(environment);
    expect(script.sent[0]?.url).toBe(`${host}${reading.path}`);
    expect(script.tokenRequests[0]?.url).toBe("https://oauth.codef.io/oauth/token");
    expect(ENVIRONMENTS[environment]).toBe(host);
    expect(OAUTH_URL).toBe("https://oauth.codef.io");
  });

  it("needs nothing for the sandbox: CODEF publishes a client for it", async () => {
    const script = scripted(() => success({}));
    await call(createCodef({ fetch: script.fetch }), reading, {});
    const basic = Buffer.from(`${PUBLIC_CLIENT.clientId}:${PUBLIC_CLIENT.clientSecret}`).toString("base64");
    expect(script.tokenRequests[0]?.headers.authorization).toBe(`Basic ${basic}`);
  });

  it.each([
    [{ environment: "demo" }, "clientId"],
    [{ environment: "production", clientId: "my-id" }, "clientSecret"],
    [{ environment: "demo", clientSecret: "my-secret" }, "clientId"],
    [{ environment: "demo", clientId: "", clientSecret: "" }, "clientId"],
    [{ environment: "sandbox", clientId: "my-id" }, "clientSecret"],
  ] as const)("misses credentials in %j", (options, field) => {
    expect(() => createCodef(options)).toThrow(InvalidInputError);
    expect(() => createCodef(options)).toThrow(expect.objectContaining({ code: "CREDENTIALS_MISSING", field }));
  });

  it("refuses an environment that there is not", () => {
    const options = { environment: "prod" as never, ...pair };
    expect(() => createCodef(options)).toThrow(
      expect.objectContaining({ code: "INPUT_INVALID", field: "environment" }),
    );
  });

  it("can be pointed elsewhere", async () => {
    const script = scripted(() => success({}));
    await call(clientOf(script, { baseUrl: "http://localhost:8787/", oauthUrl: "http://localhost:8788" }), reading, {});
    expect(script.sent[0]?.url).toBe(`http://localhost:8787${reading.path}`);
    expect(script.tokenRequests[0]?.url).toBe("http://localhost:8788/oauth/token");
  });

  it("uses the global fetch of the moment of the call", async () => {
    const codef = createCodef();
    const script = scripted(() => success({ ok: "1" }));
    vi.stubGlobal("fetch", script.fetch);
    expect((await call<unknown>(codef, reading, {})).data).toEqual({ ok: "1" });
  });

  it("keeps clients apart", async () => {
    const script = scripted(() => success({}));
    await call(clientOf(script), reading, {});
    await call(clientOf(script), reading, {});
    expect(script.tokenRequests).toHaveLength(2);
  });

  it("takes tokens from wherever the caller says", async () => {
    const script = scripted(() => success({}));
    const tokens = memoryTokens(async () => ({ value: "shared elsewhere", expiresAt: 9e15 }));
    await call(clientOf(script, { tokens }), reading, {});
    expect(script.sent.map(bearer)).toEqual(["shared elsewhere"]);
    expect(script.tokenRequests).toHaveLength(0);
  });

  it("is the only source of clients", async () => {
    const imitation = { ...clientOf(scripted(() => success({}))) };
    const error = await failure(call(imitation, reading, {}), InvalidInputError);
    expect(error.message).toContain("createCodef");
    await failure(call(undefined as unknown as Codef, reading, {}), InvalidInputError);
  });
});

describe("codef.request", () => {
  it("calls a product without a spec, typed by the caller", async () => {
    const script = scripted(() => success({ resAccount: "1" }));
    const reply = await clientOf(script).request<{ resAccount: string }>("/v1/kr/some/product", {
      organization: "0004",
    });
    expectTypeOf(reply.data).toEqualTypeOf<{ resAccount: string }>();
    expect(reply).toMatchObject({ status: "done", data: { resAccount: "1" }, code: "CF-00000" });
    expect(script.sent[0]).toMatchObject({
      url: "https://sandbox.codef.io/v1/kr/some/product",
      body: { organization: "0004" },
    });
  });

  it("is unknown data when the caller says nothing, and needs no body", async () => {
    const script = scripted(() => success([{ a: "1" }]));
    const reply = await clientOf(script).request("/v1/kr/some/product");
    expectTypeOf(reply.data).toEqualTypeOf<unknown>();
    expect(reply.data).toEqual([{ a: "1" }]);
    expect(script.sent[0]?.body).toEqual({});
  });

  it("takes the options of a call", async () => {
    const script = scripted(() => new Promise(() => {}));
    const error = await failure(clientOf(script).request("/v1/kr/some/product", {}, { timeoutMs: 10 }));
    expect(error).toMatchObject({ code: "TIMEOUT", operation: "/v1/kr/some/product" });
  });
});
