import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadTexts } from "kofin/generator";
import { describe, expect, test } from "vitest";
import { root } from "../../bench/package-root.js";
import { type Case, mark, outcomeOf, type SoundSpecs } from "./edit.js";
import { emitted } from "./emitted.js";
import { declaration, document, operation, problemsOf, textsOf } from "./fixture.js";

/** A provider that nobody wrote a runtime for. */
const acme: SoundSpecs & { files: Record<"provider.yaml" | "pay.yaml", string> } = {
  provider: "acme",
  main: "provider.yaml",
  files: {
    "provider.yaml": `title: Acme Pay
rules: own
client: AcmePay
environments: { test: https://test.acme.example, live: https://api.acme.example/v1 }
auth: { type: apiKey, in: header, name: X-Api-Key }
answer: { data: data, success: { path: ok, values: [true] }, code: error.code, message: error.message }
limits: [{ perSecond: 5, burst: 2, path: /v1/pay }, { perSecond: 1, each: true }]
defaults: { timeoutMs: 10000, retries: 1 }
paging: { more: x-more, values: ["Y"], ask: { x-more: "Y", x-key: =x-key } }
generator:
  fills: [merchant]
`,
    "pay.yaml": document(
      operation("balance"),
      `
BalanceRequest: { title: 잔액 요청, type: object, required: [id], properties: { id: { title: 아이디, type: string } } }
BalanceData: { title: 잔액, type: object, properties: { amount: { title: 금액, type: string } } }
`,
    ),
    "blocks.yaml": "Envelope: { type: object, properties: { data: { title: 응답 데이터 } } }\n",
    "result-codes.yaml":
      "E01: { meaning: 한도, group: limit, advice: limit }\nOK: { meaning: 성공, group: ok, advice: success }\n",
  },
};

const cases: Case[] = [
  {
    rule: "an unknown key",
    from: "environments:",
    to: `${mark}enviroments:`,
    message: 'provider.yaml has no key enviroments; did you mean "environments"?',
  },
  {
    rule: "an unknown key far from any",
    from: "defaults: {",
    to: `defaults: { ${mark}abcdefgh: 1,`,
    message: "defaults has no key abcdefgh; it has timeoutMs, answerTimeoutMs, retries, retryDelayMs",
  },
  {
    rule: "no title",
    from: "title: Acme Pay\n",
    to: mark,
    message: "provider.yaml has no title: say what people call the provider",
  },
  {
    rule: "an address that is none",
    from: "https://test.acme.example",
    to: `${mark}test.acme.example`,
    message: "environments.test must be an address like https://api.example.com",
  },
  {
    rule: "auth without a type",
    from: "auth: { type: apiKey, in: header, name: X-Api-Key }",
    to: `${mark}auth: { in: header, name: X-Api-Key }`,
    message: "auth has no type: choose from none, apiKey, bearer, basic, clientCredentials, authorizationCode, custom",
  },
  {
    rule: "an unknown type of auth",
    from: "type: apiKey,",
    to: `type: ${mark}apikey,`,
    message:
      'auth.type must be none or apiKey or bearer or basic or clientCredentials or authorizationCode or custom; did you mean "apiKey"?',
  },
  {
    rule: "an API key that is nowhere",
    from: "in: header, name: X-Api-Key",
    to: "name: X-Api-Key",
    message: "auth has no in: say header or query",
  },
  {
    rule: "a token without an address",
    from: "auth: { type: apiKey, in: header, name: X-Api-Key }",
    to: `${mark}auth: { type: clientCredentials, body: json }`,
    message: "auth has no url: say where tokens come from, as an address or a path at the base URL",
  },
  {
    rule: "a word for what a new token does to the old",
    from: "auth: { type: apiKey, in: header, name: X-Api-Key }",
    to: `auth: { type: clientCredentials, url: /token, reissue: ${mark}kill-old }`,
    message: 'auth.reissue must be independent or same-token or kills-old; did you mean "kills-old"?',
  },
  {
    rule: "a success without values",
    from: "success: { path: ok, values: [true] }",
    to: `${mark}success: { path: ok }`,
    message: "answer.success has no values: list what it says of a success",
  },
  {
    rule: "a field path with blanks",
    from: "code: error.code",
    to: `code: ${mark}error code`,
    message: "answer.code must be a field, or a path like error.code",
  },
  {
    rule: "a limit of nothing",
    from: "perSecond: 5",
    to: `perSecond: ${mark}0`,
    message: "limits[0].perSecond must be a number above 0",
  },
  {
    rule: "limits that are no list",
    from: "limits: [{ perSecond: 5, burst: 2, path: /v1/pay }, { perSecond: 1, each: true }]",
    to: `limits: ${mark}{ perSecond: 5 }`,
    message: "limits must be a list of limits",
  },
  {
    rule: "a count that is half",
    from: "retries: 1",
    to: `retries: ${mark}0.5`,
    message: "defaults.retries must be a whole number",
  },
  {
    rule: "paging by headers without what asks",
    from: ', ask: { x-more: "Y", x-key: =x-key }',
    to: "",
    message: "paging has no ask: say with which headers a further page is asked for",
  },
  {
    rule: "a client that cannot be a type",
    from: "client: AcmePay",
    to: `client: ${mark}acme-pay`,
    message: "client must be a type's name",
  },
  {
    rule: "a feature that only a runtime of its own has",
    from: "  fills: [merchant]\n",
    to: `  features: [${mark}masters]\n`,
    message: "generator.features: masters needs a runtime written for the provider: say runtime: own, or take it out",
  },
  {
    rule: "what stands beside feeds, without feeds",
    from: "  fills: [merchant]\n",
    to: `  besideFeeds: ${mark}[search]\n`,
    message: "generator.besideFeeds stands beside feeds, and there are none: say features: [feeds]",
  },
  {
    rule: "two ways to find the data",
    from: "  fills: [merchant]\n",
    to: `  envelope: ${mark}Envelope\n`,
    message: "generator.envelope cannot stand beside answer.data: take one of them out",
  },
  {
    rule: "rules that nobody knows",
    from: "rules: own",
    to: `rules: ${mark}strict`,
    message: "rules must be openapi or own",
  },
  {
    rule: "an extension whose feature is not switched on",
    file: "pay.yaml",
    from: "id: { title: 아이디, type: string }",
    to: `id: { title: 아이디, type: string, ${mark}x-encrypted: rsa }`,
    message:
      "x-encrypted needs the feature encryption: list it under generator.features of provider.yaml, or take x-encrypted out",
  },
];

