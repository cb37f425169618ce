import { spawn } from "node:child_process";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { createServer } from "node:net";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createSandbox } from "kofin/sandbox";
import { afterEach, describe, expect, test, vi } from "vitest";
import { sandboxCommand } from "../../cli/commands/sandbox.js";
import { codefClient, kisClient, openBankingClient } from "../../cli/sandbox-clients.js";
import { type ServedSandbox, serveSandbox } from "../../sandbox/serve.js";
import { ACCOUNT_LIST, basic, CLIENT_ID, read } from "./client.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function takenPort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { port: typeof address === "object" && address ? address.port : 0, free: () => server.close() };
}

/** Token and one product call, everything on one origin. */
async function callOver(url: string) {
  const grant = {
    method: "POST",
    headers: { Authorization: basic() },
    body: "grant_type=client_credentials&scope=read",
  };
  const { access_token } = (await (await fetch(`${url}/oauth/token`, grant)).json()) as { access_token: string };
  const body = encodeURIComponent(JSON.stringify({ organization: "0004", connectedId: "sandbox_connectedId" }));
  return read(
    await fetch(`${url}${ACCOUNT_LIST}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${access_token}` },
      body,
    }),
  );
}

describe("serveSandbox", () => {
  let served: ServedSandbox | undefined;
  afterEach(() => served?.close());

  test("answers on a port as it does in process", async () => {
    const sandbox = createSandbox();
    served = await serveSandbox(sandbox, { port: 0 });
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { status, body } = await callOver(served.url);
    expect(status).toBe(200);
    expect(body.result.code).toBe("CF-00000");
    expect(sandbox.codef.requests.map(({ path }) => path)).toEqual(["/oauth/token", ACCOUNT_LIST]);
    expect((await fetch(`${served.url}/__sandbox/codef`)).status).toBe(200);
  });

  test("leaves the platform's Request and Response alone", async () => {
    const before = [globalThis.Request, globalThis.Response];
    served = await serveSandbox(createSandbox(), { port: 0 });
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });

  test("writes header names as providers do, and passes over an upgrade to HTTP/2, body and all", async () => {
    const sandbox = createSandbox();
    served = await serveSandbox(sandbox, { port: 0 });
    const body = `grant_type=client_credentials&scope=read&padding=${"x".repeat(200_000)}`;
    for (const upgrade of [
      {},
      { Connection: "Upgrade, HTTP2-Settings", Upgrade: "h2c", "HTTP2-Settings": "AAMAAABk" },
    ]) {
      const headers = { Authorization: basic(), "Content-Length": body.length, ...upgrade };
      const asked = request(`${served.url}/oauth/token`, { method: "POST", headers }).end(body);
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      expect(answer.statusCode).toBe(200);
      expect(answer.rawHeaders).toContain("Content-Type");
      expect(await json(answer)).toMatchObject({ token_type: "bearer" });
    }
    expect(sandbox.codef.requests.map(({ text }) => text.length)).toEqual([body.length, body.length]);
  });

  test("takes a path behind a base URL that ends with a slash", async () => {
    const sandbox = createSandbox();
    served = await serveSandbox(sandbox, { port: 0 });
    const { appKey: appkey, appSecret: appsecret } = sandbox.kis.options;
    const grant = JSON.stringify({ grant_type: "client_credentials", appkey, appsecret });
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${served.url}//oauth2/tokenP`, { method: "POST", headers, body: grant });
    expect(await answer.json()).toMatchObject({ access_token: expect.any(String) });
  });

  test("close ends it, answers under way included", async () => {
    const sandbox = createSandbox();
    const { url, close } = await serveSandbox(sandbox, { port: 0 });
    sandbox.codef.delayNext(10_000, { path: "/oauth/token" });
    const waiting = expect(fetch(`${url}/oauth/token`, { method: "POST" })).rejects.toThrow();
    await vi.waitFor(() => expect(sandbox.codef.requests).toHaveLength(1));
    await close();
    await waiting;
    await expect(fetch(url)).rejects.toThrow();
  });

  test("says when the port is taken", async () => {
    const { port, free } = await takenPort();
    await expect(serveSandbox(createSandbox(), { port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    free();
  });
});

describe("kofin sandbox", () => {
  const run = (...words: string[]) =>
    sandboxCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .parseAsync(words, { from: "user" });

  test("a taken port is explained", async () => {
    const { port, free } = await takenPort();
    await expect(run("--port", String(port))).rejects.toThrow(`Port ${port} is taken: choose another with --port`);
    free();
  });

  test.each(["x", "70000", "-1", ""])("port %j is refused", async (port) => {
    await expect(run(`--port=${port}`)).rejects.toThrow("A number from 0 to 65535 is needed.");
  });

  test.each([
    ["--codef-client=id", "ID:SECRET[:sandbox|demo|production]"],
    ["--kis-client=key:secret:demo", "APPKEY:APPSECRET[:real|mock]"],
    ["--openbanking-client=id:secret", "ID:SECRET:USECODE[:REDIRECT_URI]"],
  ])("%s is refused, with the form that it takes", async (option, form) => {
    await expect(run("--port=0", option)).rejects.toThrow(form);
  });

  test("clients are read with their secrets whole", () => {
    expect(codefClient("id:a:b:production", codefClient("other:demo"))).toEqual([
      { clientId: "other", clientSecret: "demo", environment: "demo" },
      { clientId: "id", clientSecret: "a:b", environment: "production" },
    ]);
    expect(kisClient("key:secret:mock")).toEqual([{ appKey: "key", appSecret: "secret", environment: "mock" }]);
    expect(openBankingClient("id:secret:M202600009:http://localhost:3000/cb")).toMatchObject([
      { useCode: "M202600009", redirectUris: ["http://localhost:3000/cb"] },
    ]);
  });

  test("a provider without specs is refused, with those there are", async () => {
    await expect(run("--port", "0", "--provider", "nobank")).rejects.toThrow(/no specs of nobank: choose from .*codef/);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("serves until %s, then ends cleanly", async (signal) => {
    const code =
      'import("./cli/commands/sandbox.ts").then(({ sandboxCommand }) => sandboxCommand().parseAsync(["--port", "0", "--codef-client", "my-id:my-secret"], { from: "user" }))';
    const child = spawn(process.execPath, ["--import", "tsx", "-e", code], { cwd: root });
    let printed = "";
    child.stdout.on("data", (data) => (printed += data));
    try {
      await vi.waitFor(() => expect(printed).toContain("/__sandbox"), { timeout: 20_000 });
      expect(printed).toContain(CLIENT_ID);
      expect(printed).toMatch(/public key +MIIBIjAN/);
      const url = /listens on (\S+)/.exec(printed)?.[1] ?? "";
      expect((await callOver(url)).body.result.code).toBe("CF-00000");
      const headers = { Authorization: `Basic ${btoa("my-id:my-secret")}` };
      expect(
        (await fetch(`${url}/oauth/token`, { method: "POST", headers, body: "grant_type=client_credentials" })).status,
      ).toBe(200);
      const exit = once(child, "exit");
      child.kill(signal);
      expect(await exit).toEqual([0, null]);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
