import type { KisOperation } from "kofin/kis";

/** Operation constants as the generator writes them, made by hand where a test is about the runtime alone. */
export const price: KisOperation = {
  id: "domestic-stock-quotations.inquirePrice",
  method: "GET",
  path: "/uapi/domestic-stock/v1/quotations/inquire-price",
  retry: "safe",
  trId: { real: "FHKST01010100", mock: "FHKST01010100" },
  required: ["FID_COND_MRKT_DIV_CODE", "FID_INPUT_ISCD"],
  defaults: { FID_COND_MRKT_DIV_CODE: "J" },
};

export const balance: KisOperation = {
  id: "domestic-stock-trading.inquireBalance",
  method: "GET",
  path: "/uapi/domestic-stock/v1/trading/inquire-balance",
  retry: "safe",
  trId: { real: "TTTC8434R", mock: "VTTC8434R" },
  from: { CANO: "account", ACNT_PRDT_CD: "account" },
  sensitive: ["CANO", "ACNT_PRDT_CD"],
  defaults: { CTX_AREA_FK100: "", CTX_AREA_NK100: "", OFL_YN: "" },
  many: ["output1"],
  one: ["output2"],
};

export const order: KisOperation = {
  id: "domestic-stock-trading.orderCash",
  method: "POST",
  path: "/uapi/domestic-stock/v1/trading/order-cash",
  retry: "never",
  settledBy: "domestic-stock-trading/inquireDailyCcld",
  trId: { real: { sell: "TTTC0011U", buy: "TTTC0012U" }, mock: { sell: "VTTC0011U", buy: "VTTC0012U" } },
  required: ["PDNO", "ORD_DVSN", "ORD_QTY", "ORD_UNPR"],
  defaults: { EXCG_ID_DVSN_CD: "KRX" },
  from: { CANO: "account", ACNT_PRDT_CD: "account" },
  sensitive: ["CANO", "ACNT_PRDT_CD"],
  also: { "output.ODNO": ["odno"] },
};

export const overseasOrder: KisOperation = {
  id: "overseas-stock-trading.orderResv",
  method: "POST",
  path: "/uapi/overseas-stock/v1/trading/order-resv",
  retry: "never",
  trId: {
    real: { usBuy: "TTTT3014U", usSell: "TTTT3016U", asia: "TTTS3013U" },
    mock: { usBuy: "VTTT3014U", usSell: "VTTT3016U" },
    when: { usBuy: { OVRS_EXCG_CD: ["NASD", "NYSE", "AMEX"] }, asia: { OVRS_EXCG_CD: ["SEHK", "TKSE"] } },
  },
  from: { CANO: "account", ACNT_PRDT_CD: "account" },
  sensitive: ["CANO", "ACNT_PRDT_CD"],
};

/** Not served by the mock host. */
export const ranking: KisOperation = {
  id: "domestic-stock-ranking.volumePower",
  method: "GET",
  path: "/uapi/domestic-stock/v1/ranking/volume-power",
  retry: "safe",
  trId: { real: "FHPST01680000" },
};

export const search: KisOperation = {
  id: "domestic-stock-analysis.psearchTitle",
  method: "GET",
  path: "/uapi/domestic-stock/v1/quotations/psearch-title",
  retry: "safe",
  trId: { real: "HHKST03900300" },
  from: { user_id: "htsId" },
  sensitive: ["user_id"],
};

export const hashkey: KisOperation = {
  id: "oauth.hashkey",
  method: "POST",
  path: "/uapi/hashkey",
  retry: "never",
  auth: "none",
  headers: { appkey: "appKey", appsecret: "appSecret" },
};

export const revoke: KisOperation = {
  id: "oauth.revokeP",
  method: "POST",
  path: "/oauth2/revokeP",
  retry: "never",
  auth: "none",
  from: { appkey: "appKey", appsecret: "appSecret", token: "token" },
  sensitive: ["appkey", "appsecret", "token"],
};

/** What an order takes beside its action and its account. */
export const ordered = { PDNO: "005930", ORD_DVSN: "00", ORD_QTY: 10, ORD_UNPR: 71500 };
