import { type ApiDocument, loadTexts, type Operation, type Schema } from "kofin/generator";
import { describe, expect, test } from "vitest";
import { document, operation, problemsOf, specTexts } from "./fixture.js";

function load(paths: string, schemas: string, blocks = ""): ApiDocument {
  const texts = specTexts({
    "test.yaml": document(paths, schemas),
    "blocks.yaml": `Envelope: { type: object, properties: { data: { title: 응답 데이터 } } }\n${blocks}`,
    "fields.yaml": "resAccount: { title: 계좌번호, type: string, maxLength: 20 }\n",
  });
  const found = loadTexts(texts)[0]?.documents.find(({ module }) => module === "test");
  if (found === undefined) throw new Error("no document");
  return found;
}

function only(document: ApiDocument): Operation {
  const [first] = document.operations;
  if (first === undefined) throw new Error("no operation");
  return first;
}

function dataOf({ response }: Operation): Schema {
  return response.properties?.data ?? {};
}

describe("schemas", () => {
  const built = load(
    operation("list"),
    `
ListRequest:
  title: 요청
  allOf: [{ $ref: blocks.yaml#/Connected }, { $ref: blocks.yaml#/Period }]
  required: [account]
  properties:
    account: { $ref: fields.yaml#/resAccount, description: 조회할 계좌 }
    startDate: { description: 덮어쓴 설명 }
ListData:
  title: 결과
  type: array
  x-shape: one-or-many
  items: { $ref: "#/components/schemas/Row" }
Row:
  title: 한 건
  type: object
  properties:
    resAccount: { $ref: fields.yaml#/resAccount }
    resOwner: { $ref: blocks.yaml#/Person, title: 예금주 }
    resAgent: { $ref: blocks.yaml#/Person, title: 대리인, properties: { resRole: { title: 역할, type: string } } }
    resChoice: { title: 둘 중 하나, oneOf: [{ $ref: blocks.yaml#/Person }, { type: string }] }
`,
    `
Connected: { title: 계정, type: object, required: [connectedId], properties: { connectedId: { title: 커넥티드아이디, type: string } } }
Period:
  type: object
  required: [startDate]
  properties: { startDate: { title: 시작일자, type: string, format: yyyymmdd } }
Person: { title: 사람, type: object, properties: { resName: { title: 이름, type: string } } }
`,
  );
  const { request } = only(built);
  const row = dataOf(only(built)).items?.properties ?? {};

  test("allOf is flattened in order, and what is required adds up", () => {
    expect(Object.keys(request?.properties ?? {})).toEqual(["connectedId", "startDate", "account"]);
    expect(request).toMatchObject({
      title: "요청",
      "x-name": "ListRequest",
      required: ["connectedId", "startDate", "account"],
    });
    expect(request).not.toHaveProperty("allOf");
  });

  test("a field is written out with what stands beside its ref", () => {
    expect(request?.properties?.account).toEqual({
      title: "계좌번호",
      type: "string",
      maxLength: 20,
      description: "조회할 계좌",
    });
    expect(request?.properties?.startDate).toMatchObject({
      title: "시작일자",
      format: "yyyymmdd",
      description: "덮어쓴 설명",
    });
  });

  test("named objects and lists keep their name, one value does not", () => {
    expect(dataOf(only(built))).toMatchObject({ "x-name": "ListData", "x-shape": "one-or-many" });
    expect(dataOf(only(built)).items?.["x-name"]).toBe("Row");
    expect(row.resAccount).not.toHaveProperty("x-name");
  });

  test("a label beside a ref leaves the name, further fields take it away", () => {
    expect(row.resOwner).toMatchObject({ "x-name": "Person", title: "예금주" });
    expect(row.resAgent).not.toHaveProperty("x-name");
    expect(Object.keys(row.resAgent?.properties ?? {})).toEqual(["resName", "resRole"]);
  });

  test("branches of a union are resolved", () => {
    expect(row.resChoice?.oneOf).toMatchObject([{ "x-name": "Person" }, { type: "string" }]);
  });

  test("the document knows its named schemas as they are defined", () => {
    expect(Object.keys(built.schemas)).toEqual(["ListRequest", "ListData", "Row", "Person"]);
    expect(built.schemas.Person?.title).toBe("사람");
  });

  test("the envelope keeps what the block says and gets the data", () => {
    expect(only(built).response).toMatchObject({ type: "object", properties: { data: { "x-name": "ListData" } } });
    expect(only(built).response).not.toHaveProperty("x-name");
  });
});

