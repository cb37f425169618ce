/**
 * 실시간 체결통보: what becomes of your orders, wherever they were placed. KIS tells it by HTS id (KIS_HTS_ID) and encrypts it; the
 * records here are decrypted. Without keys this program places some orders in the sandbox, so that there is something to tell.
 */
import { orderCash, orderRvsecncl } from "kofin/kis/domestic-stock-trading";
import { type DomesticNotice, domesticNotice } from "kofin/kis/realtime";
import { kis, sandbox } from "./kis-client.js";
import { all, follow, signal, warn } from "./kis-live.js";
import { amount, step } from "./print.js";

step("실시간 체결통보 (Ctrl-C ends it)");
const notices = domesticNotice(kis, { signal, onGap: warn });
await notices.ready;
const orders = sandbox && orderSome();
await all([follow(notices, print)]);
await orders;

function print(notice: DomesticNotice): void {
  const side = notice.SELN_BYOV_CLS === "01" ? "매도" : "매수";
  const what = `${side} ${amount(notice.CNTG_QTY)} × ${amount(notice.CNTG_UNPR)}`;
  const original = notice.OODER_NO ? ` (원주문 ${notice.OODER_NO})` : "";
  console.log(`${notice.ODER_NO} ${notice.CNTG_ISNM40} ${what} ${wordFor(notice)}${original}`);
}

/** `CNTG_YN` 2 is a fill; with 1 the other flags say what it is. */
function wordFor({ CNTG_YN, RFUS_YN, RCTF_CLS, ACPT_YN }: DomesticNotice): string {
  if (CNTG_YN === "2") return "체결";
  if (RFUS_YN === "1") return "거부";
  if (ACPT_YN === "3") return "취소 (IOC/FOK)";
  if (RCTF_CLS === "1") return "정정";
  return RCTF_CLS === "2" ? "취소" : "접수";
}

/** A sale at any price, and a purchase that waits, is changed and cancelled. */
async function orderSome(): Promise<void> {
  const order = { PDNO: "005930", ORD_QTY: 2 };
  await orderCash(kis, { action: "sell", ...order, ORD_DVSN: "01", ORD_UNPR: 0 });
  const lower = Math.round((sandbox?.price("005930") ?? 0) * 0.009) * 100;
  const { data } = await orderCash(kis, { action: "buy", ...order, ORD_DVSN: "00", ORD_UNPR: lower });
  const change = { KRX_FWDG_ORD_ORGNO: "", ORD_DVSN: "00", QTY_ALL_ORD_YN: "Y", ORD_QTY: 0 } as const;
  const changed = await orderRvsecncl(kis, {
    ...change,
    ORGN_ODNO: data.output?.ODNO ?? "",
    RVSE_CNCL_DVSN_CD: "01",
    ORD_UNPR: lower - 100,
  });
  await orderRvsecncl(kis, {
    ...change,
    ORGN_ODNO: changed.data.output?.ODNO ?? "",
    RVSE_CNCL_DVSN_CD: "02",
    ORD_UNPR: 0,
  });
}
