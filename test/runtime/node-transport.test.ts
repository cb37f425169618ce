import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { NetworkError } from "kofin";
import { call, createCodef } from "kofin/codef";
import { undiciTransport } from "kofin/node";
import { Agent } from "undici";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { failure } from "../support/failure.js";
import { type Loopback, serve } from "../support/loopback.js";
import { moving, reading } from "../support/operations.js";
import { success, tokenAnswer, unauthorized } from "../support/scripted.js";
import { idle } from "../support/wait.js";

const BYTES = Uint8Array.from({ length: 300 }, (_, index) => index % 256);

describe("undiciTransport", () => {
  const transport = undiciTransport();
  const seen: { method: string; headers: IncomingHttpHeaders; body: string }[] = [];
  let origin: string;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      seen.push({ method: request.method ?? "", headers: request.headers, body: Buffer.concat(chunks).toString() });
      if (request.url === "/binary") response.end(BYTES);
      else if (request.url === "/empty") response.writeHead(204).end();
      else if (request.url === "/redirect") response.writeHead(302, { location: "/text" }).end();
      else if (request.url === "/broken") {
        response.writeHead(200, { "content-length": "100" }).write("half");
        setTimeout(() => response.destroy(), 5);
      } else if (request.url === "/silent") {
        // Never answered.
      } else
        response
          .writeHead(200, { "x-one": "1", "set-cookie": ["a=1", "b=2"], "content-type": "text/plain" })
          .end("가나다 text");
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const get = (path: string, signal?: AbortSignal) =>
    transport(`${origin}${path}`, { method: "GET", headers: new Headers(), ...(signal && { signal }) });

  it("sends method, headers and body of every kind", async () => {
    const headers = new Headers({ "x-trace": "42" });
    const url = `${origin}/text`;
    for (const body of ["가나다", new TextEncoder().encode("가나다").buffer as ArrayBuffer]) {
      await (await transport(url, { method: "POST", headers, body })).text();
      expect(seen.at(-1)).toMatchObject({ method: "POST", headers: { "x-trace": "42" }, body: "가나다" });
    }
    const form = new FormData();
    form.set("field", "값");
    await (await transport(url, { method: "POST", headers: new Headers(), body: form })).text();
    expect(seen.at(-1)?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen.at(-1)?.body).toContain("값");
  });

  it("answers with what looks like a Response", async () => {
    const response = await get("/text");
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({
      status: 200,
      ok: true,
      redirected: false,
      bodyUsed: false,
      url: `${origin}/text`,
    });
    expect(response.headers.get("X-One")).toBe("1");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(() => inspect(response)).not.toThrow();
    expect(await response.text()).toBe("가나다 text");
    expect(response.bodyUsed).toBe(true);
  });

  it.each(["text", "json", "arrayBuffer", "blob"] as const)("lets the body be read once: %s", async (reader) => {
    const response = await get("/text");
    await response.text();
    await expect((async () => response[reader]())()).rejects.toThrow(TypeError);
    expect(() => response.clone()).toThrow(TypeError);
  });

  it("gives a clone that is read by itself, before and after the original", async () => {
    const response = await get("/text");
    const copy = response.clone();
    const another = copy.clone();
    expect(await copy.text()).toBe("가나다 text");
    expect(await response.text()).toBe("가나다 text");
    expect(await another.text()).toBe("가나다 text");
    expect(copy.headers.get("x-one")).toBe("1");
    expect(copy.status).toBe(200);
    await expect((async () => copy.text())()).rejects.toThrow(TypeError);
  });

  it("keeps bytes as they are", async () => {
    expect(new Uint8Array(await (await get("/binary")).arrayBuffer())).toEqual(BYTES);
    expect(new Uint8Array(await (await (await get("/binary")).blob()).arrayBuffer())).toEqual(BYTES);
    const copied = (await get("/binary")).clone();
    expect(new Uint8Array(await copied.arrayBuffer())).toEqual(BYTES);
    const { body } = await get("/binary");
    expect(new Uint8Array(await new Response(body).arrayBuffer())).toEqual(BYTES);
    const twin = await get("/binary");
    twin.clone();
    expect(new Uint8Array(await new Response(twin.body).arrayBuffer())).toEqual(BYTES);
  });

  it("hands each reader bytes of its own", async () => {
    const response = await get("/binary");
    const copy = response.clone();
    new Uint8Array(await response.arrayBuffer()).fill(0);
    expect(new Uint8Array(await copy.arrayBuffer())).toEqual(BYTES);
  });

  it("stands answers without a body", async () => {
    const response = await get("/empty");
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
  });

  it("does not follow redirects behind the caller's back", async () => {
    expect((await get("/redirect")).status).toBe(302);
  });

  it("rejects when the signal ends, and when the connection breaks", async () => {
    await expect(get("/silent", AbortSignal.timeout(10))).rejects.toThrow();
    await expect(get("/text", AbortSignal.abort(new Error("over")))).rejects.toThrow("over");
    await expect((async () => (await get("/broken")).text())()).rejects.toThrow();
  });

  it("does not end the process over a broken body that nobody reads", async () => {
    const lost = vi.fn();
    process.on("unhandledRejection", lost);
    try {
      await get("/broken").then(
        (response) => response.clone(),
        () => {},
      );
      await idle(50);
      expect(lost).not.toHaveBeenCalled();
    } finally {
      process.off("unhandledRejection", lost);
    }
  });

  it("uses the dispatcher it is given", async () => {
    const dispatcher = new Agent({ connections: 1 });
    const spy = vi.spyOn(dispatcher, "dispatch");
    const answer = await undiciTransport({ dispatcher })(`${origin}/text`, { method: "GET", headers: new Headers() });
    await answer.text();
    expect(spy).toHaveBeenCalled();
    await dispatcher.close();
  });
});

