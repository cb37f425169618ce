/**
 * What README.md, docs/ and examples/README.md say of the package is true of it: their TypeScript compiles, their links lead
 * somewhere, what they name is exported, and they count right.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../bench/package-root.js";
import { catalogue as codef } from "../../generated/codef/catalogue.js";
import { feeds, catalogue as kis } from "../../generated/kis/catalogue.js";
import * as masters from "../../generated/kis/masters.js";
import { catalogue as kiwoom, feeds as kiwoomFeeds } from "../../generated/kiwoom/catalogue.js";
import { catalogue as openBanking } from "../../generated/openbanking/catalogue.js";
import { feeds as tossFeeds, catalogue as tossinvest } from "../../generated/tossinvest/catalogue.js";
import { catalogue as woori } from "../../generated/woori/catalogue.js";
import { namedIn, rowsIn, section } from "./markdown.js";
import { compileSnippets, snippetsOf } from "./snippets.js";

const documents = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`), "examples/README.md"];
const texts = new Map(documents.map((document) => [document, readFileSync(join(root, document), "utf8")]));
const textOf = (document: string) => texts.get(document) ?? "";

/** Functions of CODEF that one source shows and nobody is known to have called with success; `test/facts` holds them to `low`. */
const unproven = [
  "bank.exchangerateCheck",
  "public-gov24.passportDataStatus",
  "public-nhis.lifetimeHealthTreatmentContents",
  "public-nts.reportTaxCreditReconciliation",
];

/** What the snippets take for granted, because every application has its own. */
const GIVEN = `
declare const clientId: string, clientSecret: string, publicKey: string, connectedId: string;
declare const userName: string, phoneNo: string, loginIdentity: string;
declare const login: { loginType: "5"; loginTypeLevel: "1"; userName: string; phoneNo: string; loginIdentity: string };
declare const ask: <Answer extends object>(challenge: import("kofin/codef").Challenge<unknown, Answer>) => Promise<Answer>;
interface MyAnswer { resResult: string }
declare const appKey: string, appSecret: string, secretKey: string;
declare const order: import("kofin/kis/domestic-stock-trading").OrderCashRequest;
declare const useCode: string, redirectUri: string, password: string, fintech_use_num: string, request: Request;
declare const withdrawal: import("kofin/openbanking/transfer").TransferWithdrawFinNumRequest;
declare const books: { write(notice: import("kofin/openbanking").SendNotice): Promise<void> };
declare const INQ_ACNO: string;
// Clients: a document makes one and then goes on using it.
declare const codef: import("kofin/codef").Codef;
declare const kis: import("kofin/kis").Kis;
declare const kiwoom: import("kofin/kiwoom").Kiwoom;
declare const toss: import("kofin/tossinvest").Tossinvest;
declare const openBanking: import("kofin/openbanking").OpenBanking, user: import("kofin/openbanking").OpenBanking;
`;

const rows = [...texts].flatMap(([document, text]) => rowsIn(text).map((cells) => ({ document, cells })));

/** Rows about modules: `-quotations` after `kofin/kis/domestic-stock-trading`, or `card` after `kofin/codef/bank`, are modules, too. */
const moduleRows = rows.flatMap(({ document, cells: [first = "", second = ""] }) => {
  const modules: string[] = [];
  for (const name of namedIn(first)) {
    const last = modules.at(-1) ?? "";
    if (name.startsWith("kofin")) modules.push(name);
    else if (name.startsWith("-")) modules.push(last.replace(/-[a-z]+$/, name));
    else if (last) modules.push(`${dirname(last)}/${name}`);
  }
  const whole = modules.filter((name) => /^kofin(\/[a-z-]+)*$/.test(name));
  const names = namedIn(second).filter((name) => /^\w+$/.test(name));
  return whole.length > 0 ? [{ document, modules: whole, names }] : [];
});

const kisModules = [...new Set([...kis, ...feeds].map(({ module }) => `kofin/kis/${module}`)), "kofin/kis/masters"];
const errorModules = ["kofin", "kofin/codef", "kofin/kis", "kofin/kis/masters", "kofin/openbanking"];
const modules = [...new Set([...moduleRows.flatMap((row) => row.modules), ...kisModules, ...errorModules])];

const snippets = [...texts].flatMap(([document, text]) => snippetsOf(document, text));
const { faults, exportsOf } = compileSnippets(snippets, GIVEN, modules);

/** Those of the names that none of the modules exports. */
function missingFrom(modules: readonly string[], names: Iterable<string>): string[] {
  const exported = new Set(modules.flatMap((module) => [...(exportsOf(module) ?? [])]));
  return [...names].filter((name) => !exported.has(name));
}

