import { camelCase, pascalCase } from "../../generator/names.js";

/** What the files of a new provider are about. */
export interface NewProvider {
  /** The folder's name: `acme-pay`. */
  name: string;
  /** Where generated code goes, and the files of the application, as paths from the project. */
  specs: string;
  out: string;
}

/** Path → text of everything that a new provider begins with. */
export function providerFiles({ name, specs, out }: NewProvider): Map<string, string> {
  return new Map([
    [`${specs}/${name}/provider.yaml`, providerYaml(name)],
    [`${specs}/${name}/payments.yaml`, paymentsYaml(name)],
    [`src/${name}.ts`, clientText(name, out)],
    [`test/${name}.test.ts`, testText(name, specs, out)],
  ]);
}

function providerYaml(name: string): string {
  return `# What holds for all of ${name}. Any key that is not known is refused by \`kofin check\`.
title: ${pascalCase(name)}
# Written for kofin: what breaks one of its rules is an error. \`openapi\`, for documents of others, makes it a warning.
rules: own

# Name → base URL. The first is meant when a client names none.
environments:
  test: https://test.${name}.example
  live: https://api.${name}.example

# How a client is known: none, apiKey, bearer, basic, clientCredentials, authorizationCode or custom.
auth: { type: apiKey, in: header, name: X-Api-Key }
# auth: { type: clientCredentials, url: /oauth2/token, reissue: kills-old }

# How an answer is read: {"ok":true,"data":{…}} or {"ok":false,"error":{"code":"…","message":"…"}}, in HTTP 200 both.
# Leave \`answer\` out where the whole body is the data and HTTP says what failed.
answer:
  data: data
  success: { path: ok, values: [true] }
  code: error.code
  message: error.message

# limits: [{ perSecond: 5, burst: 2 }]
# defaults: { timeoutMs: 30000, retries: 2 }
`;
}

function paymentsYaml(name: string): string {
  return `openapi: 3.1.0
info: { title: ${pascalCase(name)} payments, version: "1", description: Payments and their list. }
servers: [{ url: "https://api.${name}.example" }]
paths:
  # The path, as it is sent. One document is one module: this one is ${name}/payments.
  /payments:
    get:
      operationId: listPayments # the name of the function
      summary: 결제 목록 조회 # what the provider calls it
      description: Returns payments, newest first.
      x-retry: safe # may be sent again by itself
      x-confidence: medium # high: official, or three sources; medium: two; low: one
      x-source: [https://docs.${name}.example]
      x-paging: { style: cursor, cursor: cursor, next: nextCursor } # makes listPaymentsPages
      # The query of a GET is one object.
      parameters:
        - { name: query, in: query, style: form, explode: true, schema: { $ref: "#/components/schemas/ListPaymentsRequest" } }
      responses:
        "200":
          description: 결제 목록
          content: { application/json: { schema: { type: object, properties: { data: { title: 결과, $ref: "#/components/schemas/ListPaymentsData" } } } } }
    post:
      operationId: createPayment
      summary: 결제 요청
      description: Pays.
      x-retry: never # moves money: sent at most once
      x-settled-by: payments/listPayments # tells what became of it when no answer came
      x-confidence: medium
      x-source: [https://docs.${name}.example]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/CreatePaymentRequest" } } }
      responses:
        "200":
          description: 결제
          content: { application/json: { schema: { type: object, properties: { data: { title: 결과, $ref: "#/components/schemas/Payment" } } } } }
components:
  schemas:
    ListPaymentsRequest:
      title: 결제 목록 조회 요청
      type: object
      properties:
        cursor: { title: 다음 쪽, type: string }
        limit: { title: 건수, type: integer, examples: [20] }
    ListPaymentsData:
      title: 결제 목록
      type: object
      properties:
        payments: { title: 결제, type: array, items: { $ref: "#/components/schemas/Payment" } }
        nextCursor: { title: 다음 쪽, type: string }
    CreatePaymentRequest:
      title: 결제 요청
      type: object
      required: [orderId, amount]
      properties:
        orderId: { title: 주문번호, type: string, maxLength: 40, examples: [order-1] }
        amount: { title: 금액, type: string, format: decimal, examples: ["10000"] }
        memo: { title: 메모, type: string, x-sensitive: true, examples: [점심] } # never in a log or an error
    Payment:
      title: 결제
      type: object
      properties:
        paymentId: { title: 결제번호, type: string, examples: [pay_0001] }
        orderId: { title: 주문번호, type: string, examples: [order-1] }
        amount: { title: 금액, type: string, examples: ["10000"] }
        status: { title: 상태, type: string, x-codes: { PAID: 완료, CANCELED: 취소 } }
`;
}

function clientText(name: string, out: string): string {
  const constant = camelCase(name);
  return `import { defineProvider } from "kofin/provider";
import { ${constant} } from "${relativeFrom("src", out)}/${name}/provider.js";

/**
 * A client of ${pascalCase(name)}, for the functions of \`${out}/${name}\`.
 * @example
 * const client = create${pascalCase(name)}({ environment: "test", apiKey });
 * const { data } = await listPayments(client, { limit: 20 });
 */
export const create${pascalCase(name)} = defineProvider(${constant});
`;
}

function testText(name: string, specs: string, out: string): string {
  const generated = `${relativeFrom("test", out)}/${name}`;
  return `import assert from "node:assert/strict";
import { test } from "node:test";
import { loadSpecs } from "kofin/generator";
import { createSandbox } from "kofin/sandbox";
import { create${pascalCase(name)} } from "../src/${name}.js";
import { createPayment, listPayments } from "${generated}/payments.js";

// A mock of the provider, made of its specs alone. Nothing leaves the process.
const sandbox = createSandbox({ specs: loadSpecs("${specs}", { providers: ["${name}"] }) });
const { fetch, baseUrl, apiKey = "" } = sandbox.provider("${name}").options;
const client = create${pascalCase(name)}({ fetch, baseUrl, apiKey });

test("payments are listed", async () => {
  const { data } = await listPayments(client);
  assert.ok(Array.isArray(data.payments));
});

test("a payment is made once", async () => {
  const { data } = await createPayment(client, { orderId: "order-1", amount: "10000" });
  assert.equal(typeof data.paymentId, "string");
  assert.equal(sandbox.provider("${name}").effects.length, 1);
});
`;
}

/** `src/generated` from `src` is `./generated`, from `test` `../src/generated`. */
function relativeFrom(folder: string, path: string): string {
  return path.startsWith(`${folder}/`) ? `.${path.slice(folder.length)}` : `../${path}`;
}
