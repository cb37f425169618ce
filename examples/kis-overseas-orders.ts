/**
 * Orders for stocks overseas: what can be bought, a limit order, open orders, a change and a cancellation. It sends orders to a mock
 * account only, unless it is told `--real-money`.
 */
import { price } from "kofin/kis/overseas-stock-quotations";
import {
  inquireCcnlPages,
  inquireNccsPages,
  inquirePsamount,
  order,
  orderRvsecncl,
} from "kofin/kis/overseas-stock-trading";
import { kis, refuseRealMoney } from "./kis-client.js";
import { amount, step } from "./print.js";
import { dayInSeoul } from "./seoul.js";

refuseRealMoney();
const { last } = (await price(kis, { EXCD: "NAS", SYMB: "AAPL" })).data.output ?? {};
/** A dollar price has two decimals. Far below the last one nobody sells, so that the order waits. */
const below = (part: number) => (Number(last) * part).toFixed(2);
// Quotations call Nasdaq NAS, orders call it NASD.
const apple = { OVRS_EXCG_CD: "NASD", PDNO: "AAPL" };

step(`매수가능금액: AAPL 애플 at ${amount(last)}`);
const power = await inquirePsamount(kis, { OVRS_EXCG_CD: "NASD", ITEM_CD: "AAPL", OVRS_ORD_UNPR: last ?? "0" });
const { tr_crcy_cd, ovrs_ord_psbl_amt, max_ord_psbl_qty } = power.data.output ?? {};
console.log(`${amount(ovrs_ord_psbl_amt)} ${tr_crcy_cd} buy ${amount(max_ord_psbl_qty)} shares`);

step(`지정가 매수: one share for ${below(0.9)} dollars`);
const buy = await order(kis, { action: "usBuy", ...apple, ORD_DVSN: "00", ORD_QTY: 1, OVRS_ORD_UNPR: below(0.9) });
console.log(`order ${buy.data.output?.ODNO} waits`);
await showOpenOrders();

step(`정정: for ${below(0.91)} dollars`);
const change = await orderRvsecncl(kis, {
  action: "us",
  ...apple,
  ORGN_ODNO: buy.data.output?.ODNO ?? "",
  RVSE_CNCL_DVSN_CD: "01",
  ORD_QTY: 1,
  OVRS_ORD_UNPR: below(0.91),
});
console.log(`order ${change.data.output?.ODNO} took the place of ${buy.data.output?.ODNO}`);
await showOpenOrders();

step("취소");
await orderRvsecncl(kis, {
  action: "us",
  ...apple,
  ORGN_ODNO: change.data.output?.ODNO ?? "",
  RVSE_CNCL_DVSN_CD: "02",
  ORD_QTY: 1,
  OVRS_ORD_UNPR: 0,
});
console.log(`order ${change.data.output?.ODNO} is cancelled`);
await showOpenOrders();

/** Only the real host lists what waits (미체결). The mock host has all orders, by the days of New York: today there may be yesterday here. */
async function showOpenOrders(): Promise<void> {
  const days = { ORD_STRT_DT: dayInSeoul(1), ORD_END_DT: dayInSeoul() };
  const pages =
    kis.environment === "real"
      ? inquireNccsPages(kis, { OVRS_EXCG_CD: "NASD" })
      : inquireCcnlPages(kis, { ...days, SLL_BUY_DVSN: "00", CCLD_NCCS_DVSN: "00", SORT_SQN: "DS" });
  const rows = [];
  for await (const { data } of pages) {
    for (const { odno, ft_ord_unpr3, nccs_qty } of data.output ?? []) {
      if (Number(nccs_qty) > 0)
        rows.push({ 주문번호: odno, 주문단가: amount(ft_ord_unpr3), 미체결수량: amount(nccs_qty) });
    }
  }
  console.log(`open orders: ${rows.length}`);
  if (rows.length > 0) console.table(rows);
}