describe("the documents", () => {
  it("have TypeScript that compiles", () => {
    expect(snippets.length).toBeGreaterThan(10);
    expect(faults).toEqual([]);
  });

  it("name modules that there are, and what is in them", () => {
    expect(moduleRows.length).toBeGreaterThan(15);
    for (const { document, modules, names } of moduleRows) {
      for (const name of modules) expect(exportsOf(name), `${document}: ${name}`).toBeDefined();
      expect(missingFrom(modules, names), `${document}: ${modules.join(", ")}`).toEqual([]);
    }
  });

  it.each(Object.entries({ codef, kis, kiwoom, openbanking: openBanking, tossinvest, woori }))(
    "docs/%s.md names all modules",
    (guide, entries) => {
      const names = namedIn(textOf(`docs/${guide}.md`));
      const isNamed = (module: string) =>
        names.some(
          (name) => name === module || name.endsWith(`/${module}`) || (name.startsWith("-") && module.endsWith(name)),
        );
      expect(entries.map(({ module }) => module).filter((module) => !isNamed(module))).toEqual([]);
    },
  );

  it("name functions that do what mojito's did", () => {
    const replacements = rowsIn(section(textOf("docs/kis.md"), "Coming from mojito")).flatMap(([, ours = ""]) =>
      namedIn(ours),
    );
    const functions = replacements.filter(
      (word) => /^[a-z][A-Za-z]*$/.test(word) && !["action", "fileStore"].includes(word),
    );
    expect(functions.length).toBeGreaterThan(10);
    expect(missingFrom(kisModules, functions)).toEqual([]);
    const named = replacements.filter((word) => word.includes("-")).map((word) => `kofin/kis/${word}`);
    expect(kisModules).toEqual(expect.arrayContaining(named));
  });

  it("name errors that there are", () => {
    const errors = new Set([...texts.values()].flatMap(namedIn).filter((word) => /^[A-Z]\w+Error$/.test(word)));
    expect(errors.size).toBeGreaterThan(8);
    expect(missingFrom(errorModules, errors)).toEqual([]);
  });

  it("name scripts that there are", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const named = [...texts.values()].flatMap((text) => [...text.matchAll(/npm run (\w+)/g)].map(([, name]) => name));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  it("link to what there is", () => {
    const slugs = (text: string) =>
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => title.toLowerCase().replaceAll(" ", "-"));
    const dead = [...texts].flatMap(([document, text]) =>
      [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].flatMap(([link, path = "", anchor]) => {
        const target = path === "" ? join(root, document) : join(root, dirname(document), path);
        if (!existsSync(target)) return [`${document}: ${link}`];
        return anchor && !slugs(readFileSync(target, "utf8")).includes(anchor) ? [`${document}: ${link}`] : [];
      }),
    );
    expect(dead).toEqual([]);
  });
});

describe("the counts", () => {
  const masterFiles = Object.values(masters).filter((value) => typeof value === "object" && "layout" in value).length;
  const groups = new Set(codef.map(({ module }) => module)).size;
  const counted = codef.filter(({ module, id }) => !unproven.includes(`${module}.${id}`));

  it("leave out what is there but not known to work", () => {
    const known = codef.map(({ module, id }) => `${module}.${id}`);
    expect(known).toEqual(expect.arrayContaining(unproven));
  });

  it.each([
    ["README.md", `| CODEF | ${counted.length}, in ${groups} modules |`],
    ["README.md", `| ${kis.length}, ${feeds.length} realtime feeds, ${masterFiles} symbol files |`],
    ["README.md", `| ${openBanking.length}, both OAuth flows |`],
    ["README.md", `| Kiwoom (키움증권) | ${kiwoom.length}, ${kiwoomFeeds.length} realtime feeds, condition search |`],
    ["docs/kiwoom.md", `${kiwoom.length} operations: `],
    ["docs/kiwoom.md", `; ${kiwoomFeeds.length} realtime feeds and condition search.`],
    ["README.md", `| Toss Securities (토스증권) | ${tossinvest.length}, ${tossFeeds.length} realtime feeds |`],
    ["docs/tossinvest.md", `${tossinvest.length} operations, ${tossFeeds.length} realtime feeds.`],
    ["README.md", `| Woori Bank (우리은행) | ${woori.length} |`],
    [
      "docs/kis.md",
      `${kis.length} REST operations, ${feeds.length} realtime feeds, ${masterFiles} symbol master files.`,
    ],
    ["docs/openbanking.md", `${openBanking.length} operations, both OAuth flows.`],
    ["docs/woori.md", `${woori.length} operations: ${new Set(woori.map(({ path }) => path)).size} known paths`],
  ])("%s: %s", (document, count) => {
    expect(textOf(document)).toContain(count);
  });
});

it("examples/README.md knows every file beside it", () => {
  const files = readdirSync(join(root, "examples")).filter((name) => name.endsWith(".ts"));
  const named = namedIn(textOf("examples/README.md"));
  expect(named).toEqual(expect.arrayContaining(files.map((name) => name.replace(/\.ts$/, ""))));
});
