/** Sound specs of feeds: two documents, records that are shared, longer than another, without their key, and the user's own. */
import type { SoundSpecs } from "./edit.js";

const live = `openapi: 3.1.0
info: { title: 실시간, version: "1", description: Live quotes. }
webhooks:
  LIVE01:
    post:
      operationId: trade
      summary: 실시간체결가
      description: Every trade.
      x-tr-id: { real: LIVE01, mock: LIVE01 }
      x-feed: { key: stockCode, column: CODE }
      x-confidence: high
      x-source: [official]
      requestBody: { required: true, content: { text/plain: { schema: { $ref: "#/components/schemas/Trade" } } } }
  LIVE02:
    post:
      operationId: nightTrade
      summary: 야간 실시간체결가
      description: Every trade at night.
      x-tr-id: { real: LIVE02 }
      x-feed: { key: stockCode, column: CODE }
      x-confidence: medium
      x-source: [official]
      requestBody: { content: { text/plain: { schema: { $ref: "#/components/schemas/Trade" } } } }
  LIVE03:
    post:
      operationId: longTrade
      summary: 긴 실시간체결가
      description: Every trade, with the middle price.
      x-tr-id: { real: LIVE03 }
      x-feed: { key: overseasSymbol }
      x-confidence: low
      x-source: [official]
      requestBody: { content: { text/plain: { schema: { $ref: "#/components/schemas/LongTrade" } } } }
components:
  schemas:
    Trade:
      title: 체결
      type: object
      properties:
        TIME: { title: 시간, type: string, format: hhmmss, examples: ["093015"] }
        CODE: { title: 종목코드, type: string, maxLength: 9 }
        SIGN: { $ref: feed-fields.yaml#/SIGN }
        PRICE: { title: 현재가, type: string }
    LongTrade:
      title: 긴 체결
      allOf: [{ $ref: "#/components/schemas/Trade" }]
      properties:
        PRICE: { title: 체결가 }
        MIDDLE: { title: 중간가, type: string }
`;

const own = `openapi: 3.1.0
info: { title: 통보, version: "1", description: Notices. }
webhooks:
  OWN01:
    post:
      operationId: notice
      summary: 실시간체결통보
      description: What becomes of orders.
      x-tr-id: { real: OWN01, mock: OWN91 }
      x-feed: { key: htsId, column: USER, encrypted: true }
      x-confidence: high
      x-source: [official]
      requestBody: { content: { text/plain: { schema: { $ref: "#/components/schemas/Notice" } } } }
components:
  schemas:
    Notice:
      title: 통보
      type: object
      properties:
        USER: { title: 고객, type: string }
        SIGN: { $ref: feed-fields.yaml#/SIGN }
`;

export const feedSpecs: SoundSpecs & { files: Record<"live-own.yaml" | "live-stock.yaml", string> } = {
  provider: "kis",
  main: "live-stock.yaml",
  files: {
    "live-own.yaml": own,
    "live-stock.yaml": live,
    "feed-fields.yaml": 'SIGN: { title: 부호, type: string, x-codes: { "2": 상승, "5": 하락 } }\n',
    "feed-keys.yaml": `stockCode: { title: 종목코드, description: 6자리, type: string, examples: ["005930"] }
overseasSymbol: { title: 심볼, type: string }
htsId: { title: HTS ID, type: string, x-from: htsId }
`,
  },
};
