import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../../bench/package-root.js";

/** Which rooms and packages a room may import. Type-only imports count: declarations ship too. */
const MAY_IMPORT: Record<string, { rooms: string[]; packages: string[] }> = {
  runtime: { rooms: ["runtime"], packages: ["openapi-fetch", "node-forge"] },
  "runtime/certificate": { rooms: ["runtime"], packages: ["node-forge"] },
  "runtime/kis/masters": { rooms: ["runtime"], packages: ["fflate"] },
  "runtime/realtime": { rooms: ["runtime"], packages: ["ws"] },
  // Providers that are data: see the test below.
  "runtime/kiwoom": { rooms: ["runtime", "generated"], packages: [] },
  "runtime/tossinvest": { rooms: ["runtime", "generated"], packages: [] },
  "runtime/node": { rooms: ["runtime"], packages: ["undici", "proper-lockfile"] },
  generated: { rooms: ["generated", "runtime"], packages: [] },
  generator: {
    rooms: ["generator", "runtime"],
    packages: ["yaml", "json-p3", "ts-morph", "openapi-typescript", "typescript", "@biomejs/biome"],
  },
  sandbox: { rooms: ["sandbox", "generator", "runtime"], packages: ["hono", "@hono/node-server"] },
  // It opens certificates with what opens them for callers; OpenSSL is the judge of both (test/certificate).
  "sandbox/codef/certificate": { rooms: ["sandbox", "generator", "runtime"], packages: ["node-forge"] },
  "sandbox/web-sockets": { rooms: ["sandbox"], packages: ["ws"] },
  "sandbox/kis/masters": { rooms: ["sandbox", "generator", "runtime"], packages: ["fflate", "iconv-lite"] },
  cli: { rooms: ["cli", "generator", "sandbox", "runtime"], packages: ["commander"] },
};

/** What runs in browsers and on edges; the other rooms are for Node. */
const WITHOUT_NODE = [
  ...["runtime", "runtime/certificate", "runtime/kis/masters", "runtime/realtime", "runtime/kiwoom"],
  ...["runtime/tossinvest", "generated"],
];

function sourcesOf(room: string): string[] {
  const entries = readdirSync(join(root, room), { recursive: true, encoding: "utf8" });
  return entries.filter((name) => name.endsWith(".ts")).map((name) => join(room, name));
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
  return importedFiles.map(({ fileName }) => fileName);
}

function objection(file: string, imported: string): string | undefined {
  const room = Object.keys(MAY_IMPORT).findLast((name) => file.startsWith(`${name}/`)) ?? "";
  const allowed = MAY_IMPORT[room];
  if (imported.startsWith(".")) {
    const target = relative(root, join(root, dirname(file), imported)).split("/")[0] ?? "";
    return allowed?.rooms.includes(target) ? undefined : `${file} reaches into ${target}`;
  }
  if (imported.startsWith("node:")) return WITHOUT_NODE.includes(room) ? `${file} needs Node: ${imported}` : undefined;
  const name = imported
    .split("/")
    .slice(0, imported.startsWith("@") ? 2 : 1)
    .join("/");
  return allowed?.packages.includes(name) ? undefined : `${file} imports ${name}`;
}

describe("arrows point one way", () => {
  for (const room of ["runtime", "generated", "generator", "sandbox", "cli"]) {
    it(room, () => {
      const files = sourcesOf(room);
      expect(files.length).toBeGreaterThan(0);
      expect(files.flatMap((file) => importsOf(file).map((name) => objection(file, name))).filter(Boolean)).toEqual([]);
    });
  }

  it("of what is generated the runtime takes the data of a provider, which imports types alone", () => {
    const taken = sourcesOf("runtime").flatMap((file) =>
      importsOf(file).flatMap((name) => (name.includes("/generated/") ? `${file} ${name}` : [])),
    );
    const names = ["kiwoom", "tossinvest"];
    expect(taken.sort()).toEqual(names.map((name) => `runtime/${name}/client.ts ../../generated/${name}/provider.js`));
    for (const name of names) {
      const data = readFileSync(join(root, `generated/${name}/provider.ts`), "utf8");
      expect(data.match(/^import .*$/gm)?.every((line) => line.startsWith("import type "))).toBe(true);
    }
  });

  it("would notice", () => {
    expect(objection("runtime/http.ts", "../generated/codef/bank.js")).toMatch(/reaches into generated/);
    expect(objection("runtime/codef/call.ts", "yaml")).toMatch(/imports yaml/);
    expect(objection("runtime/codef/call.ts", "node:fs")).toMatch(/needs Node/);
    expect(objection("generated/codef/bank.ts", "../../generator/index.js")).toMatch(/reaches into generator/);
    expect(objection("runtime/node/index.ts", "@hono/node-server/serve")).toMatch(/imports @hono\/node-server/);
  });

  it("node-forge loads with the first password or certificate: nothing imports it at start", () => {
    const starts = sourcesOf("runtime").filter((file) => !/^runtime\/(certificate|node)\//.test(file));
    const importers = starts.filter((file) => importsOf(file).includes("node-forge"));
    expect(importers).toEqual(["runtime/codef/rsa.ts"]);
    const heavy = /^import (?!type)[^;]*(rsa|certificate\/(?!index)[\w-]+)\.js"/m;
    const entry = join("runtime", "certificate", "index.ts");
    for (const file of [...starts, entry]) expect(readFileSync(join(root, file), "utf8"), file).not.toMatch(heavy);
    expect(readFileSync(join(root, entry), "utf8")).not.toMatch(/^import (?!type)/m);
  });
});

describe("the lock file", () => {
  it("records no download addresses", () => {
    const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(Object.keys(packages).filter((name) => "resolved" in packages[name] && !packages[name].link)).toEqual([]);
  });
});
