/** What a document of a broker says beyond payments and pets: orders in one of two shapes, open enums, limits by name, feeds of JSON. */
import { generate, loadTexts, type Provider } from "kofin/generator";
import { expect, test } from "vitest";
import { problemsOf } from "./fixture.js";

const document = `openapi: 3.1.0
info: { title: Broker, version: "1" }
servers: [{ url: "https://broker.example" }]
paths:
  /orders:
    post:
      tags: [Order]
      operationId: createOrder
      parameters: [{ name: X-Account, in: header, required: true, schema: { type: integer } }]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/NewOrder" } } }
      responses: { "200": { description: 주문, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } } }
  /orders/{id}:
    delete:
      tags: [Order]
      operationId: cancelOrder
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "204": { description: 취소 } }
components:
  schemas:
    NewOrder: { oneOf: [{ $ref: "#/components/schemas/ByQuantity" }, { $ref: "#/components/schemas/ByAmount" }] }
    ByQuantity: { type: object, required: [quantity], properties: { key: { type: string }, quantity: { type: string, format: decimal } } }
    ByAmount: { type: object, required: [amount], properties: { key: { type: string }, amount: { type: string, format: decimal } } }
    Order: { type: object, properties: { id: { type: string }, side: { $ref: "#/components/schemas/Side" } } }
    Side: { type: string, enum: [BUY, SELL] }
`;

const overlay = `overlay: 1.0.0
info: { title: What we know, version: 1.0.0 }
extends: openapi.yaml
actions:
  - target: $.components.schemas..[?@.enum]
    update: { x-open: true }
  - target: $.paths['/orders'].post.parameters[0].schema
    update: { x-from: account }
  - target: $.paths['/orders'].post
    update: { x-retry: idempotency-key, x-idempotency-key: { field: key, lifetimeSeconds: 600 }, x-limit: ORDER }
`;

const provider = `title: Broker
limitHeader: X-RateLimit-Limit
limits:
  - { name: ORDER, perSecond: 10, burst: 10 }
  - { name: INFO, perSecond: 6, slower: [{ from: "09:00", until: "09:10", perSecond: 3 }] }
generator: { features: [feeds], fills: [account] }
`;

const feeds = `openapi: 3.1.0
info: { title: Live, version: "1" }
webhooks:
  "personal:order":
    post:
      operationId: personalOrder
      summary: 주문
      description: What becomes of orders.
      x-feed: { key: account }
      x-confidence: high
      x-source: [broker]
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Told" } } } }
components:
  schemas:
    Told: { title: 주문, type: object, properties: { order: { title: 주문, $ref: "openapi.yaml#/components/schemas/Order" } } }
`;

const files = {
  "openapi.yaml": document,
  "overlay.yaml": overlay,
  "provider.yaml": provider,
  "realtime-order.yaml": feeds,
  "feed-keys.yaml": "account: { title: 계좌, type: string, x-from: account }\n",
};

function texts(changed: Partial<typeof files> = {}) {
  return Object.entries({ ...files, ...changed }).map(([name, text]) => ({
    provider: "broker",
    file: `specs/broker/${name}`,
    text,
  }));
}

function load(changed?: Partial<typeof files>): Provider {
  const [found] = loadTexts(texts(changed));
  if (!found) throw new Error("nothing was loaded");
  return found;
}

const problems = (changed: Partial<typeof files>) => problemsOf(texts(changed)).join("\n");

test("a body of one of several objects is the input where nothing has to stand beside it", async () => {
  const text = (await generate([load()])).get("broker/order.types.ts") ?? "";
  expect(text).toContain("export type NewOrder = ByQuantity | ByAmount;");
  const module = (await generate([load()])).get("broker/order.ts") ?? "";
  expect(module).toMatch(/createOrder\(\s*broker: Broker,\s*input: NewOrder/);
  expect(module).toContain('decimals: ["quantity", "amount"]');
  expect(module).not.toContain('body: "body"');
});

test("but not where something has", async () => {
  const given = overlay.replace("update: { x-from: account }", "update: { title: 계좌 }");
  const module = (await generate([load({ "overlay.yaml": given })])).get("broker/order.ts") ?? "";
  expect(module).toContain('body: "body"');
});

test("an operation names its limit, and one that there is", async () => {
  expect((await generate([load()])).get("broker/order.ts")).toContain('limit: "ORDER"');
  const wrong = problems({ "overlay.yaml": overlay.replace("x-limit: ORDER", "x-limit: ORDERS") });
  expect(wrong).toContain("x-limit must name a limit of provider.yaml");
});

test("a limit is slower at times of day", () => {
  const { limits, limitHeader } = load().settings.data;
  expect(limitHeader).toBe("X-RateLimit-Limit");
  expect(limits?.[1]).toEqual({
    name: "INFO",
    perSecond: 6,
    slower: [{ from: "09:00", until: "09:10", perSecond: 3 }],
  });
  const wrong = problems({ "provider.yaml": provider.replace('"09:10"', '"9:10"') });
  expect(wrong).toContain("limits[1].slower[0].until must be a time of day in Korea, like 09:00");
});

test("an enum that is open is an open union of what comes back, and a closed one of what is sent", async () => {
  const sent = document.replace("properties: { key", "properties: { side: { $ref: '#/components/schemas/Side' }, key");
  const types = (await generate([load({ "openapi.yaml": sent })])).get("broker/order.types.ts") ?? "";
  const shared = (await generate([load({ "openapi.yaml": sent })])).get("broker/shared.types.ts") ?? "";
  expect(types + shared).toContain('export type Side = "BUY" | "SELL" | (string & {});');
  expect(types + shared).toContain('export type SideInput = "BUY" | "SELL";');
  expect(types).toContain("side?: SideInput;");
});

test("a feed of JSON is listened to by its topic, with code of the provider's own", async () => {
  const module = (await generate([load()])).get("broker/realtime-order.ts") ?? "";
  expect(module).toContain('from "../../runtime/broker/realtime/index.js"');
  expect(module).toContain('{ id: "realtime-order.personalOrder", topic: "personal:order", key: "account" }');
  expect(module).toContain('import type { Broker } from "./provider.js"');
});

test("204 says what comes back: nothing", () => {
  const said = load().warnings?.map(({ message }) => message) ?? [];
  expect(said.filter((message) => message.includes("has no schema for its answer"))).toEqual([]);
});
