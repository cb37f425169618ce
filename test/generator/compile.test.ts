import { expect, test } from "vitest";
import { compile, root } from "./compiled.js";
import { bankTexts, emitted, loginTexts } from "./emitted.js";
import { feedSpecs } from "./feed-specs.js";
import { textsOf } from "./fixture.js";
import { kis, openbanking, woori } from "./provider-specs.js";

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

/** What a provider's runtime promises to generated code: its client, and what its operations and pages can say. */
function promises(client: string, operation: string, pages: string): string {
  return `
import type { ApiOperation } from "${root}runtime/call/operation.js";
export type { Decimal } from "${root}runtime/decimal.js";
export interface ${client} { readonly provider: unique symbol }
export interface ${client}Operation extends ApiOperation ${operation}
export interface CallOptions { timeoutMs?: number }
export interface PageOptions extends CallOptions { limit?: number }
export interface Reply<Data> { data: Data }
type Paging = ${pages};
export declare function call<Data>(client: ${client}, operation: ${client}Operation, input?: unknown, options?: CallOptions): Promise<Reply<Data>>;
export declare function pages<Data>(client: ${client}, operation: ${client}Operation, paging: Paging, input?: unknown, options?: PageOptions): AsyncGenerator<Reply<Data>, void>;
`;
}

const trIds = "string | Readonly<Record<string, string>>";
const plainPaging = "{ page: string; more: string; next: string }";
const kisPaging = `
  | { style: "header-key"; keys?: Record<string, string> }
  | { style: "key"; keys: Record<string, string>; set?: Record<string, string>; continued?: true }
  | { style: "walk"; list: string; back: Record<string, string>; until?: string }`;

