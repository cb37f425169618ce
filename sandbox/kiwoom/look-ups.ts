/**
 * What the account has: orders, holdings, money. Laid over what is made up of the specs.
 * @module
 */
import { isOpen, type Order } from "../exchange/book/order.js";
import { averageOf } from "../exchange/book/position.js";
import type { Handler } from "../provider/behaviour.js";
import { ymd } from "../shared/clock.js";
import type { Json } from "../shared/json.js";
import { domestic } from "./account.js";
import type { Brokerage } from "./brokerage.js";
import { padded } from "./format.js";
import { detailView, filledView, foreignView, openView, sideOf } from "./order-view.js";

export function lookUps(brokerage: Brokerage): Readonly<Record<string, Handler>> {
  const { market } = brokerage;
  const orders = (currency: "KRW" | "USD", { stk_cd }: Json, side: unknown): Order[] => {
    const wanted = stk_cd === undefined || stk_cd === "" ? undefined : (domestic(stk_cd)?.code ?? stk_cd);
    return brokerage.book.orders
      .filter(({ instrument }) => instrument.currency === currency && (!wanted || instrument.code === wanted))
      .filter((order) => !["1", "2"].includes(String(side)) || sideOf(order) === side)
      .reverse();
  };
  return {
    "domestic-account.openOrders": (input) => {
      const found = orders("KRW", input.all_stk_tp === "1" ? input : {}, input.trde_tp).filter(isOpen);
      return { oso: found.map((order) => openView(order, market.price(order.instrument))) };
    },
    "domestic-account.filledOrders": (input) => {
      const found = orders("KRW", input.qry_tp === "1" ? input : {}, input.sell_tp);
      return { cntr: found.filter(({ filled }) => filled > 0).map(filledView) };
    },
    "domestic-account.orderFillDetails": (input) => {
      const { ord_dt: day, qry_tp: kind, fr_ord_no: from = "" } = input;
      const isMeant = (order: Order) =>
        (!day || ymd(order.at) === day) &&
        (kind !== "3" || isOpen(order)) &&
        (kind !== "4" || order.filled > 0) &&
        (!from || Number(order.number) >= Number(from));
      const found = orders("KRW", input, input.sell_tp).filter(isMeant);
      return { acnt_ord_cntr_prps_dtl: (kind === "2" ? found : found.reverse()).map(detailView) };
    },
    "us-account.todayOrders": (input) => {
      const today = ymd(market.now);
      return {
        result_list: orders("USD", input, input.slby_tp)
          .filter(({ at }) => ymd(at) === today)
          .map(foreignView),
      };
    },
    "us-account.openOrders": (input) => ({
      result_list: orders("USD", input, input.slby_tp).filter(isOpen).map(foreignView),
    }),
    "domestic-account.balance": () => balanceOf(brokerage),
    "domestic-account.depositDetail": () => {
      const { book } = brokerage;
      const free = padded(book.available("KRW"), 15);
      return {
        entr: padded(book.money.total("KRW"), 15),
        ord_alow_amt: free,
        pymn_alow_amt: free,
        "100stk_ord_alow_amt": free,
      };
    },
  };
}

function balanceOf({ book, market }: Brokerage): Json {
  const held = book.positions.filter(({ instrument, quantity }) => instrument.currency === "KRW" && quantity > 0);
  const rows = held.map((position) => {
    const { instrument, quantity, cost } = position;
    const value = market.price(instrument) * quantity;
    return { position, value, cost, profit: value - cost };
  });
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
  const cost = sum((row) => row.cost);
  const profit = sum((row) => row.profit);
  const value = sum((row) => row.value);
  return {
    ...{ tot_pur_amt: padded(cost, 15), tot_evlt_amt: padded(value, 15), tot_evlt_pl: padded(profit, 15) },
    tot_prft_rt: percent(profit, cost),
    prsm_dpst_aset_amt: padded(book.money.total("KRW") + value, 15),
    ...{ tot_loan_amt: padded(0, 15), tot_crd_loan_amt: padded(0, 15), tot_crd_ls_amt: padded(0, 15) },
    acnt_evlt_remn_indv_tot: rows.map((row) => ({
      ...{ stk_cd: `A${row.position.instrument.code}`, stk_nm: row.position.instrument.name },
      ...{ evltv_prft: padded(row.profit, 15), prft_rt: percent(row.profit, row.cost) },
      pur_pric: padded(averageOf(row.position), 15),
      pred_close_pric: padded(market.yesterday(row.position.instrument).close, 12),
      ...{ rmnd_qty: padded(row.position.quantity, 15), trde_able_qty: padded(book.free(row.position), 15) },
      cur_prc: padded(market.price(row.position.instrument), 12),
      ...{ pur_amt: padded(row.cost, 15), evlt_amt: padded(row.value, 15), poss_rt: percent(row.value, value) },
      ...{ crd_tp: "00", crd_tp_nm: "현금", crd_loan_dt: "" },
    })),
  };
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "0.00" : ((part / whole) * 100).toFixed(2);
}
