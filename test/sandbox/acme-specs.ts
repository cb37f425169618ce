/**
 * An imaginary payment service, as somebody would describe it: a key in a header, `{ ok, error, data }` in HTTP 200, pages by cursor, and
 * payments that must not be made twice.
 * @module
 */
import { loadTexts, type Provider } from "kofin/generator";

export const PROVIDER = `
title: Acme Pay
rules: own
environments: { test: https://test.acme.example/v1, live: https://api.acme.example/v1 }
auth: { type: apiKey, in: header, name: X-Api-Key }
answer:
  data: data
  success: { path: ok, values: [true] }
  code: error.code
  message: error.message
  transactionId: requestId
limits: [{ perSecond: 5, burst: 2 }]
`;

const CODES = `
E100: { meaning: 요청이 올바르지 않습니다, group: 요청, advice: fix-request }
E404: { meaning: 없는 결제입니다, group: 결제, advice: empty }
E429: { meaning: 너무 많은 요청입니다, group: 한도, advice: cool-down }
E500: { meaning: 잔액이 부족합니다, group: 결제, advice: ask-user }
`;

const about = (id: string, summary: string) =>
  `operationId: ${id}\n      summary: ${summary}\n      description: ${summary}.\n      x-confidence: high\n      x-source: [acme]`;

const answer = (name: string) => `
      responses:
        "200":
          description: 결과
          content:
            application/json:
              schema:
                allOf: [{ $ref: "#/components/schemas/Envelope" }]
                properties: { data: { $ref: "#/components/schemas/${name}" } }`;

const body = (name: string) =>
  `requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/${name}" } } } }`;

const PAYMENTS = `
openapi: 3.1.0
info: { title: Acme 결제, version: "1", description: Payments. }
servers: [{ url: "https://test.acme.example/v1" }]
x-retry: safe
paths:
  /payments:
    post:
      ${about("createPayment", "결제")}
      x-retry: never
      x-settled-by: payments/getOrderPayment
      ${body("CreatePaymentRequest")}${answer("CreatePaymentData")}
    get:
      ${about("listPayments", "결제 목록")}
      x-paging: { style: cursor, cursor: cursor, next: nextCursor }
      parameters:
        - { name: currency, in: query, required: false, schema: { title: 통화, type: string, enum: [KRW, USD] } }
        - { name: cursor, in: query, required: false, schema: { title: 자리, type: string } }
        - { name: limit, in: query, required: false, schema: { title: 개수, type: integer } }${answer("ListPaymentsData")}
  /payments/{paymentId}:
    get:
      ${about("getPayment", "결제 조회")}
      parameters:
        - { name: paymentId, in: path, required: true, schema: { title: 결제 ID, type: string, examples: [pay-0001] } }${answer("CreatePaymentData")}
  /orders/{orderId}/payment:
    get:
      ${about("getOrderPayment", "주문의 결제")}
      parameters:
        - { name: orderId, in: path, required: true, schema: { title: 주문 ID, type: string } }${answer("CreatePaymentData")}
  /refunds:
    post:
      ${about("createRefund", "환불")}
      x-retry: idempotency-key
      x-idempotency-key: { field: Idempotency-Key, lifetimeSeconds: 600 }
      x-settled-by: payments/getRefund
      parameters:
        - { name: Idempotency-Key, in: header, required: true, schema: { title: 키, type: string } }
      ${body("CreateRefundRequest")}${answer("CreateRefundData")}
  /refunds/{refundId}:
    get:
      ${about("getRefund", "환불 조회")}
      parameters:
        - { name: refundId, in: path, required: true, schema: { title: 환불 ID, type: string, examples: [refund-1] } }${answer("CreateRefundData")}
components:
  schemas:
    Envelope:
      title: 응답
      type: object
      required: [ok]
      properties:
        ok: { title: 성공 여부, type: boolean }
        requestId: { title: 요청 번호, type: string }
        error:
          title: 오류
          type: object
          properties: { code: { title: 코드, type: string }, message: { title: 내용, type: string } }
    CreatePaymentRequest:
      title: 결제 요청
      type: object
      required: [orderId, amount]
      properties:
        orderId: { title: 주문 ID, type: string }
        amount: { title: 금액, type: integer }
        currency: { title: 통화, type: string, enum: [KRW, USD], default: KRW }
        items: { title: 품목, type: array, items: { $ref: "#/components/schemas/Item" } }
    Item:
      title: 품목
      type: object
      required: [name]
      properties: { name: { title: 이름, type: string }, quantity: { title: 수량, type: integer } }
    CreatePaymentData:
      title: 결제
      type: object
      properties:
        paymentId: { title: 결제 ID, type: string, examples: [pay-0001] }
        orderId: { title: 주문 ID, type: string, examples: [ORDER-1] }
        amount: { title: 금액, type: integer, examples: [1000] }
        currency: { title: 통화, type: string, enum: [KRW, USD] }
        paidAt: { title: 결제 시각, type: string, format: date-time }
    ListPaymentsData:
      title: 결제 목록
      type: object
      properties:
        payments: { title: 결제, type: array, items: { $ref: "#/components/schemas/CreatePaymentData" } }
        nextCursor: { title: 다음 자리, type: [string, "null"] }
    CreateRefundRequest:
      title: 환불 요청
      type: object
      required: [paymentId, amount]
      properties: { paymentId: { title: 결제 ID, type: string }, amount: { title: 금액, type: integer } }
    CreateRefundData:
      title: 환불
      type: object
      properties: { refundId: { title: 환불 ID, type: string, examples: [refund-1] }, amount: { title: 금액, type: integer } }
`;

/** The files of its folder. */
export function acmeFiles(provider: string = PROVIDER): Record<string, string> {
  return { "provider.yaml": provider, "result-codes.yaml": CODES, "payments.yaml": PAYMENTS };
}

/** @param provider its provider.yaml */
export function acme(provider: string = PROVIDER): Provider[] {
  return loadTexts(
    Object.entries(acmeFiles(provider)).map(([name, text]) => ({ provider: "acme", file: `specs/acme/${name}`, text })),
  );
}
