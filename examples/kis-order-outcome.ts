/**
 * The answer to an order gets lost: was it taken or not? Sending it again could buy twice, so kofin never does; it says that nobody
 * knows, and which look-up tells. The sandbox loses an answer on purpose; KIS hardly ever will. Mock accounts only, unless it is
 * told `--real-money`.
 */
import { OutcomeUnknownError } from "kofin";
import { inquirePrice } from "kofin/kis/domestic-stock-quotations";
import { orderCash } from "kofin/kis/domestic-stock-trading";
import { kis, refuseRealMoney, sandbox } from "./kis-client.js";
import { ordersToday } from "./kis-order-list.js";
import { step } from "./print.js";

refuseRealMoney();
const quote = (await inquirePrice(kis, { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" })).data.output ?? {};
// At the lowest price of the day nobody sells: it waits, and lapses in the evening.
const order = { PDNO: "005930", ORD_DVSN: "00", ORD_QTY: 3, ORD_UNPR: Number(quote.stck_llam) };

step("What was ordered before");
const before = new Set((await ordersToday("00")).map(({ odno }) => odno));
console.log(`${before.size} orders today`);

step("An order whose answer never comes");
sandbox?.failNext({ path: "domestic-stock-trading.orderCash", drop: true, carriedOut: true });
console.log(`→ ${await placeOnce()}`);

/** Places the order, and knows afterwards whether it happened. */
async function placeOnce(): Promise<string> {
  try {
    const { data } = await orderCash(kis, { action: "buy", ...order });
    return `order ${data.output?.ODNO} was taken`;
  } catch (error) {
    // Every other error means that the order was not taken: it may be sent again.
    if (!(error instanceof OutcomeUnknownError)) throw error;
    console.log(error.message);
    console.log(`it was sent at ${error.reference.preparedAt}; ${error.settledBy} tells`);
    const taken = (await ordersToday("00")).find(
      ({ odno, pdno, sll_buy_dvsn_cd, ord_qty, ord_unpr }) =>
        !before.has(odno) &&
        pdno === order.PDNO &&
        sll_buy_dvsn_cd === "02" && // 매수
        Number(ord_qty) === order.ORD_QTY &&
        Number(ord_unpr) === order.ORD_UNPR,
    );
    return taken ? `it happened: order ${taken.odno}` : "it did not happen";
  }
}
