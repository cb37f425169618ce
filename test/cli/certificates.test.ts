import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../bench/package-root.js";
import { PASSWORD, pathOf } from "../certificate/fixtures.js";
import { kofin } from "../support/kofin.js";

let home: string;
const folder = () => join(home, "NPKI", "yessign", "USER", "cn=person");

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), "kofin-npki-")));
  await mkdir(folder(), { recursive: true });
  await cp(pathOf("signCert.der"), join(folder(), "signCert.der"));
  await cp(pathOf("signPri.seed-pbes1.key"), join(folder(), "signPri.key"));
  await mkdir(join(home, "NPKI", "KICA", "USER", "cn=half"), { recursive: true });
  await cp(pathOf("corporate.der"), join(home, "NPKI", "KICA", "USER", "cn=half", "signCert.der"));
});

afterAll(() => rm(home, { recursive: true }));

test("lists certificates as a table, and as JSON", async () => {
  const { status, stdout } = await kofin(home, "certificates", "--folder", "NPKI");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^name +CA +policy +until +days left +folder$/m);
  expect(stdout).toMatch(/홍길동 +fabricated +개인 은행\/보험용 +2098-12-31 +\d+ +.*cn=person$/m);
  expect(stdout).toMatch(/\(broken\) +.*cn=half: signPri\.key is missing/);
  const json = JSON.parse((await kofin(home, "certificates", "--json", "--folder", "NPKI")).stdout);
  expect(json.map(({ status }: { status: string }) => status)).toEqual(["broken", "found"]);
  expect(json[1]).toMatchObject({ name: "홍길동", validUntil: "2098-12-31T14:59:59.000Z", folder: folder() });
});

test("says where it looked when there is nothing", async () => {
  const { status, stderr } = await kofin(home, "certificates", "--folder", "nowhere");
  expect(status).toBe(1);
  expect(stderr).toContain("there are no certificates in nowhere");
});

test("asks which, when there are several", async () => {
  const { status, stderr } = await kofin(home, "certificates", "check", "NPKI");
  expect(status).toBe(1);
  expect(stderr).toContain(`kofin certificates check ${JSON.stringify(folder())}`);
});

interface Typed {
  status: number | null;
  shown: string;
}

/** Runs `check` on a terminal of its own, and types when it is asked. */
function onTerminal(path: string, typed: string): Promise<Typed> {
  const loader = join(root, "node_modules", "tsx", "dist", "loader.mjs");
  const command = [process.execPath, "--import", loader, join(root, "cli", "main.ts"), "certificates", "check", path];
  const line = command.map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qefc", line, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"] });
  let shown = "";
  let isAsked = false;
  child.stdout.on("data", (data) => {
    shown += data;
    if (isAsked || !shown.includes("Password of")) return;
    isAsked = true;
    child.stdin.write(typed);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, shown }));
  });
}

test("check asks for the password without showing it", async () => {
  const { status, shown } = await onTerminal(folder(), `x\x7f${PASSWORD}\r`);
  expect(shown).toContain("Password of 홍길동:");
  expect(shown).not.toContain(PASSWORD);
  expect(shown).toContain("The password is right");
  expect(status).toBe(0);
});

test("check of a wrong password, and of none", async () => {
  const wrong = await onTerminal(folder(), "another\r");
  expect(wrong.shown).toContain("does not open the key");
  expect(wrong.shown).not.toContain("another");
  expect(wrong.status).toBe(1);
  expect((await onTerminal(folder(), "\x03")).shown).toContain("given up");
});

/** Without a terminal. */
function piped(path: string, input: string): Promise<Typed> {
  const loader = join(root, "node_modules", "tsx", "dist", "loader.mjs");
  const command = ["--import", loader, join(root, "cli", "main.ts"), "certificates", "check", path];
  const child = spawn(process.execPath, command, { stdio: ["pipe", "pipe", "pipe"] });
  let shown = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (shown += data));
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, shown })));
}

test("check reads the password from standard input, and a pfx", async () => {
  expect(await piped(pathOf("agent-3des-rc2.pfx"), `${PASSWORD}\n`)).toMatchObject({ status: 0 });
  const converted = await piped(pathOf("openssl-aes.pfx"), PASSWORD);
  expect(converted.status).toBe(1);
  expect(converted.shown).toContain("converted copy");
  expect((await piped(folder(), "")).shown).toContain("has to be the password");
});
