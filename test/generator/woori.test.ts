import { loadTexts } from "kofin/generator";
import { beforeAll, expect, test } from "vitest";
import { emitted } from "./emitted.js";
import { declaration, textsOf } from "./fixture.js";
import { woori } from "./provider-specs.js";

const texts = () => textsOf(woori.files, "woori");

let module: string;
let types: string;
beforeAll(async () => {
  const files = await emitted(texts());
  module = files.get("woori/finance.ts") ?? "";
  types = files.get("woori/finance.types.ts") ?? "";
});

test("the request is the whole wire body, in a GET too", () => {
  const [balance, limit] = loadTexts(texts())[0]?.documents[0]?.operations ?? [];
  expect(balance?.request).toMatchObject({
    required: ["dataHeader", "dataBody"],
    properties: { dataHeader: { "x-from": "device" }, dataBody: { "x-name": "BalanceRequest", title: "잔액 요청" } },
  });
  expect(limit).toMatchObject({ method: "GET", requestIn: "body", requestType: "application/json" });
});

test("callers pass and get what stands in dataBody, and paths begin there", () => {
  expect(declaration(module, "export function balance")).toContain("input: BalanceRequest");
  expect(declaration(module, "export function balance")).toContain("Promise<Reply<BalanceData>>");
  expect(declaration(module, "const balanceOperation")).toBe(`const balanceOperation: WooriOperation = {
  id: "finance.balance",
  method: "POST",
  path: "/v1/balance",
  retry: "safe",
  headers: { appKey: "appKey" },
  required: ["ACNO"],
  defaults: { KIND: "1" },
  sensitive: ["ACNO"],
  many: ["GRID"],
  one: [""],
};`);
});

test("nothing of the envelopes becomes a type", () => {
  expect(types).not.toMatch(/dataHeader|dataBody|Device|interface (Request|Answer)\b/);
  expect(types).toContain("BAL?: number | string;");
});

test("the runtime is told which input is a number, and what took the place of an operation", () => {
  expect(declaration(module, "const limitOperation")).toContain(
    '  numbers: ["CHIL_C", "LIST[].AM"],\n  successor: "finance/balance",\n',
  );
  expect(declaration(module, "const balanceOperation")).not.toMatch(/numbers|successor/);
});

test("headers that the client fills in are no input", () => {
  expect(declaration(module, "export function check")).toContain("(woori: Woori, options?: CallOptions)");
  expect(declaration(module, "const checkOperation")).toContain('headers: { appKey: "appKey" },');
});