const providers = [
  {
    specs: kis,
    runtime: promises(
      "Kis",
      `{ auth?: "none"; trId?: { real: ${trIds}; mock?: ${trIds}; when?: Record<string, Record<string, readonly string[]>> } }`,
      kisPaging,
    ),
    callers: `
import type { Kis } from "../runtime/kis.js";
import { chartPages, excgCodes, holidays, order, prices, pricesPages, tokenP } from "./stock.js";
declare const kis: Kis;
export const ordered = { EXCG: excgCodes.나스닥, PDNO: "AAPL" };
export const calls = [
  order(kis, { ...ordered, action: "usBuy", ORD_QTY: 3 }),
  order(kis, { ...ordered, action: "usSell", ORD_QTY: 3n, ORD_UNPR: "181.5", account: "12345678-01" }),
  order(kis, { ...ordered, action: "hkBuy", ORD_QTY: "3", CANO: "12345678", ACNT_PRDT_CD: "01" }),
  prices(kis, { CODE: "005930" }),
  tokenP(kis),
  holidays(kis, { timeoutMs: 1000 }),
];
export async function price(): Promise<string | undefined> {
  for await (const { data } of pricesPages(kis, { CODE: "005930" }, { limit: 3 })) return data.output?.[0]?.prpr;
  for await (const { data } of chartPages(kis)) return data.output?.[0]?.day;
  return (await order(kis, { ...ordered, action: "usBuy", ORD_QTY: 1 })).data.output?.ODNO;
}
`,
    wrong: [
      'order(kis, { EXCG: "NASD", PDNO: "AAPL", ORD_QTY: 1 });',
      'order(kis, { EXCG: "NASD", PDNO: "AAPL", ORD_QTY: 1, action: "buy" });',
      'order(kis, { EXCG: "NASD", PDNO: "AAPL", ORD_QTY: true, action: "usBuy" });',
      'order(kis, { EXCG: "NASD", ORD_QTY: 1, action: "usBuy" });',
      "prices(kis);",
      'prices(kis, { CODE: "005930", SCR: "20172" });',
      'prices(kis, { CODE: "005930" }, { limit: 1 });',
      'void prices(kis, { CODE: "005930" }).then(({ data }) => data.rt_cd);',
    ],
  },
  {
    specs: feedSpecs,
    // The runtime itself: what it promises to feeds is no more than what it exports.
    runtime: `export type { Kis } from "${root}runtime/kis/functions.js";\nexport * from "${root}runtime/kis/realtime/index.js";\n`,
    callers: `
import type { Kis } from "../runtime/kis.js";
import { longTrade, notice, signCodes, trade } from "./realtime.js";
declare const kis: Kis;
export const calls = [longTrade(kis, "0001"), notice(kis), notice(kis, { htsId: "other", bufferSize: 5 })];
export async function price(): Promise<string | undefined> {
  for await (const { SIGN, PRICE, extra } of trade(kis, "005930", { overflow: "latest" })) {
    if (SIGN === signCodes.상승) return PRICE ?? extra?.[0];
  }
  return undefined;
}
`,
    wrong: [
      "trade(kis);",
      'trade(kis, { code: "005930" });',
      'trade(kis, "005930", { htsId: "other" });',
      'notice(kis, "other");',
      'for await (const { PRICES } of trade(kis, "005930")) break;',
      'for await (const record of trade(kis, "005930")) record.PRICE = "1";',
    ],
  },
  {
    specs: openbanking,
    runtime: promises(
      "OpenBanking",
      '{ auth?: "none" | { user?: string; institution?: readonly string[] } }',
      plainPaging,
    ),
    callers: `
import type { OpenBanking } from "../runtime/openbanking.js";
import { authorize, entries, entriesPages, pay, token } from "./account.js";
import { bankResultCodes, type BankResultCode } from "./bank-result-codes.js";
declare const bank: OpenBanking;
export const codes: BankResultCode[] = ["000", "098", "701"];
export const meaning: "해당 거래 없음" = bankResultCodes["701"].meaning;
export const calls = [
  entries(bank),
  pay(bank, { req_list: [{ tran_amt: 10_000 }] }),
  token(bank, { grant_type: "code", code: "c" }),
  token(bank, { grant_type: "refresh", client_id: "other" }),
  authorize(bank, { state: "s", "Kftc-UserName": "name" }),
];
export async function content(): Promise<string | undefined> {
  for await (const { data } of entriesPages(bank)) return data.rsp_code ?? data.res_list?.[0]?.content;
  return undefined;
}
`,
    wrong: [
      'token(bank, { grant_type: "code" });',
      'pay(bank, { req_list: [{ bank_tran_id: "T" }] });',
      'authorize(bank, { state: "s" });',
      'export const code: BankResultCode = "999";',
    ],
  },
  {
    specs: woori,
    runtime: promises("Woori", "{ numbers?: readonly string[]; successor?: string }", plainPaging),
    callers: `
import type { Woori } from "../runtime/woori.js";
import { balance, check, limit } from "./finance.js";
declare const woori: Woori;
export const calls = [balance(woori, { ACNO: "1" }), limit(woori, { CHIL_C: 2 }), limit(woori, { CHIL_C: "2" }), check(woori)];
export async function name(): Promise<string | undefined> {
  return (await check(woori)).data.GRID?.[0]?.NM;
}
`,
    wrong: ['balance(woori, { dataBody: { ACNO: "1" } });', "limit(woori, {});"],
  },
];

test.each(providers)(
  "what is generated for $specs.main of $specs.provider compiles, and so do its callers",
  async (provider) => {
    const { specs, runtime, callers, wrong } = provider;
    const files = await emitted(textsOf(specs.files, specs.provider), "../runtime/{provider}.js");
    const [imports = ""] = callers.split("export const");
    const names = [...imports.matchAll(/import \{([^}]*)\}/g)].flatMap(([, list = ""]) => list.split(","));
    const used = names.map((name) => name.trim()).join(", ");
    files.set("package.json", '{ "type": "module" }');
    files.set(`runtime/${specs.provider}.ts`, runtime);
    files.set(`${specs.provider}/callers.ts`, callers);
    for (const [index, source] of wrong.entries()) {
      const client = /declare const (\w+)/.exec(imports)?.[1];
      files.set(`${specs.provider}/wrong${index}.ts`, `${imports}export { ${used}, ${client} };\n${source}\n`);
    }
    const messages = compile(files);
    expect(messages.filter((line) => !line.includes("/wrong"))).toEqual([]);
    const last = imports.split("\n").length + 1;
    const refused = new Set(messages.map((line) => line.split(": ")[0]));
    const accepted = wrong.filter((_, index) => !refused.has(`${specs.provider}/wrong${index}.ts:${last}`));
    expect(accepted).toEqual([]);
    expect(refused.size).toBe(wrong.length);
  },
);
