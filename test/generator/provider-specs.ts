/** Sound specs of the providers whose settings differ from CODEF's, each with everything in it that only its settings allow. */
import type { SoundSpecs } from "./edit.js";
import { document } from "./fixture.js";

interface OperationText {
  id: string;
  method?: "get" | "post";
  /** Further lines of the operation. */
  extra?: string;
  /** What it takes, as a line of the operation. */
  takes?: string;
  /** The schema of its answer. */
  answer: string;
}

function operationText({ id, method = "get", extra = "", takes = "", answer }: OperationText): string {
  return `
/v1/${id}:
  ${method}:
    operationId: ${id}
    summary: ${id} 조회
    description: Returns ${id}.
    x-confidence: high
    x-source: [official]
    ${extra.replace(/\n/g, "\n    ")}
    ${takes}
    responses: { "200": { description: 결과, content: { application/json: { schema: ${answer} } } } }
`.trimEnd();
}

const ref = (name: string) => `{ $ref: "#/components/schemas/${name}" }`;
const query = (name: string) =>
  `parameters: [{ name: query, in: query, style: form, explode: true, required: true, schema: ${ref(name)} }]`;
const body = (schema: string, media = "application/json") =>
  `requestBody: { content: { ${media}: { schema: ${schema} } } }`;
const enveloped = (name: string) => `{ allOf: [{ $ref: blocks.yaml#/Envelope }, ${ref(name)}] }`;

const prices = "{ style: header-key, keys: { CTX_AREA_FK: ctx_area_fk } }";
const orders = `x-retry: never
x-settled-by: stock/prices
x-tr-id:
  real: { usBuy: TTTT1002U, usSell: TTTT1006U, hkBuy: TTTS1002U }
  mock: { usBuy: VTTT1002U, usSell: VTTT1001U }
  legacy: { usBuy: JTTT1002U }
  when: { usBuy: { EXCG: [NASD, NYSE] }, usSell: { EXCG: [NASD, NYSE] }, hkBuy: { EXCG: [SEHK] } }`;

export const kis: SoundSpecs & { files: Record<"stock.yaml", string> } = {
  provider: "kis",
  main: "stock.yaml",
  files: {
    "stock.yaml": document(
      [
        operationText({
          id: "prices",
          extra: `x-tr-id: { real: FHK01, mock: FHK01 }\nx-paging: ${prices}`,
          takes: query("PricesRequest"),
          answer: enveloped("PricesData"),
        }),
        operationText({
          id: "chart",
          extra: "x-tr-id: { real: FHK02 }\nx-paging: { style: walk, list: output, back: { TO: day }, until: FROM }",
          takes: query("ChartRequest"),
          answer: enveloped("ChartData"),
        }),
        operationText({
          id: "ticks",
          extra:
            "x-tr-id: { real: FHK03, mock: VFHK03 }\nx-paging: { style: key, keys: { KEY: output.index_key }, set: { KIND: P } }",
          takes: query("TicksRequest"),
          answer: enveloped("TicksData"),
        }),
        operationText({
          id: "order",
          method: "post",
          extra: orders,
          takes: body(ref("OrderRequest")),
          answer: enveloped("OrderData"),
        }),
        operationText({
          id: "holidays",
          extra: "x-tr-id: { real: CTC01 }\nx-paging: { style: header-key }",
          answer: enveloped("HolidaysData"),
        }),
        operationText({
          id: "tokenP",
          method: "post",
          extra: "x-retry: never\nx-auth: none",
          takes: body(ref("TokenPRequest")),
          answer: ref("TokenPData"),
        }),
        operationText({
          id: "hash",
          method: "post",
          extra: `x-auth: none
parameters: [{ name: appkey, in: header, schema: { title: 앱키, type: string, x-from: appKey } }]`,
          takes: body(ref("HashRequest")),
          answer: ref("HashData"),
        }),
      ].join(""),
      `
PricesRequest:
  title: 시세 요청
  type: object
  required: [SCR, CODE, CTX_AREA_FK]
  properties:
    SCR: { title: 화면, type: string, const: "20171", default: "20171" }
    CODE: { title: 종목코드, type: string, maxLength: 12, x-spec: AN(12) }
    CTX_AREA_FK: { title: 연속조회, type: string, default: "" }
PricesData:
  title: 시세 결과
  type: object
  properties:
    ctx_area_fk: { title: 연속조회, type: string }
    output: { title: 목록, type: array, x-also: [output1], items: { $ref: "#/components/schemas/Price" } }
Price: { title: 가격, type: object, properties: { prpr: { title: 현재가, type: string, x-also: [stck_prpr] } } }
ChartRequest:
  title: 차트 요청
  type: object
  properties: { FROM: { title: 시작, type: string }, TO: { title: 종료, type: string } }
ChartData:
  title: 차트 결과
  type: object
  properties: { output: { title: 목록, type: array, x-shape: one-or-many, items: { type: object, properties: { day: { title: 일자, type: string } } } } }
TicksRequest:
  title: 틱 요청
  type: object
  required: [KEY, KIND]
  properties: { KEY: { title: 키, type: string, default: "" }, KIND: { title: 구분, type: string, default: Q } }
TicksData:
  title: 틱 결과
  type: object
  properties: { output: { title: 머리, type: object, x-shape: one, properties: { index_key: { title: 키, type: string } } } }
OrderRequest:
  title: 주문 요청
  allOf: [{ $ref: blocks.yaml#/AccountNumber }]
  required: [CANO, ACNT_PRDT_CD, EXCG, PDNO, ORD_QTY]
  properties:
    EXCG: { title: 거래소, type: string, x-codes: { NASD: 나스닥, NYSE: 뉴욕, SEHK: 홍콩 } }
    PDNO: { title: 상품번호, type: string, x-also: [PDN0] }
    ORD_QTY: { title: 주문수량, type: string, format: decimal }
    ORD_UNPR: { title: 주문단가, type: string, format: decimal }
OrderData:
  title: 주문 결과
  type: object
  properties:
    output: { title: 접수, type: object, properties: { ODNO: { title: 주문번호, type: string, x-also: [odno, order_no] } } }
HolidaysData: { title: 휴장일 결과, type: object, properties: {} }
TokenPRequest:
  title: 토큰 요청
  type: object
  required: [grant_type, appkey]
  properties:
    grant_type: { title: 권한부여, type: string, const: client_credentials, default: client_credentials }
    appkey: { title: 앱키, type: string, x-from: appKey, x-sensitive: true }
TokenPData: { title: 토큰 결과, type: object, properties: { access_token: { title: 토큰, type: string } } }
HashRequest: { title: 해시 요청, type: object, additionalProperties: true }
HashData: { title: 해시 결과, type: object, properties: { HASH: { title: 해시, type: string } } }
`,
    ),
    "blocks.yaml": `
Envelope: { title: 응답, type: object, required: [rt_cd], properties: { rt_cd: { title: 성공 여부, type: string }, msg1: { title: 메시지, type: string } } }
AccountNumber:
  type: object
  properties:
    CANO: { title: 종합계좌번호, type: string, maxLength: 8, x-from: account, x-sensitive: true }
    ACNT_PRDT_CD: { title: 계좌상품코드, type: string, maxLength: 2, x-from: account, x-sensitive: true }
`,
    "result-codes.yaml": `"90020000": { meaning: 지연, group: gateway, advice: retry }\n`,
  },
};