describe.each([
  ["fetch", undefined],
  ["the undici transport", undiciTransport()],
])("a client over %s", (_, transport) => {
  let server: Loopback;
  let handle: (request: Request) => Response | Promise<Response> = () => success({});
  beforeAll(async () => {
    server = await serve((request) => (request.url.endsWith("/oauth/token") ? tokenAnswer("t") : handle(request)));
  });
  afterAll(() => server.close());

  const client = (origin = server.origin) =>
    createCodef({ baseUrl: origin, oauthUrl: server.origin, retryDelayMs: 1, ...(transport && { fetch: transport }) });

  it("calls and reads", async () => {
    handle = async (request) =>
      success({ body: decodeURIComponent(await request.text()), key: request.headers.get("authorization") });
    const reply = await call<unknown>(client(), reading, { organization: "0004" });
    expect(reply.data).toEqual({ body: '{"organization":"0004"}', key: "Bearer t" });
    expect(reply.response.status).toBe(200);
    expect(reply.response.headers.get("content-type")).toContain("text/plain");
  });

  it("reads compressed answers when the platform asks for them", async () => {
    handle = async (request) => {
      const plain = await success({ a: "1" }).text();
      if (!request.headers.get("accept-encoding")?.includes("gzip")) return new Response(plain);
      return new Response(gzipSync(plain), { headers: { "content-encoding": "gzip" } });
    };
    expect((await call<unknown>(client(), reading, {})).data).toEqual({ a: "1" });
  });

  it("knows that a closed port got nothing", async () => {
    const closed = await serve(() => success({}));
    await closed.close();
    const error = await failure(call(client(closed.origin), moving, {}), NetworkError);
    expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: false });
    expect(error.message).toContain("ECONNREFUSED");
  });

  it("knows that a connection that broke may have carried the request", async () => {
    const rude = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => rude.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(rude.address() as AddressInfo).port}`;
    const error = await failure(call(client(origin), moving, {}), NetworkError);
    expect(error).toMatchObject({ code: "NETWORK", mayHaveArrived: true });
    rude.close();
  });

  it("ends in time", async () => {
    handle = () => new Promise(() => {});
    expect(await failure(call(client(), moving, {}, { timeoutMs: 50 }), NetworkError)).toMatchObject({
      code: "TIMEOUT",
      mayHaveArrived: true,
    });
  });

  it("keeps its connection through a 401", async () => {
    let count = 0;
    handle = () => (++count % 2 === 1 ? unauthorized() : success({}));
    const codef = client();
    await call(codef, reading, {});
    const before = server.connections();
    for (let i = 0; i < 10; i++) await call(codef, reading, {});
    expect(server.connections() - before).toBeLessThanOrEqual(1);
  });
});
