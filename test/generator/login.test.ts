import { beforeAll, describe, expect, test } from "vitest";
import { emitted, loginTexts } from "./emitted.js";
import { declaration } from "./fixture.js";

let module: string;
let types: string;
beforeAll(async () => {
  const files = await emitted(loginTexts());
  module = files.get("codef/login.ts") ?? "";
  types = files.get("codef/login.types.ts") ?? "";
});

describe("ways to log in", () => {
  test("a request is its own fields and one of the ways, under its Korean title", () => {
    expect(declaration(types, "/** 다시 로그인 요청 */")).toBe(`/** 다시 로그인 요청 */
export type SignInAgainRequest = {
  /** 기관코드 · 기본값 "0001" */
  organization?: string;
  /** 이름 */
  userName?: string;
} & (CertificateLogin | PfxLogin | AppLogin);`);
    expect(types).toContain("/** 등록할 계정 */\nexport type Account =");
    expect(types).toContain("/** 간편인증 로그인 */\nexport interface AppLogin {");
  });

  test("a constant is a constant, whatever the codes of its field, and its hover names no other", () => {
    expect(declaration(types, "export interface AppLogin")).toContain(
      '/** 로그인구분 · "5" 간편인증 */\n  loginType: "5";',
    );
    expect(declaration(types, "export interface CertificateLogin")).toContain('certType?: "1";');
    expect(types).not.toContain("@constant");
  });

  test("a named way is one constant, which every operation refers to", () => {
    expect(declaration(module, "const certificateLoginVariant")).toBe(`const certificateLoginVariant = {
  when: { loginType: "0", certType: "1" },
  required: ["certFile", "keyFile"],
  defaults: { certType: "1" },
};`);
    expect(declaration(module, "const pfxLoginVariant")).toBe(
      'const pfxLoginVariant = { when: { loginType: "0", certType: "pfx" }, required: ["certFile"] };',
    );
    const shared = 'variants: { "": [certificateLoginVariant, pfxLoginVariant, appLoginVariant] },';
    expect(declaration(module, "const signInOperation")).toContain(shared);
    expect(declaration(module, "const signInAgainOperation")).toContain(shared);
    expect(module.match(/ when: \{ loginType: "5" \}/g)).toHaveLength(1);
    expect(module.indexOf("const appLoginVariant")).toBeLessThan(module.indexOf("const signInOperation"));
  });

  test("ways of an item stand at its path, and one without a name is written out", () => {
    expect(declaration(module, "const registerOperation")).toContain(
      'variants: { "accountList[]": [appLoginVariant, { when: { loginType: "1" }, required: ["id"] }] },',
    );
  });

  test("what a way needs is not needed always, and its secrets are secrets", () => {
    const constant = declaration(module, "const signInAgainOperation");
    expect(constant).not.toContain("required:");
    expect(constant).toContain('defaults: { organization: "0001" },');
    expect(constant).toContain('files: ["certFile", "keyFile"],');
    expect(constant).toContain('sensitive: ["phoneNo"],');
  });

  test("an input with ways to log in cannot be left out, even if nothing else is needed", () => {
    expect(declaration(module, "export function signInAgain")).toContain("input: SignInAgainRequest,");
  });
});

describe("the second request of 추가인증", () => {
  test("its fields are no input, and nobody has to give them", () => {
    const request = declaration(types, "export type SignInRequest");
    expect(request).toContain("year: string;");
    expect(request).not.toMatch(/is2Way|smsAuthNo/);
    expect(declaration(module, "const signInOperation")).toContain('required: ["year"],');
  });

  test("its answers are still there", () => {
    expect(types).toContain("export type SignInAnswer = SmsAnswer | SecureNoAnswer;");
  });
});

describe("pages", () => {
  test("a paged operation has a second function that goes on by itself", () => {
    expect(declaration(module, "export function entriesPages")).toBe(`export function entriesPages(
  codef: Codef,
  input?: EntriesRequest,
  options?: CallOptions,
): AsyncGenerator<Reply<EntriesData>, void> {
  return pages(codef, entriesOperation, { page: "pageNo", more: "hasNext", next: "nextPageNo" }, input, options);
}`);
    expect(module).toMatch(/import \{[^}]*\bpages,/);
    expect(module.match(/export function \w+Pages/g)).toHaveLength(2);
  });

  test("its hover leads to the operation, shows how to use it, and says when it is deprecated", () => {
    expect(module).toContain(`/**
 * entries 조회, page after page: {@link entries} until there is none left.
 *
 * @example for await (const { data } of entriesPages(codef)) …
 */`);
    expect(module).toContain(` * @example for await (const { data } of oldEntriesPages(codef, input)) …
 * @deprecated Use {@link entries}.
 */
export function oldEntriesPages(`);
  });
});

test("a part of a multipart body is a file, and its hover says which kind", () => {
  expect(declaration(types, "export interface UploadRequest")).toContain("/** 파일 · image/png */\n  file: FileInput;");
  const constant = declaration(module, "const uploadOperation");
  expect(constant).toContain('files: ["file"],');
  expect(constant).toContain('bodyType: "multipart",');
});