export const openbanking: SoundSpecs & { files: Record<"account.yaml", string> } = {
  provider: "openbanking",
  main: "account.yaml",
  files: {
    "account.yaml": document(
      [
        operationText({
          id: "entries",
          extra:
            "x-auth: { user: inquiry, institution: [sa, oob] }\nx-paging: { page: trace, next: trace, more: next_page_yn }",
          takes: query("EntriesRequest"),
          answer: ref("EntriesData"),
        }),
        operationText({
          id: "pay",
          method: "post",
          extra: "x-retry: never\nx-settled-by: transfer/result",
          takes: body(ref("PayRequest")),
          answer: ref("PayData"),
        }),
        operationText({
          id: "token",
          method: "post",
          extra: "x-retry: never\nx-auth: none",
          takes: body(ref("TokenRequest"), "application/x-www-form-urlencoded"),
          answer: ref("TokenData"),
        }),
        operationText({
          id: "authorize",
          extra: `x-auth: none
parameters:
  - { name: query, in: query, schema: { $ref: "#/components/schemas/AuthorizeRequest" } }
  - { name: Kftc-UserName, in: header, required: true, schema: { title: 사용자명, type: string, x-sensitive: true } }`,
          answer: ref("TokenData"),
        }),
      ].join(""),
      `
EntriesRequest:
  title: 거래내역 요청
  type: object
  required: [bank_tran_id]
  properties:
    bank_tran_id: { title: 거래고유번호, type: string, x-spec: AN(20), maxLength: 20, x-from: bankTranId }
    trace: { title: 추적정보, type: string, x-also: [befor_trace] }
EntriesData:
  title: 거래내역
  allOf: [{ $ref: blocks.yaml#/Head }]
  properties:
    next_page_yn: { title: 다음, type: string }
    trace: { title: 추적정보, type: string }
    res_list: { title: 목록, type: array, items: { type: object, properties: { content: { title: 적요, type: string, x-also: [print_content, "content "] } } } }
PayRequest:
  title: 이체 요청
  type: object
  required: [tran_dtime, req_list]
  properties:
    tran_dtime: { title: 요청일시, type: string, format: yyyymmddhhmmss, x-spec: N(14), x-from: tranDtime }
    req_list: { title: 목록, type: array, items: { $ref: "#/components/schemas/Transfer" } }
Transfer:
  title: 이체 한 건
  type: object
  required: [bank_tran_id, tran_amt]
  properties:
    bank_tran_id: { title: 거래고유번호, type: string, x-from: bankTranId }
    tran_amt: { title: 거래금액, type: string, format: decimal }
PayData: { title: 이체 결과, allOf: [{ $ref: blocks.yaml#/Head }], properties: { wd_limit: { title: 한도, type: string } } }
TokenRequest:
  title: 토큰 요청
  type: object
  required: [client_id]
  properties: { client_id: { title: 아이디, type: string, x-from: clientId } }
  oneOf: [{ $ref: "#/components/schemas/CodeGrant" }, { $ref: "#/components/schemas/RefreshGrant" }]
CodeGrant:
  title: 발급
  type: object
  required: [grant_type, code]
  properties: { grant_type: { title: 방식, type: string, const: code }, code: { title: 코드, type: string } }
RefreshGrant:
  title: 갱신
  type: object
  required: [grant_type]
  properties: { grant_type: { title: 방식, type: string, const: refresh } }
TokenData: { title: 토큰, type: object, properties: { access_token: { title: 토큰, type: string } } }
AuthorizeRequest: { title: 인증 요청, type: object, required: [state], properties: { state: { title: 임의값, type: string } } }
`,
    ),
    "transfer.yaml": document(
      operationText({ id: "result", method: "post", takes: body(ref("ResultRequest")), answer: ref("ResultData") }),
      `
ResultRequest: { title: 결과조회 요청, type: object, properties: { check_type: { title: 구분, type: string } } }
ResultData: { title: 결과조회 결과, allOf: [{ $ref: blocks.yaml#/Head }] }
`,
    ),
    "blocks.yaml": "Head: { title: 응답, type: object, properties: { rsp_code: { title: 응답코드, type: string } } }\n",
    "result-codes.yaml": "A0000: { meaning: 성공, group: success, advice: success }\n",
    "bank-result-codes.yaml": `"000": { meaning: 정상, group: success, advice: success }
"701": { meaning: 해당 거래 없음, group: request, advice: empty }
"098": { meaning: 오류, group: bank, advice: report }
`,
  },
};

