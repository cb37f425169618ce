import { type ApiDocument, loadTexts, type Operation } from "kofin/generator";
import { beforeAll, describe, expect, test } from "vitest";
import { emitted } from "./emitted.js";
import { declaration, textsOf } from "./fixture.js";
import { kis } from "./provider-specs.js";

const texts = () => textsOf(kis.files, "kis");

describe("the model", () => {
  const document = loadTexts(texts())[0]?.documents[0] as ApiDocument;

  function find(id: string): Operation {
    const found = document.operations.find((operation) => operation.id === id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found;
  }

  test("a query in one object is the request, and no parameter", () => {
    expect(find("prices")).toMatchObject({ method: "GET", requestIn: "query", parameters: [] });
    expect(find("prices").request).toMatchObject({
      "x-name": "PricesRequest",
      required: ["SCR", "CODE", "CTX_AREA_FK"],
    });
    expect(find("prices")).not.toHaveProperty("requestType");
    expect(find("order")).toMatchObject({ requestIn: "body", requestType: "application/json" });
    expect(find("holidays")).not.toHaveProperty("requestIn");
  });

  test("the answer is the whole body, and data what stands beside the envelope", () => {
    const { response, data } = find("prices");
    expect(Object.keys(response.properties ?? {})).toEqual(["rt_cd", "msg1", "ctx_area_fk", "output"]);
    expect(response.required).toEqual(["rt_cd"]);
    expect(data).toMatchObject({ "x-name": "PricesData", title: "시세 결과" });
    expect(Object.keys(data?.properties ?? {})).toEqual(["ctx_area_fk", "output"]);
    expect(find("tokenP").data?.["x-name"]).toBe("TokenPData");
  });

  test("the wire schema keeps what the client fills in, and knows nothing of action and account", () => {
    const { request } = find("order");
    expect(request?.required).toEqual(["CANO", "ACNT_PRDT_CD", "EXCG", "PDNO", "ORD_QTY"]);
    expect(Object.keys(request?.properties ?? {})).not.toEqual(expect.arrayContaining(["action"]));
    expect(request?.properties?.CANO).toMatchObject({ "x-from": "account", "x-sensitive": true });
    expect(request?.properties?.PDNO?.["x-also"]).toEqual(["PDN0"]);
  });

  test("tr_id with its old names, look-up, token and pages are plain data", () => {
    expect(find("order")).toMatchObject({
      settledBy: "stock/prices",
      trId: {
        real: { usBuy: "TTTT1002U", usSell: "TTTT1006U", hkBuy: "TTTS1002U" },
        mock: { usBuy: "VTTT1002U", usSell: "VTTT1001U" },
        legacy: { usBuy: "JTTT1002U" },
        when: { hkBuy: { EXCG: ["SEHK"] } },
      },
    });
    expect(find("tokenP").auth).toBe("none");
    expect(find("prices").paging).toEqual({ style: "header-key", keys: { CTX_AREA_FK: "ctx_area_fk" } });
    expect(find("holidays").paging).toEqual({ style: "header-key" });
    expect(find("ticks").paging).toEqual({ style: "key", keys: { KEY: "output.index_key" }, set: { KIND: "P" } });
    expect(find("chart").paging).toEqual({ style: "walk", list: "output", back: { TO: "day" }, until: "FROM" });
  });
});

describe("generated code", () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await emitted(texts());
  });
  const module = () => files.get("kis/stock.ts") ?? "";
  const types = () => files.get("kis/stock.types.ts") ?? "";

  test("the constant of an order says what the runtime needs, and leaves the sandbox's names out", () => {
    expect(declaration(module(), "const orderOperation")).toBe(`const orderOperation: KisOperation = {
  id: "stock.order",
  method: "POST",
  path: "/v1/order",
  retry: "never",
  settledBy: "stock/prices",
  trId: {
    real: { usBuy: "TTTT1002U", usSell: "TTTT1006U", hkBuy: "TTTS1002U" },
    mock: { usBuy: "VTTT1002U", usSell: "VTTT1001U" },
    when: { usBuy: { EXCG: ["NASD", "NYSE"] }, usSell: { EXCG: ["NASD", "NYSE"] }, hkBuy: { EXCG: ["SEHK"] } },
  },
  required: ["EXCG", "PDNO", "ORD_QTY"],
  from: { CANO: "account", ACNT_PRDT_CD: "account" },
  accepts: { PDNO: ["PDN0"] },
  sensitive: ["account", "CANO", "ACNT_PRDT_CD"],
  also: { "output.ODNO": ["odno", "order_no"] },
};`);
  });

  test("fixed and blank fields are defaults, lists and objects are told apart, headers come from the client", () => {
    expect(declaration(module(), "const pricesOperation")).toContain(
      '  required: ["CODE"],\n  defaults: { SCR: "20171", CTX_AREA_FK: "" },\n  also: { output: ["output1"], "output[].prpr": ["stck_prpr"] },',
    );
    expect(declaration(module(), "const chartOperation")).toContain('many: ["output"]');
    expect(declaration(module(), "const ticksOperation")).toContain('one: ["output"]');
    expect(declaration(module(), "const hashOperation")).toContain('auth: "none",\n  headers: { appkey: "appKey" },');
    expect(declaration(module(), "const holidaysOperation")).not.toMatch(
      /required|defaults|from|headers|also|many|one:/,
    );
  });

  test("an input holds the action and the account number ahead of the fields, and asks for what nobody fills in", () => {
    expect(declaration(types(), "/** 주문 요청 */")).toBe(`/** 주문 요청 */
export interface OrderRequest {
  /** 업무 구분. usBuy·usSell: EXCG NASD·NYSE. hkBuy: EXCG SEHK. 모의투자는 usBuy, usSell만 */
  action: "usBuy" | "usSell" | "hkBuy";
  /** 계좌번호. 종합계좌번호-상품코드. 생략하면 클라이언트의 계좌 · 예 "12345678-01" */
  account?: string;
  /** 종합계좌번호 · 최대 8자 · from the client when left out */
  CANO?: string;
  /** 계좌상품코드 · 최대 2자 · from the client when left out */
  ACNT_PRDT_CD?: string;
  /** 거래소 · "NASD" 나스닥 · "NYSE" 뉴욕 · "SEHK" 홍콩 */
  EXCG: "NASD" | "NYSE" | "SEHK" | (string & {});
  /** 상품번호 */
  PDNO: string;
  /** 주문수량 · 숫자 */
  ORD_QTY: Decimal;
  /** 주문단가 · 숫자 */
  ORD_UNPR?: Decimal;
}`);
    expect(types()).toContain('import type { Decimal } from "../../runtime/kis/functions.js";');
    expect(declaration(types(), "export interface PricesRequest")).toMatch(
      /SCR\?: "20171";[\s\S]*CTX_AREA_FK\?: string;/,
    );
  });

  test("callers get the sections without the envelope, and an example of a type's notation on hover", () => {
    expect(declaration(types(), "/** 시세 결과 */")).not.toMatch(/rt_cd|msg1/);
    expect(types()).toContain("/** 종목코드 · AN(12) */\n  CODE: string;");
    expect(types()).not.toMatch(/@enum|@constant/);
  });

  test("an input of which everything is filled in can be left out, one with an action cannot", () => {
    expect(declaration(module(), "export function tokenP")).toContain("input?: TokenPRequest");
    expect(declaration(module(), "export function order")).toContain("input: OrderRequest");
    expect(declaration(module(), "export function holidays")).toContain("(kis: Kis, options?: CallOptions)");
  });

  test("pages have options of their own and are told their style", () => {
    expect(declaration(module(), "export function pricesPages")).toBe(`export function pricesPages(
  kis: Kis,
  input: PricesRequest,
  options?: PageOptions,
): AsyncGenerator<Reply<PricesData>, void> {
  return pages(kis, pricesOperation, { style: "header-key", keys: { CTX_AREA_FK: "ctx_area_fk" } }, input, options);
}`);
    expect(module()).toMatch(/type PageOptions,\n {2}type Reply,\n\} from "..\/..\/runtime\/kis\/functions.js";/);
    expect(module()).toContain('return pages(kis, holidaysOperation, { style: "header-key" }, {}, options);');
    expect(module()).toContain('{ style: "walk", list: "output", back: { TO: "day" }, until: "FROM" },');
  });

  test("hovers show tr_id on both hosts, the look-up of what must not be repeated, and that no token is sent", () => {
    expect(module()).toContain("· tr_id `FHK01` (mock, too) ·");
    expect(module()).toContain("· tr_id `FHK02` (not on the mock host) ·");
    expect(module()).toContain("· tr_id `FHK03` (mock `VFHK03`) ·");
    expect(
      module(),
    ).toContain(` * \`POST /v1/order\` · sent at most once, and {@link prices} tells what became of it · tr_id by action: usBuy
 * \`TTTT1002U\` (mock \`VTTT1002U\`), usSell \`TTTT1006U\` (mock \`VTTT1001U\`), hkBuy \`TTTS1002U\` (not on the mock
 * host) · known from`);
    expect(module()).toContain("`POST /v1/tokenP` · sent at most once · called without a token ·");
  });

  test("the catalogue says what the mock host serves", () => {
    const served = [...(files.get("kis/catalogue.ts") ?? "").matchAll(/id: "(\w+)"[^}]*mock: true/g)];
    expect(served.map(([, id]) => id)).toEqual(["prices", "ticks", "order", "tokenP", "hash"]);
    expect(files.get("kis/catalogue.ts")).toContain("  mock?: true;\n}");
  });

  test("codes of fields in capitals have names in camel case", () => {
    expect(files.get("kis/stock.codes.ts")).toContain("export const excgCodes = {");
  });
});
