import { inspect } from "node:util";
import { DecodeError, HttpError, NetworkError } from "kofin";
import { type Codef, call, createCodef } from "kofin/codef";
import { undiciTransport } from "kofin/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { type Loopback, serve } from "../support/loopback.js";
import { moving, reading } from "../support/operations.js";
import { bearer, clientOf, scripted, success, unauthorized, urlEncoded } from "../support/scripted.js";

type Middleware = Parameters<Codef["use"]>[0];

describe("codef.use", () => {
  it("shows every product request and no token request", async () => {
    const seen: string[] = [];
    const codef = clientOf(scripted(() => success({})));
    const used = codef.use({
      onRequest: ({ request }) => {
        seen.push(`${request.method} ${request.url} ${request.headers.get("authorization")}`);
      },
    });
    expect(used).toBe(codef);
    await call(codef, reading, {});
    expect(seen).toEqual(["POST https://sandbox.codef.io/v1/kr/bank/p/account/account-list null"]);
  });

  it("lets a middleware change headers and replace the request", async () => {
    const script = scripted(() => success({}));
    const codef = clientOf(script);
    codef.use({
      onRequest: ({ request }) => {
        request.headers.set("X-Trace", "42");
        return new Request(`${request.url}?by=proxy`, request);
      },
    });
    await call(codef, reading, { organization: "0004" });
    expect(script.sent[0]).toMatchObject({
      url: "https://sandbox.codef.io/v1/kr/bank/p/account/account-list?by=proxy",
      headers: { "x-trace": "42", authorization: "Bearer issued-token-1" },
      body: { organization: "0004" },
    });
  });

  it("lets a middleware read the body of the request without using it up", async () => {
    const bodies: string[] = [];
    const script = scripted((_, count) => (count === 1 ? unauthorized() : success({})));
    const codef = clientOf(script);
    codef.use({
      onRequest: async ({ request }) => {
        bodies.push(await request.clone().text());
      },
    });
    await call(codef, reading, { organization: "0004" });
    expect(bodies.map((text) => JSON.parse(decodeURIComponent(text)))).toEqual(Array(2).fill({ organization: "0004" }));
    expect(script.sent.map(({ body }) => body)).toEqual(Array(2).fill({ organization: "0004" }));
    expect(script.sent.map(bearer)).toEqual(["issued-token-1", "issued-token-2"]);
  });

  it("lets a middleware read and replace the answer", async () => {
    const codef = clientOf(scripted(() => success({ a: "1" })));
    const read: string[] = [];
    codef.use({
      onResponse: async ({ response }) => {
        read.push(decodeURIComponent(await response.clone().text()));
        return new Response(urlEncoded({ result: { code: "CF-00000" }, data: { a: "2" } }), response);
      },
    });
    expect((await call<unknown>(codef, reading, {})).data).toEqual({ a: "2" });
    expect(read[0]).toContain('"a":"1"');
  });

  it("gives real Request and Response objects with the answer too", async () => {
    const codef = clientOf(scripted(() => success({})));
    const seen: unknown[] = [];
    codef.use({
      onResponse: ({ request, response }) => {
        // What loggers do: these getters refuse objects that only look like a Request.
        seen.push(
          request.mode,
          request.redirect,
          response.type,
          inspect(request).length > 0,
          inspect(response).length > 0,
        );
      },
    });
    await call(codef, reading, {});
    expect(seen).toEqual(["cors", "manual", "default", true, true]);
  });

  it("lets a middleware answer by itself: nothing is sent", async () => {
    const script = scripted(() => success({}));
    const codef = clientOf(script);
    codef.use({ onRequest: () => success({ from: "cache" }) });
    expect((await call<unknown>(codef, reading, {})).data).toEqual({ from: "cache" });
    expect([...script.sent, ...script.tokenRequests]).toHaveLength(0);
  });

  it("lets a middleware turn a failure of the transport into an answer, or into another failure", async () => {
    const broken = scripted(() => Promise.reject(new Error("reset")));
    const mended = clientOf(broken).use({ onError: () => success({ from: "fallback" }) });
    expect((await call<unknown>(mended, reading, {})).data).toEqual({ from: "fallback" });
    const renamed = clientOf(broken).use({ onError: () => new Error("renamed") });
    expect((await failure(call(renamed, moving, {}), NetworkError)).message).toContain("renamed");
  });

  it("makes typed errors of what a middleware throws", async () => {
    const script = scripted(() => success({}));
    const codef = clientOf(script).use({
      onRequest: () => {
        throw new Error("not today");
      },
    });
    const error = await failure(call(codef, moving, {}), NetworkError);
    expect(error.message).toContain("not today");
    expect(error.mayHaveArrived).toBe(false);
    expect(script.sent).toHaveLength(0);
  });

  it("runs in order on the way out and in reverse on the way back", async () => {
    const order: string[] = [];
    const named = (name: string): Middleware => ({
      onRequest: () => void order.push(`${name} out`),
      onResponse: () => void order.push(`${name} back`),
    });
    await call(clientOf(scripted(() => success({}))).use(named("one"), named("two")), reading, {});
    expect(order).toEqual(["one out", "two out", "two back", "one back"]);
  });

  it("sees every attempt, the one whose token was refused as well", async () => {
    const statuses: number[] = [];
    const script = scripted((_, count) => (count === 1 ? unauthorized() : success({})));
    await call(
      clientOf(script).use({ onResponse: ({ response }) => void statuses.push(response.status) }),
      reading,
      {},
    );
    expect(statuses).toEqual([401, 200]);
  });

  it.each([204, 205, 304])("stands an answer of status %i", async (status) => {
    const codef = clientOf(scripted(() => new Response(null, { status }))).use({ onRequest: () => undefined });
    const error = await failure(call(codef, moving, {}));
    expect(error).toBeInstanceOf(status < 300 ? DecodeError : HttpError);
  });

  it("keeps to the caller's time", async () => {
    const codef = clientOf(scripted(() => new Promise(() => {}))).use({ onRequest: () => undefined });
    expect(await failure(call(codef, reading, {}, { timeoutMs: 20 }), NetworkError)).toMatchObject({ code: "TIMEOUT" });
  });
});