describe("operations", () => {
  const schemas = `
ListRequest: { title: 요청, type: object, properties: { a: { title: 가, type: string } } }
ListData: { title: 결과, type: object, properties: { b: { title: 나, type: string } } }
`;

  test("the document's x-retry is the default and the operation's own wins", () => {
    expect(only(load(operation("list"), schemas)).retry).toBe("safe");
    expect(only(load(operation("list", "x-retry: never"), schemas)).retry).toBe("never");
  });

  test("everything that an operation says is there", () => {
    const extra = `x-retry: never
x-success: [CF-04012]
x-two-way: { smsAuthNo: { type: object, properties: { smsAuthNo: { title: 인증번호, type: string } } } }`;
    expect(only(load(operation("list", extra), schemas))).toMatchObject({
      provider: "codef",
      module: "test",
      id: "list",
      method: "POST",
      path: "/v1/list",
      deprecated: false,
      success: ["CF-04012"],
      retry: "never",
      twoWay: { smsAuthNo: { properties: { smsAuthNo: { title: "인증번호" } } } },
      requestType: "application/json",
      sources: ["codef-io/codef-java"],
      at: { file: "specs/codef/test.yaml", line: 6, column: 5 },
    });
  });

  test("pages are asked for by the fields that the spec names", () => {
    const paged = only(load(operation("list", "x-paging: { next: b, more: b, page: a }"), schemas));
    expect(paged.paging).toEqual({ style: "page", page: "a", more: "b", next: "b" });
  });

  test("an example of the answer is kept", () => {
    const paths = operation("list").replace(
      "            schema:",
      "            example: { result: { code: CF-00000 } }\n            schema:",
    );
    expect(only(load(paths, schemas)).responseExample).toEqual({ result: { code: "CF-00000" } });
  });

  test("parameters of the path and of the operation come together, the operation's own win", () => {
    const parameters = `parameters:
  - { name: page, in: query, schema: { title: 페이지, type: integer } }`;
    const paths = operation("list", parameters).replace(
      "\n  post:",
      "\n  parameters: [{ name: page, in: query, schema: { type: string } }, { name: id, in: path, required: true, schema: { type: string } }]\n  post:",
    );
    expect(only(load(paths, schemas)).parameters).toEqual([
      { name: "page", in: "query", required: false, schema: { title: "페이지", type: "integer" } },
      { name: "id", in: "path", required: true, schema: { type: "string" } },
    ]);
  });
});

describe("names", () => {
  const row = (name: string) => `
ListRequest: { title: 요청, type: object, properties: { a: { title: 가, type: string } } }
ListData: { title: 결과, type: object, properties: { b: { title: 나, type: array, items: { $ref: ${name} } }, c: { title: 다, type: array, items: { $ref: "#/components/schemas/Row" } } } }
Row: { title: 행, type: object, properties: { d: { title: 라, type: string } } }
`;
  const findings = (schemas: string, paths = operation("list"), blocks = "") =>
    problemsOf(
      specTexts({ "test.yaml": document(paths, schemas), "blocks.yaml": `Envelope: { type: object }\n${blocks}` }),
    );

  test("two different schemas of one name are refused, two equal ones are not", () => {
    const other = "Row: { title: 다른 행, type: object, properties: { e: { title: 마, type: string } } }";
    expect(findings(row("blocks.yaml#/Row"), undefined, other)).toEqual([
      "specs/codef/test.yaml:6:5: two different schemas reach this document under the name Row: rename one of them",
    ]);
    const same = "Row: { title: 행, type: object, properties: { d: { title: 라, type: string } } }";
    expect(findings(row("blocks.yaml#/Row"), undefined, same)).toEqual([]);
  });

  test("a name that the runtime uses is refused", () => {
    expect(findings(row("blocks.yaml#/Reply"), undefined, "Reply: { type: object, properties: {} }")).toEqual([
      "specs/codef/test.yaml:6:5: the name Reply is taken by the runtime: rename the schema",
    ]);
  });

  test("a name that is generated is refused", () => {
    const twoWay = "x-retry: never\nx-two-way: { smsAuthNo: { type: object, properties: {} } }";
    const blocks = "ListAnswer: { type: object, properties: {} }";
    expect(findings(row("blocks.yaml#/ListAnswer"), operation("list", twoWay), blocks)).toEqual([
      "specs/codef/test.yaml:6:5: the name ListAnswer is generated for list: rename the schema",
    ]);
  });

  test.each(["x-encrypted: rsa", "contentEncoding: base64", "contentMediaType: image/png"])(
    "a schema with a field for requests only (%s) cannot stand in an answer, too",
    (mark) => {
      const secret = `Secret: { type: object, properties: { password: { title: 비밀번호, type: string, ${mark} } } }`;
      const schemas = row("blocks.yaml#/Secret").replace(
        "{ a: {",
        "{ s: { title: 비밀, $ref: blocks.yaml#/Secret }, a: {",
      );
      expect(findings(schemas, undefined, secret)).toEqual([
        "specs/codef/test.yaml:6:5: Secret stands in requests and in answers, but has fields that only a request can have: give the answer a schema of its own",
      ]);
    },
  );
});

test("organizations and result codes are read as data", () => {
  const [provider] = loadTexts(
    specTexts({
      "organizations.yaml":
        'public/nt: { title: 국세청, codes: { "0001": { name: 홈택스, note: 알림 } } }\nbank: { title: 은행, codes: { "0004": { name: KB국민은행 } } }\n',
    }),
  );
  expect(provider?.organizations).toEqual([
    { domain: "public/nt", title: "국세청", organizations: [{ code: "0001", name: "홈택스", note: "알림" }] },
    { domain: "bank", title: "은행", organizations: [{ code: "0004", name: "KB국민은행" }] },
  ]);
  expect(provider?.resultCodes).toEqual([{ code: "CF-00000", meaning: "성공", group: "success", advice: "success" }]);
});
