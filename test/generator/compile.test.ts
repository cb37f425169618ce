import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { bankTexts, emitted, loginTexts } from "./emitted.js";
import { temporaryFolder } from "./fixture.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What TypeScript says about files in a folder of their own, one line a message. */
function compile(files: ReadonlyMap<string, string>): string[] {
  const folder = temporaryFolder();
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const sources = [...files.keys()].filter((path) => path.endsWith(".ts")).map((path) => join(folder, path));
  const program = ts.createProgram(sources, {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.startsWith(folder))
    .map(({ file, start, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
      return `${file?.fileName.slice(folder.length + 1)}:${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
}

const callers = `
import type { Codef } from "${root}runtime/codef/functions.js";
import { accountList, loginTypeCodes, organizations, ping, registration, rows } from "./bank.js";

export async function use(codef: Codef) {
  const input = { connectedId: "id", password: "secret", loginType: loginTypeCodes.아이디 };
  const { data } = await accountList(codef, { ...input, accountList: [{ organization: organizations.KB국민은행 }] });
  const fund: string | undefined = data.resFund?.[0]?.resName;
  const row: string | undefined = (await rows(codef)).data[0]?.resName;
  const ok: boolean | undefined = (await ping(codef)).data.ok;
  const reply = await registration(codef);
  await accountList(codef, { ...input, loginType: "a code of tomorrow" });
  return [fund, row, ok, reply];
}
`;

const wrong = `
import type { Codef } from "${root}runtime/codef/functions.js";
import { accountList } from "./bank.js";

export const missing = (codef: Codef) => accountList(codef, { connectedId: "id", loginType: "0" });
export const closed = (codef: Codef) =>
  accountList(codef, { connectedId: "id", password: "", loginType: "0", sort: "up" });
`;

test("generated code and its callers type-check against the runtime, and wrong calls do not", async () => {
  const files = await emitted(bankTexts(), `${root}runtime/{provider}/index.js`);
  files.set("package.json", '{ "type": "module" }');
  files.set("codef/callers.ts", callers);
  files.set("codef/wrong.ts", wrong);
  const messages = compile(files);
  expect(messages.filter((line) => !line.startsWith("codef/wrong.ts"))).toEqual([]);
  expect(messages.map((line) => line.split(": ")[0])).toEqual(["codef/wrong.ts:5", "codef/wrong.ts:7"]);
});

/** One call a line: each is checked by itself. */
const logins = `
import type { Codef } from "${root}runtime/codef/index.js";
import { answerChallenge } from "${root}runtime/codef/index.js";
import { entriesPages, register, signIn, signInAgain, type SignInAnswer, type SignInChallenge, upload } from "./login.js";

declare const codef: Codef;
declare const challenge: SignInChallenge;
const file = new Uint8Array();
export const calls = [
  signInAgain(codef, { loginType: "0", certFile: file, keyFile: file }),
  signInAgain(codef, { loginType: "0", certType: "pfx", certFile: file, userName: "홍길동" }),
  signInAgain(codef, { loginType: "5", phoneNo: "01012345678" }),
  register(codef, { accountList: [{ loginType: "5", phoneNo: "01012345678" }, { loginType: "1", id: "id" }] }),
  answerChallenge(codef, challenge, { smsAuthNo: "123456" }),
  upload(codef, { file }),
];
export async function names(): Promise<(boolean | undefined)[]> {
  const more = [];
  for await (const { data } of entriesPages(codef, { pageNo: 1 })) more.push(data.hasNext);
  for await (const { data } of entriesPages(codef)) more.push(data.hasNext);
  return more;
}
export const answer: SignInAnswer = { secureNo: "1234" };
export const first = signIn(codef, { loginType: "5", phoneNo: "01012345678", year: "2026" });
`;

/** What each call gets wrong, and the call. */
const wrongLogins: [mistake: string, source: string][] = [
  ["a certificate without its key", 'signInAgain(codef, { loginType: "0", certFile: file });'],
  ["a pfx file without its type", 'signInAgain(codef, { loginType: "0", keyFile: file, certType: "pfx" });'],
  ["a certificate for 간편인증", 'signInAgain(codef, { loginType: "5", phoneNo: "01012345678", certFile: file });'],
  ["a way that does not exist", 'signInAgain(codef, { loginType: "7", phoneNo: "01012345678" });'],
  ["no way at all", 'signInAgain(codef, { userName: "홍길동" });'],
  ["no input", "signInAgain(codef);"],
  ["an account without its id", 'register(codef, { accountList: [{ loginType: "1" }] });'],
  [
    "the second request in the first",
    'signIn(codef, { loginType: "5", phoneNo: "01012345678", year: "2026", is2Way: true });',
  ],
  ["an answer to another method", 'answerChallenge(codef, challenge, { emailAuthNo: "123456" });'],
  ["an answer of a method nobody knows", 'export const answer: SignInAnswer = { smsAuthNo: "1", dongNum: "2" };'],
  ["an empty answer", "export const answer: SignInAnswer = {};"],
  ["a page that is no number", 'entriesPages(codef, { pageNo: "1" });'],
  ["a file that is a number", "upload(codef, { file: 1 });"],
];

test("a way to log in brings what it needs, and nothing of another; answers and pages have their types", async () => {
  const files = await emitted(loginTexts(), `${root}runtime/{provider}/index.js`);
  const [imports = ""] = logins.split("export const calls");
  files.set("package.json", '{ "type": "module" }');
  files.set("codef/logins.ts", logins);
  for (const [index, [, source]] of wrongLogins.entries()) {
    // What is imported and not used is no mistake here.
    const used =
      "export { answerChallenge, challenge, codef, entriesPages, file, register, signIn, signInAgain, upload };";
    files.set(`codef/wrong${index}.ts`, `${imports}${used}\nexport type { SignInAnswer };\n${source}\n`);
  }
  const messages = compile(files);
  expect(messages.filter((line) => !line.startsWith("codef/wrong"))).toEqual([]);
  const last = imports.split("\n").length + 2;
  const refused = new Set(messages.map((line) => line.split(": ")[0]));
  const accepted = wrongLogins.filter((_, index) => !refused.has(`codef/wrong${index}.ts:${last}`));
  expect(accepted.map(([mistake]) => mistake)).toEqual([]);
  expect(refused.size).toBe(wrongLogins.length);
});
