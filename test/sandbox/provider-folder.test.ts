/**
 * A folder of somebody's own specs: what is in it is served beside the providers that kofin brings.
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SpecError } from "kofin/generator";
import { createSandbox } from "kofin/sandbox";
import { afterAll, expect, test, vi } from "vitest";
import { acmeFiles, PROVIDER } from "./acme-specs.js";
import { ACCOUNT_LIST, connectTo, INPUT } from "./client.js";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderWith(providers: Record<string, Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "kofin-specs-"));
  folders.push(root);
  for (const [name, files] of Object.entries(providers)) {
    mkdirSync(join(root, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(root, name, file), text);
  }
  return root;
}

test("every provider in it is there, and so are the others", async () => {
  const sandbox = createSandbox({ specs: folderWith({ acme: acmeFiles() }) });
  expect(sandbox.providers).toEqual(["acme"]);
  const { options } = sandbox.provider("acme");
  const init = { headers: { "X-Api-Key": options.apiKey ?? "" } };
  expect(await (await options.fetch(`${options.baseUrl}/payments`, init)).json()).toMatchObject({ ok: true });
  const { post } = await connectTo(sandbox);
  expect((await post(ACCOUNT_LIST, INPUT)).body.result.code).toBe("CF-00000");
});

test("what is wrong with it is said when it is first used", async () => {
  const broken = PROVIDER.replace("title: Acme Pay", "titel: Acme Pay");
  const sandbox = createSandbox({ specs: folderWith({ acme: acmeFiles(broken) }) });
  expect(() => sandbox.provider("acme").options).toThrow(SpecError);
});

test("kofin sandbox --specs says what to put into a client, and serves it", async () => {
  const folder = folderWith({ acme: acmeFiles() });
  const words = JSON.stringify(["--port", "0", "--specs", folder]);
  const code = `import("./cli/commands/sandbox.ts").then(({ sandboxCommand }) => sandboxCommand().parseAsync(${words}, { from: "user" }))`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", code], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
  let printed = "";
  child.stdout.on("data", (data) => {
    printed += data;
  });
  try {
    await vi.waitFor(() => expect(printed).toContain("/__sandbox"), { timeout: 25_000 });
    const [, baseUrl = ""] = /acme\n +base URL +(\S+)/.exec(printed) ?? [];
    const [, apiKey = ""] = /apiKey +(\S+)/.exec(printed) ?? [];
    expect(printed).toMatch(/CODEF\n +base URL/);
    const answer = await fetch(`${baseUrl}/payments`, { headers: { "X-Api-Key": apiKey } });
    expect(await answer.json()).toMatchObject({ ok: true });
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  } finally {
    child.kill("SIGKILL");
  }
});
