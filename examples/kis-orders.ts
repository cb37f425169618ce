/**
 * Buying and selling: limit and market orders, open orders, a change, a cancellation, and what was filled. It sends orders to a mock
 * account (모의투자) only, unless it is told `--real-money`. Outside trading hours KIS refuses them, and the error says so.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { inquirePrice } from "kofin/kis/domestic-stock-quotations";
import {
  inquirePsblRvsecnclPages,
  type OrderReceipt,
  orderCash,
  orderRvsecncl,
} from "kofin/kis/domestic-stock-trading";
import { kis, refuseRealMoney } from "./kis-client.js";
import { ordersToday } from "./kis-order-list.js";
import { amount, step } from "./print.js";

refuseRealMoney();
const PDNO = "005930";
const quote = (await inquirePrice(kis, { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: PDNO })).data.output ?? {};
const lowest = Number(quote.stck_llam);
const highest = Number(quote.stck_mxpr);

step(`지정가 매수: two shares at the lowest price of the day, ${amount(quote.stck_llam)}, where nobody sells`);
const buy = await orderCash(kis, { action: "buy", PDNO, ORD_DVSN: "00", ORD_QTY: 2, ORD_UNPR: lowest });
console.log(`order ${buy.data.output?.ODNO} waits`);
await showOpenOrders();

step("정정: the same order, one step higher");
const change = await orderRvsecncl(kis, {
  ...original(buy.data.output),
  RVSE_CNCL_DVSN_CD: "01",
  ORD_DVSN: "00",
  ORD_UNPR: lowest + Number(quote.aspr_unit),
  QTY_ALL_ORD_YN: "Y", // all that is left of it, whatever ORD_QTY says
  ORD_QTY: 0,
});
console.log(`order ${change.data.output?.ODNO} took the place of ${buy.data.output?.ODNO}`);
await showOpenOrders();

step("취소");
await cancel(change.data.output);
await showOpenOrders();

step("시장가 매수: one share at any price");
const bought = await orderCash(kis, { action: "buy", PDNO, ORD_DVSN: "01", ORD_QTY: 1, ORD_UNPR: 0 });
await showFill(bought.data.output);

step(`지정가 매도: at the highest price of the day, ${amount(quote.stck_mxpr)}, where nobody buys`);
const sell = await orderCash(kis, { action: "sell", PDNO, ORD_DVSN: "00", ORD_QTY: 1, ORD_UNPR: highest });
console.log(`order ${sell.data.output?.ODNO} waits`);
await cancel(sell.data.output);

step("시장가 매도: one share at any price");
const sold = await orderCash(kis, { action: "sell", PDNO, ORD_DVSN: "01", ORD_QTY: 1, ORD_UNPR: 0 });
await showFill(sold.data.output);

step("체결: everything that was filled today");
console.table(
  (await ordersToday("01")).map((order) => ({
    주문번호: order.odno,
    구분: order.sll_buy_dvsn_cd_name,
    상품명: order.prdt_name,
    총체결수량: amount(order.tot_ccld_qty),
    평균가: amount(order.avg_prvs),
  })),
);

/** How changes and cancellations name an order: by its number and the branch that gave it. */
function original({ KRX_FWDG_ORD_ORGNO = "", ODNO = "" }: OrderReceipt = {}) {
  return { KRX_FWDG_ORD_ORGNO, ORGN_ODNO: ODNO };
}

async function cancel(receipt: OrderReceipt | undefined): Promise<void> {
  await orderRvsecncl(kis, {
    ...original(receipt),
    RVSE_CNCL_DVSN_CD: "02",
    ORD_DVSN: "00",
    ORD_UNPR: 0,
    QTY_ALL_ORD_YN: "Y",
    ORD_QTY: 0,
  });
  console.log(`order ${receipt?.ODNO} is cancelled`);
}

async function showOpenOrders(): Promise<void> {
  const rows = await openOrders();
  console.log(`open orders: ${rows.length}`);
  if (rows.length > 0) console.table(rows);
}

/** Only the real host has a list of what can be changed. On the mock host the orders of today say what is left of them. */
async function openOrders() {
  if (kis.environment === "mock") {
    return (await ordersToday("02"))
      .filter(({ rmn_qty }) => Number(rmn_qty) > 0)
      .map(({ odno, ord_unpr, rmn_qty }) => ({
        주문번호: odno,
        주문단가: amount(ord_unpr),
        잔여수량: amount(rmn_qty),
      }));
  }
  const rows = [];
  for await (const { data } of inquirePsblRvsecnclPages(kis, { INQR_DVSN_1: "0", INQR_DVSN_2: "0" })) {
    for (const { odno, ord_unpr, psbl_qty } of data.output ?? []) {
      rows.push({ 주문번호: odno, 주문단가: amount(ord_unpr), 가능수량: amount(psbl_qty) });
    }
  }
  return rows;
}

/** That an order was taken does not mean that it was filled: that comes a moment later. */
async function showFill(receipt: OrderReceipt | undefined): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const order = (await ordersToday("01")).find(({ odno }) => Number(odno) === Number(receipt?.ODNO));
    if (order) {
      console.log(`order ${receipt?.ODNO}: ${amount(order.tot_ccld_qty)} at ${amount(order.avg_prvs)}`);
      return;
    }
    await sleep(1_000);
  }
  console.log(`order ${receipt?.ODNO} is not filled yet`);
}
