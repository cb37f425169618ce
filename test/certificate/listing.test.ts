import { chmod, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCertificate } from "kofin/certificate";
import { certificates } from "kofin/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { npkiFolders } from "../../runtime/node/certificates/roots.js";
import { PASSWORD, pathOf } from "./fixtures.js";

let home: string;
const at = (...names: string[]) => join(home, ...names);

async function put(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, source] of Object.entries(files)) await cp(pathOf(source), join(folder, name));
}

const PAIR = { "signCert.der": "signCert.der", "signPri.key": "signPri.seed-pbes1.key" };
/** As macOS stores the name of a folder: letters taken apart. */
const PERSON = "cn=홍길동()0004,ou=personal4IB,o=yessign,c=kr".normalize("NFD");

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), "kofin-npki-")));
  await put(at("NPKI", "yessign", "USER", PERSON), { ...PAIR, "kmCert.der": "kmCert.der" });
  await put(at("NPKI", "KICA", "User", "cn=company"), {
    "SIGNCERT.CRT": "corporate.der",
    "SIGNPRI.KEY": "signPri.aes256-pbes2.key",
  });
  await put(at("NPKI", "KICA", "User", "cn=old"), { ...PAIR, "signCert.der": "expired.der" });
  await put(at("NPKI", "SignKorea", "USER", "cn=half"), { "signCert.cer": "signCert.der" });
  await put(at("NPKI", "SignKorea", "USER", "cn=keyless"), { "signPri.key": "signPri.seed-pbes1.key" });
  await put(at("NPKI", "CrossCert", "USER", "cn=swapped"), {
    "signCert.der": "signPri.seed-pbes1.key",
    "signPri.key": "signCert.der",
  });
  await put(at("NPKI", "CrossCert", "USER", "cn=empty"), { "signPri.key": "signPri.seed-pbes1.key" });
  await writeFile(at("NPKI", "CrossCert", "USER", "cn=empty", "signCert.der"), "");
  await writeFile(at("NPKI", "yessign", "notes.txt"), "nothing");
  await symlink(at("NPKI"), at("the same"));
  await symlink(at("nowhere"), at("NPKI", "dangling"));
  await symlink(at("NPKI"), at("NPKI", "round and round"));
});

afterAll(() => rm(home, { recursive: true }));

const now = new Date("2026-07-15T00:00:00Z");
const list = (...folders: string[]) => certificates({ folders, now });

describe("certificates", () => {
  test("lists what is there once, by real path, with the days that are left", async () => {
    const all = await list(at("NPKI"), at("the same"), at("NPKI", "yessign"), at("nowhere"));
    const found = all.flatMap((entry) => (entry.status === "found" ? [entry] : []));
    expect(found.map(({ folder, info, daysLeft }) => [folder, info.name, daysLeft])).toEqual([
      [at("NPKI", "KICA", "User", "cn=company"), "(주)만든회사", expect.any(Number)],
      [at("NPKI", "KICA", "User", "cn=old"), "홍길동", -2387],
      [at("NPKI", "yessign", "USER", PERSON), "홍길동", expect.any(Number)],
    ]);
    expect(found[0]?.daysLeft).toBeGreaterThan(20_000);
  });

  test("reports what is broken, and throws for nothing", async () => {
    const all = await list(at("NPKI"));
    const broken = all.flatMap((entry) => (entry.status === "broken" ? [entry] : []));
    const told = Object.fromEntries(broken.map(({ folder, problem }) => [folder.split("=").pop(), problem.message]));
    expect(Object.keys(told).sort()).toEqual(["empty", "half", "keyless", "swapped"]);
    expect(told.half).toContain("signPri.key is missing");
    expect(told.keyless).toContain("signCert.der is missing");
    expect(told.empty).toContain("is empty");
    expect(told.swapped).toContain("is a key");
    for (const { problem } of broken) expect(problem.code).toBe("CERTIFICATE_FORMAT");
  });

  test("a folder that may not be read is passed over", async () => {
    await put(at("locked", "cn=x"), PAIR);
    await chmod(at("locked"), 0o000);
    // root may read everything.
    expect(["found", undefined]).toContain((await list(at("locked")))[0]?.status);
    await chmod(at("locked"), 0o700);
  });

  test("what it finds can be handed on as it is", async () => {
    const [found] = await list(at("NPKI", "yessign"));
    if (found?.status !== "found") throw new Error("nothing found");
    const { certificate, key } = found;
    expect((await openCertificate({ certificate, key, password: PASSWORD })).name).toBe("홍길동");
  });

  test("finds nothing where there is nothing", async () => {
    expect(await list(at("nowhere"))).toEqual([]);
  });
});

describe("the places of each system", () => {
  test("Windows: the profile, the programs, every drive", async () => {
    const env = { USERPROFILE: "C:\\Users\\me", ProgramFiles: "C:\\Program Files" };
    const folders = await npkiFolders({ platform: "win32", home: "C:\\Users\\other", env });
    expect(folders.slice(0, 2)).toEqual(["C:\\Users\\me\\AppData\\LocalLow\\NPKI", "C:\\Program Files\\NPKI"]);
    expect(folders).toContain("E:\\NPKI");
  });

  test("macOS and Linux: the home", async () => {
    const mac = await npkiFolders({ platform: "darwin", home: "/Users/me", env: {} });
    const own = ["/Users/me/Library/Preferences/NPKI", "/Users/me/Documents/NPKI", "/Users/me/NPKI"];
    expect(mac).toEqual(expect.arrayContaining(own));
    expect(await npkiFolders({ platform: "linux", home: "/home/me", env: {} })).toContain("/home/me/NPKI");
  });
});