describe.each([
  ["fetch", undefined],
  ["the undici transport", undiciTransport()],
])("codef.use over %s", (_, transport) => {
  let server: Loopback;
  beforeAll(async () => {
    let products = 0;
    server = await serve(async (request) => {
      if (request.url.endsWith("/oauth/token"))
        return Response.json({ access_token: `t${products}`, expires_in: 604_799 });
      products += 1;
      if (products === 1) return unauthorized();
      return success({ text: await request.text(), trace: request.headers.get("x-trace") });
    });
  });
  afterAll(() => server.close());

  it("reads, changes and replaces what travels", async () => {
    const { origin } = server;
    const codef = createCodef({ baseUrl: origin, oauthUrl: origin, ...(transport && { fetch: transport }) });
    codef.use({
      onRequest: async ({ request }) => {
        const body = JSON.parse(decodeURIComponent(await request.clone().text()));
        const headers = new Headers(request.headers);
        headers.set("X-Trace", "7");
        return new Request(request, { headers, body: JSON.stringify({ ...body, added: "by middleware" }) });
      },
      onResponse: async ({ request, response }) => {
        expect(request.mode).toBe("cors");
        const text = decodeURIComponent((await response.clone().text()).replaceAll("+", " "));
        return new Response(text, response);
      },
    });
    const { data } = await call<{ text: string; trace: string }>(codef, reading, { organization: "0004" });
    expect(JSON.parse(data.text)).toEqual({ organization: "0004", added: "by middleware" });
    expect(data.trace).toBe("7");
  });
});
