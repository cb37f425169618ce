import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { formatProblem, loadTexts, SpecError, type SpecText } from "kofin/generator";
import { onTestFinished } from "vitest";

/** Files of one provider, by name. */
export type Files = Record<string, string>;

/** What a provider of this package says of itself. */
function providerYaml(provider: string): Files {
  const file = new URL(`../../specs/${provider}/provider.yaml`, import.meta.url);
  return existsSync(file) ? { "provider.yaml": readFileSync(file, "utf8") } : {};
}

/** Specs that have nothing wrong with them: tests change one thing. */
export const sound: Files & Record<"bank.yaml", string> = {
  ...providerYaml("codef"),
  "bank.yaml": `openapi: 3.1.0
info: { title: CODEF 은행, version: "1", description: Bank accounts. }
x-retry: safe
paths:
  /v1/accounts:
    post:
      operationId: accountList
      summary: 보유계좌 조회
      description: Lists accounts.
      x-confidence: high
      x-source: [codef-io/codef-java]
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/AccountListRequest" } } } }
      responses:
        "200":
          description: 계좌
          content:
            application/json:
              schema:
                $ref: blocks.yaml#/Envelope
                properties: { data: { $ref: "#/components/schemas/AccountListData" } }
components:
  schemas:
    AccountListRequest:
      title: 보유계좌 조회 요청
      type: object
      required: [connectedId]
      properties:
        connectedId: { title: 커넥티드아이디, type: string }
        organization: { title: 기관코드, type: string, x-organization: bank }
    AccountListData:
      title: 보유계좌 조회 결과
      type: object
      properties:
        resAccount: { $ref: fields.yaml#/resAccount }
`,
  "fields.yaml": "resAccount: { title: 계좌번호, type: string }\n",
  "blocks.yaml": "Envelope: { type: object, properties: { data: { title: 응답 데이터 } } }\n",
  "organizations.yaml": 'bank: { title: 은행, codes: { "0004": { name: KB국민은행 } } }\n',
  "result-codes.yaml": "CF-00000: { meaning: 성공, group: success, advice: success }\n",
};

/** A document around operations and schemas, for tests of what becomes of them. */
export function document(paths: string, schemas: string, title = "문서"): string {
  const indent = (text: string, depth: number) => text.trim().replace(/^/gm, " ".repeat(depth));
  return `openapi: 3.1.0
info: { title: ${title}, version: "1", description: A document. }
x-retry: safe
paths:
${indent(paths, 2)}
components:
  schemas:
${indent(schemas, 4)}
`;
}

/** One operation whose request and answer are the named schemas. `extra` is further lines of it. */
export function operation(id: string, extra = "", request: string | undefined = `${pascal(id)}Request`): string {
  const body = `requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/${request}" } } } }`;
  return `
/v1/${id}:
  post:
    operationId: ${id}
    summary: ${id} 조회
    description: Returns ${id}.
    x-confidence: high
    x-source: [codef-io/codef-java]
    ${extra.trim().replace(/\n/g, "\n    ")}
    ${request === "" ? "" : body}
    responses:
      "200":
        description: 결과
        content:
          application/json:
            schema:
              $ref: blocks.yaml#/Envelope
              properties: { data: { $ref: "#/components/schemas/${pascal(id)}Data" } }
`.trimEnd();
}

function pascal(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}

/** The sound specs with some files replaced or added. */
export function specTexts(files: Files = {}): SpecText[] {
  return textsOf({ ...sound, ...files }, "codef");
}

/** Files of a provider as they come from the disk, with what it says of itself. */
export function textsOf(files: Files, provider: string): SpecText[] {
  return Object.entries({ ...providerYaml(provider), ...files }).map(([name, text]) => ({
    provider,
    file: `specs/${provider}/${name}`,
    text,
  }));
}

/** The declaration in generated code that starts with `start`, up to the next blank line. */
export function declaration(text: string, start: string): string {
  const from = text.indexOf(start);
  if (from < 0) throw new Error(`no ${start} in\n${text}`);
  return text.slice(from).split("\n\n")[0]?.trim() ?? "";
}

/** What is wrong with specs, as it is printed. */
export function problemsOf(texts: SpecText[]): string[] {
  try {
    loadTexts(texts);
    return [];
  } catch (error) {
    if (error instanceof SpecError) return error.problems.map(formatProblem);
    throw error;
  }
}

/** A folder that is gone after the test, with `files` in it. */
export function temporaryFolder(files: Files = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "kofin-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
