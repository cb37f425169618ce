import { loadTexts } from "kofin/generator";
import { beforeAll, describe, expect, test } from "vitest";
import { emitted } from "./emitted.js";
import { declaration, textsOf } from "./fixture.js";
import { openbanking } from "./provider-specs.js";

const texts = () => textsOf(openbanking.files, "openbanking");

describe("the model", () => {
  const [provider] = loadTexts(texts());

  test("every table of result codes is there under its name", () => {
    expect(provider?.resultCodes.map(({ code }) => code)).toEqual(["A0000"]);
    const codes = provider?.furtherResultCodes?.["bank-result-codes"]?.map(({ code }) => code) ?? [];
    expect(codes.sort()).toEqual(["000", "098", "701"]);
  });

  test("a token is asked for by scope", () => {
    const [entries, pay] = provider?.documents[0]?.operations ?? [];
    expect(entries?.auth).toEqual({ user: "inquiry", institution: ["sa", "oob"] });
    expect(pay).not.toHaveProperty("auth");
  });

  test("an operation's own token wins over its document's", () => {
    const account = openbanking.files["account.yaml"].replace("x-retry: safe\n", "x-retry: safe\nx-auth: none\n");
    const [document] =
      loadTexts(textsOf({ ...openbanking.files, "account.yaml": account }, "openbanking"))[0]?.documents ?? [];
    expect(document?.operations.map(({ auth }) => auth)).toEqual([
      { user: "inquiry", institution: ["sa", "oob"] },
      "none",
      "none",
      "none",
    ]);
  });
});

describe("generated code", () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await emitted(texts());
  });
  const module = () => files.get("openbanking/account.ts") ?? "";
  const types = () => files.get("openbanking/account.types.ts") ?? "";

  test("constants say which token, what the client fills in at any depth, and other names on both sides", () => {
    expect(
      declaration(module(), "const entriesOperation"),
    ).toContain(`  auth: { user: "inquiry", institution: ["sa", "oob"] },
  from: { bank_tran_id: "bankTranId" },
  accepts: { trace: ["befor_trace"] },
  also: { "res_list[].content": ["print_content", "content "] },
`);
    expect(declaration(module(), "const payOperation")).toContain(`  settledBy: "transfer/result",
  required: ["req_list", "req_list[].tran_amt"],
  from: { tran_dtime: "tranDtime", "req_list[].bank_tran_id": "bankTranId" },
`);
  });

  test("a form is named, and what stands beside its branches is filled in", () => {
    expect(declaration(module(), "const tokenOperation")).toContain(`  from: { client_id: "clientId" },
  variants: { "": [codeGrantVariant, refreshGrantVariant] },
  bodyType: "form",
`);
  });

  test("a header that the client does not fill in is input, and is told from the query", () => {
    expect(declaration(module(), "const authorizeOperation")).toContain(`  headers: { "Kftc-UserName": "input" },
  required: ["Kftc-UserName", "state"],
  sensitive: ["Kftc-UserName"],
`);
    expect(declaration(types(), "export interface AuthorizeRequest")).toMatch(
      /"Kftc-UserName": string;[\s\S]*state: string;/,
    );
  });

  test("callers get the whole body, head included", () => {
    expect(declaration(types(), "export interface PayData")).toMatch(/rsp_code\?: string;[\s\S]*wd_limit\?: string;/);
  });

  test("pages go by fields, with options of their own", () => {
    const pages = declaration(module(), "export function entriesPages");
    expect(pages).toContain("options?: PageOptions,");
    expect(pages).toContain('{ page: "trace", more: "next_page_yn", next: "trace" }');
  });

  test("hovers show scopes, the provider's notation of a type, and a look-up in another module", () => {
    expect(module()).toMatch(/user token with scope `inquiry`, or institution token with scope\n \* `sa` or `oob` ·/);
    expect(types()).toContain("/** 요청일시 · yyyymmddhhmmss · N(14) · from the client when left out */");
    expect(types()).toContain("/** 거래고유번호 · AN(20) · from the client when left out */");
    expect(module()).toContain(
      "sent at most once, and `result` of `kofin/openbanking/transfer` tells what became of it",
    );
  });

  test("any one of several scopes of users will do", async () => {
    const account = openbanking.files["account.yaml"].replace("{ user: inquiry,", "{ user: [inquiry, login],");
    const alternatives = await emitted(textsOf({ ...openbanking.files, "account.yaml": account }, "openbanking"));
    const text = alternatives.get("openbanking/account.ts") ?? "";
    expect(text).toContain('  auth: { user: ["inquiry", "login"], institution: ["sa", "oob"] },');
    expect(text).toMatch(/user token with scope `inquiry` or `login`, or institution token\s/);
  });

  test("each table of result codes is a file and a constant of its own, codes in the order of their numbers", () => {
    expect(files.get("openbanking/result-codes.ts")).toContain("export const resultCodes = {\n  A0000:");
    const table = files.get("openbanking/bank-result-codes.ts") ?? "";
    expect(table.split("\n")[0]).toContain("from specs/openbanking/bank-result-codes.yaml.");
    expect([...table.matchAll(/^ {2}"(\d+)":/gm)].map(([, code]) => code)).toEqual(["000", "098", "701"]);
    expect(table).toContain("export const bankResultCodes = {");
    expect(table).toContain("export type BankResultCode = keyof typeof bankResultCodes;");
  });
});