const parted = (name: string) =>
  `{ $ref: blocks.yaml#/Request, properties: { dataBody: { $ref: "#/components/schemas/${name}" } } }`;
const answered = (name: string) =>
  `{ allOf: [{ $ref: blocks.yaml#/Answer }], type: object, properties: { dataBody: ${ref(name)} } }`;
const credentials =
  "parameters: [{ name: appKey, in: header, required: true, schema: { title: 앱키, type: string, x-from: appKey } }]";

export const woori: SoundSpecs & { files: Record<"finance.yaml", string> } = {
  provider: "woori",
  main: "finance.yaml",
  files: {
    "finance.yaml": document(
      [
        operationText({
          id: "balance",
          method: "post",
          extra: credentials,
          takes: body(parted("BalanceRequest")),
          answer: answered("BalanceData"),
        }),
        operationText({
          id: "limit",
          extra: `${credentials}\ndeprecated: true\nx-successor: balance`,
          takes: body(parted("LimitRequest")),
          answer: answered("BalanceData"),
        }),
        operationText({ id: "check", extra: credentials, answer: answered("BalanceData") }),
      ].join(""),
      `
BalanceRequest:
  title: 잔액 요청
  type: object
  required: [ACNO, KIND]
  properties:
    ACNO: { title: 계좌번호, type: string, x-sensitive: true }
    KIND: { title: 구분, type: string, default: "1" }
BalanceData: { title: 잔액, type: object, properties: { BAL: { title: 잔액, type: [number, string] }, GRID: { title: 목록, type: array, x-shape: one-or-many, items: { type: object, properties: { NM: { title: 이름, type: string } } } } } }
LimitRequest:
  title: 한도 요청
  type: object
  required: [CHIL_C]
  properties:
    CHIL_C: { title: 자녀수, type: [number, string] }
    LIST: { title: 목록, type: array, items: { type: object, properties: { AM: { title: 금액, type: number } } } }
`,
    ),
    "blocks.yaml": `
Request:
  type: object
  required: [dataHeader, dataBody]
  properties:
    dataHeader: { title: 공통 헤더부, x-from: device, $ref: "#/Device" }
    dataBody: { title: 본문, type: object }
Device: { title: 기기, type: object, required: [OS], properties: { OS: { title: 운영체계, type: string } } }
Answer: { type: object, properties: { dataHeader: { title: 공통 헤더부, type: object }, dataBody: { title: 본문, type: object } } }
`,
  },
};