test("the specs have nothing wrong with them", () => {
  expect(problemsOf(textsOf(acme.files, acme.provider))).toEqual([]);
});

/** A key that is missing is missed where its map begins. */
const withoutMark = (example: Case) => !example.to.includes(mark);

test.each(cases)("$rule is found, where it stands and with its mend", (example) => {
  if (withoutMark(example)) {
    const name = example.message.split(" ")[0];
    const line = (acme.files["provider.yaml"] ?? "").split("\n").findIndex((text) => text.startsWith(`${name}:`)) + 1;
    const edited = {
      ...acme.files,
      "provider.yaml": acme.files["provider.yaml"].replace(example.from ?? "", example.to),
    };
    const expected = `specs/acme/provider.yaml:${line}:1: ${example.message}`;
    expect(problemsOf(textsOf(edited, "acme"))).toEqual([expected]);
    return;
  }
  const { problems, expected } = outcomeOf(acme, example);
  expect(problems).toEqual([expected]);
});

test("a symbol file needs its feature, too", () => {
  const files = { ...acme.files, "masters.yaml": "host: https://x.example\n" };
  expect(problemsOf(textsOf(files, "acme"))).toContain(
    "specs/acme/masters.yaml:1:1: masters.yaml needs the feature masters: list it under generator.features of provider.yaml",
  );
});

test("a folder without provider.yaml goes by its name, and by what its documents say", () => {
  const { "provider.yaml": _, ...files } = acme.files;
  const settings = loadTexts(textsOf(files, "acme-pay"))[0]?.settings;
  expect(settings).toMatchObject({ client: "AcmePay", rules: "openapi", runtime: "general" });
});

describe("a provider without a runtime of its own", () => {
  test("is generated as data, with the advice of its result codes, and its functions use the general one", async () => {
    const files = await emitted(textsOf(acme.files, "acme"), "kofin/{provider}");
    expect(
      files.get("acme/provider.ts"),
    ).toBe(`// Generated by kofin from specs/acme/provider.yaml. Do not edit: change the spec and run \`npm run generate\`.
import type { Client, ProviderData } from "kofin/provider";

/** Acme Pay, as \`defineProvider\` and the sandbox read it. */
export const acme = {
  name: "acme",
  environments: { test: "https://test.acme.example", live: "https://api.acme.example/v1" },
  auth: { type: "apiKey", in: "header", name: "X-Api-Key" },
  answer: { data: "data", success: { path: "ok", values: [true] }, code: "error.code", message: "error.message" },
  limits: [
    { perSecond: 5, burst: 2, path: "/v1/pay" },
    { perSecond: 1, each: true },
  ],
  defaults: { timeoutMs: 10000, retries: 1 },
  paging: { more: "x-more", values: ["Y"], ask: { "x-more": "Y", "x-key": "=x-key" } },
  advice: { E01: "limit" },
} as const satisfies ProviderData;

/** What the functions of Acme Pay are called with. */
export type AcmePay = Client<"acme">;
`);
    const module = files.get("acme/pay.ts") ?? "";
    expect(module).toContain(
      'import { call, type ApiOperation, type CallOptions, type Reply } from "kofin/provider/functions";',
    );
    expect(module).toContain('import type { AcmePay } from "./provider.js";');
    expect(declaration(module, "const balanceOperation")).toContain("const balanceOperation: ApiOperation = {");
  });

  test("in this repository it is imported from the source", async () => {
    const files = await emitted(textsOf(acme.files, "acme"));
    expect(files.get("acme/provider.ts")).toContain('from "../../runtime/provider/index.js"');
    expect(files.get("acme/pay.ts")).toContain('from "../../runtime/provider/functions.js"');
  });
});

test("no provider is named in the generator, in no file and in no file's name", () => {
  const entries = readdirSync(join(root, "generator"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(60);
  const names =
    /codef|\bkis\b|(?<![a-z])kis(?=[A-Z])|koreainvestment|open ?banking|woori|kiwoom|toss|한국투자|우리은행|키움|토스|오픈뱅킹/i;
  const found = files.filter((file) => names.test(file.slice(root.length)) || names.test(readFileSync(file, "utf8")));
  expect(found).toEqual([]);
  expect(names.test("the tr_id of KIS")).toBe(true);
});
