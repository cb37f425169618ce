import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../bench/package-root.js";

/** The providers with a runtime of their own. */
const PROVIDERS = ["codef", "kis", "openbanking", "woori"];

/** Those whose protocol is data: `runtime/provider` does the rest. */
const OF_DATA = ["kiwoom", "tossinvest"];

/** What each of those has. */
const ANATOMY_OF_DATA = ["client.ts", "index.ts"];

/** What every other one has, for the same job. */
const ANATOMY = [
  "advice.ts",
  "auth.ts",
  "client.ts",
  "functions.ts",
  "index.ts",
  "operation.ts",
  "refusal.ts",
  "request.ts",
  "response.ts",
];

/** Folders that serve every provider and know none. */
const SHARED = ["auth", "call", "errors", "limits", "paging", "provider", "realtime"].map((name) => `runtime/${name}`);

/** Words that stood for something else, and what to say. */
const WORDS =
  /\b([Dd]oor|[Hh]ouse|[Bb]aggage|[Ee]rrands?|[Bb]ackDoor|[Gg]ate|[Cc]ommons|[Dd]esk|[Jj]udges?|[Ss]tand-?[Ii]ns?|[Vv]erdict|[Tt]own|[Rr]oad|[Ss]tudio)(?=[A-Z_]|\b)|(?<=[a-z])(Door|House|Baggage|Errand|Gate|Commons|Desk|Judge|StandIn|Verdict|Studio)(?=[A-Z]|\b)/;

function sourcesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".ts")).map((name) => `${folder}/${name}`);
}

function architectureTable(): Map<string, string[]> {
  const rows = readFileSync(join(root, "docs/architecture.md"), "utf8").matchAll(/^\| `runtime\/(\w+)` \| (.*) \|$/gm);
  return new Map(
    [...rows].map(([, provider = "", cell = ""]) => [
      provider,
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
    ]),
  );
}

describe("one anatomy", () => {
  it.each(PROVIDERS)("runtime/%s has the same files for the same jobs", (provider) => {
    const files = readdirSync(join(root, "runtime", provider));
    expect(ANATOMY.filter((name) => !files.includes(name))).toEqual([]);
  });

  it.each(OF_DATA)("runtime/%s has no protocol of its own", (provider) => {
    const files = readdirSync(join(root, "runtime", provider));
    expect(ANATOMY.filter((name) => files.includes(name))).toEqual(ANATOMY_OF_DATA);
  });

  it.each([...PROVIDERS, ...OF_DATA])(
    "docs/architecture.md names everything else in runtime/%s, and nothing that is not there",
    (provider) => {
      const entries = readdirSync(join(root, "runtime", provider), { withFileTypes: true });
      const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
      const others = names.filter((name) => !ANATOMY.includes(name)).sort();
      expect(architectureTable().get(provider)?.sort()).toEqual(others);
    },
  );

  it("docs/architecture.md has a row for each of the files that all have", () => {
    const text = readFileSync(join(root, "docs/architecture.md"), "utf8");
    expect(ANATOMY.filter((name) => !new RegExp(`^\\| \`${name}\` \\|`, "m").test(text))).toEqual([]);
  });
});

describe("names", () => {
  it.each(SHARED)("no provider's name stands in %s", (folder) => {
    const files = sourcesIn(folder);
    expect(files.length).toBeGreaterThan(0);
    const named = files.filter((file) =>
      // InvalidInputError's table of codes says which provider throws what.
      /\bcodef\b|\bkis\b|open ?banking|woori|kiwoom|tossinvest/i.test(
        file + readFileSync(join(root, file), "utf8").replace(/^ \*.*\|.*$/gm, ""),
      ),
    );
    expect(named).toEqual([]);
  });

  it.each(["runtime", "generator", "sandbox", "cli"])("say the field's words in %s", (folder) => {
    const found = sourcesIn(folder).flatMap((file) => {
      const lines = readFileSync(join(root, file), "utf8").split("\n");
      const named = WORDS.test(file) ? [file] : [];
      return [...named, ...lines.filter((line) => WORDS.test(line)).map((line) => `${file}: ${line.trim()}`)];
    });
    expect(found).toEqual([]);
  });

  it("would be noticed otherwise", () => {
    for (const word of ["doorOf", "class Gate", "const baggage", "tokenDesk", "stand-ins", "houseOf"])
      expect(word).toMatch(WORDS);
    for (const word of ["gateway", "households", "broader", "aggregate", "indoors"]) expect(word).not.toMatch(WORDS);
  });
});
