/**
 * 해외주식 계좌: balances by exchange and in won, open orders, orders, and what can be ordered.
 * @module
 */
import { fillsOf, groupsOf, ordersOf } from "../../exchange/book/history.js";
import type { Order } from "../../exchange/book/order.js";
import { sum } from "../../exchange/book/sum.js";
import { inWonOver, totalsOf } from "../../exchange/book/totals.js";
import type { Worth } from "../../exchange/book/worth.js";
import {
  CURRENCIES,
  type Currency,
  EXCHANGES,
  type Exchange,
  inWon,
  isCurrency,
} from "../../exchange/market/exchanges.js";
import { accountOf, type Call, type Handler, inputOf } from "../call.js";
import { codesOf, overseas } from "../exchange-codes.js";
import { either, type Facts, known } from "../facts.js";
import { fillFacts, orderRows, sideIn, stateIn } from "./lists.js";
import { percent, positionFacts } from "./position-facts.js";
import { groupFacts, profitTotals } from "./profits.js";
import { reservationFacts } from "./reservation-facts.js";

const FOREIGN: readonly Currency[] = ["USD", "HKD", "CNY", "JPY", "VND"];

/**
 * The exchanges that a code means. On the real server `NASD` is all of the US and `NAS` the Nasdaq alone; on the mock one `NASD`
 * is the Nasdaq. `%` and blank are everywhere.
 */
function exchangesOf({ environment }: Call, code: string): readonly Exchange[] {
  if (code === "" || code === "%") return EXCHANGES;
  if (code === "NASD" && environment === "real") return EXCHANGES.filter(({ nation }) => nation === "840");
  return EXCHANGES.filter((exchange) => {
    const { order, quote } = codesOf(exchange) ?? {};
    return order === code || quote === code;
  });
}

/** What is held overseas. */
function holdings(call: Call, currencies: readonly Currency[]): Worth[] {
  const wants = ({ position }: Worth) => position.instrument.kind === "overseas";
  return currencies.flatMap((currency) => totalsOf(accountOf(call).book, call.market, { currency, wants }).positions);
}

function realized(call: Call, currencies: readonly string[]): number {
  const fills = accountOf(call).book.fills.filter(
    ({ order }) => order.instrument.kind === "overseas" && currencies.includes(order.instrument.currency),
  );
  return sum(fills, ({ profit }) => profit);
}

const balance: Handler = (call) => {
  const exchanges = exchangesOf(call, inputOf(call, "OVRS_EXCG_CD"));
  const currency = inputOf(call, "TR_CRCY_CD");
  const currencies = isCurrency(currency) ? [currency] : FOREIGN;
  const rows = holdings(call, currencies).filter(
    ({ position }) => position.instrument.exchange && exchanges.includes(position.instrument.exchange),
  );
  const cost = sum(rows, ({ position }) => position.cost);
  const profit = sum(rows, (worth) => worth.profit);
  const won = realized(call, currencies);
  const output2 = known({
    frcr_pchs_amt1: cost.toFixed(5),
    ovrs_rlzt_pfls_amt: won.toFixed(5),
    ovrs_rlzt_pfls_amt2: won.toFixed(5),
    ovrs_tot_pfls: (won + profit).toFixed(5),
    tot_evlu_pfls_amt: profit.toFixed(5),
    tot_pftrt: percent(won + profit, cost),
    rlzt_erng_rt: percent(won, cost),
    frcr_buy_amt_smtl1: cost.toFixed(6),
    frcr_buy_amt_smtl2: cost.toFixed(6),
  });
  return { sections: { output1: rows.map(positionFacts), output2 } };
};

const presentBalance: Handler = (call) => {
  const nation = inputOf(call, "NATN_CD");
  const rows = holdings(call, FOREIGN).filter(
    ({ position }) => ["", "000"].includes(nation) || position.instrument.exchange?.nation === nation,
  );
  // 원화 or 외화: the money of the rows, not that of the totals, which are in won.
  const isWon = inputOf(call, "WCRC_FRCR_DVSN_CD") === "01";
  const output1 = rows.map((worth) => (isWon ? either(inWonFacts(worth), positionFacts(worth)) : positionFacts(worth)));
  const cost = sum(rows, ({ position }) => inWon(position.cost, position.instrument.currency));
  const value = sum(rows, (worth) => inWon(worth.value, worth.position.instrument.currency));
  const foreign = inWonOver(accountOf(call).book, call.market, FOREIGN, ({ cashInTwoDays }) => cashInTwoDays);
  const home = totalsOf(accountOf(call).book, call.market, { currency: "KRW" }).cashInTwoDays;
  const usable = inWonOver(accountOf(call).book, call.market, FOREIGN, ({ available }) => available);
  const output3 = known({
    pchs_amt_smtl: cost.toFixed(0),
    pchs_amt_smtl_amt: cost.toFixed(0),
    evlu_amt_smtl: value.toFixed(0),
    evlu_amt_smtl_amt: value.toFixed(0),
    evlu_pfls_amt_smtl: (value - cost).toFixed(0),
    tot_evlu_pfls_amt: (value - cost).toFixed(0),
    evlu_erng_rt1: percent(value - cost, cost),
    dncl_amt: home,
    frcr_evlu_tota: foreign,
    tot_frcr_cblc_smtl: foreign,
    tot_dncl_amt: home + foreign,
    wdrw_psbl_tot_amt: home,
    frcr_use_psbl_amt: usable,
    tot_asst_amt: (value + home + foreign).toFixed(0),
    tot_asst_amt2: (value + home + foreign).toFixed(0),
    wcrc_evlu_amt_smtl: value.toFixed(0),
    frcr_cblc_wcrc_evlu_amt_smtl: foreign,
  });
  return { sections: { output1, output2: cashRows(call), output3 } };
};

/** The money of a position in won. */
function inWonFacts({ position, value, profit, price }: Worth): Facts {
  const won = (amount: number) => inWon(amount, position.instrument.currency).toFixed(0);
  return known({
    frcr_pchs_amt: won(position.cost),
    frcr_evlu_amt2: won(value),
    evlu_pfls_amt2: won(profit),
    ovrs_now_pric1: won(price),
    avg_unpr3: won(position.cost / Math.abs(position.quantity)),
  });
}

/** A row for each currency that the account has had. */
function cashRows(call: Call): Facts[] {
  const account = accountOf(call);
  return FOREIGN.filter((currency) => account.book.money.currencies.includes(currency)).map((currency) => {
    const { cashInTwoDays, available, today } = totalsOf(account.book, call.market, { currency });
    const nation = EXCHANGES.find((exchange) => exchange.currency === currency);
    return known({
      crcy_cd: currency,
      crcy_cd_name: CURRENCIES[currency].name,
      natn_name: nation?.nationName,
      frcr_buy_amt_smtl: today.bought.toFixed(4),
      frcr_sll_amt_smtl: today.sold.toFixed(4),
      frcr_dncl_amt_2: cashInTwoDays.toFixed(4),
      frcr_dncl_amt1: cashInTwoDays.toFixed(4),
      frst_bltn_exrt: CURRENCIES[currency].rate.toFixed(4),
      bass_exrt: CURRENCIES[currency].rate.toFixed(4),
      frcr_drwg_psbl_amt_1: available.toFixed(4),
      nxdy_frcr_drwg_psbl_amt: available.toFixed(4),
      frcr_gnrl_ord_psbl_amt: available.toFixed(4),
      frcr_ord_psbl_amt1: available.toFixed(4),
      itgr_ord_psbl_amt: available.toFixed(4),
      frcr_evlu_amt2: inWon(cashInTwoDays, currency).toFixed(0),
      acpl_cstd_crcy_yn: "N",
    });
  });
}

const margins: Handler = (call) => ({ sections: { output: cashRows(call) } });

const orderable: Handler = (call) => {
  const exchange = exchangesOf(call, inputOf(call, "OVRS_EXCG_CD"))[0];
  const instrument = overseas(inputOf(call, "OVRS_EXCG_CD"), inputOf(call, "ITEM_CD"));
  const currency = exchange?.currency ?? "USD";
  const amount = Math.max(0, accountOf(call).book.available(currency));
  const price = Number(inputOf(call, "OVRS_ORD_UNPR")) || (instrument ? call.market.price(instrument) : 0);
  const quantity = price > 0 ? Math.floor(amount / price) : 0;
  const output = known({
    tr_crcy_cd: currency,
    ord_psbl_frcr_amt: amount.toFixed(2),
    ovrs_ord_psbl_amt: amount.toFixed(2),
    echm_af_ord_psbl_amt: amount.toFixed(2),
    frcr_ord_psbl_amt1: amount.toFixed(6),
    max_ord_psbl_qty: quantity,
    echm_af_ord_psbl_qty: quantity,
    ord_psbl_qty: quantity,
    ovrs_max_ord_psbl_qty: quantity,
    exrt: CURRENCIES[currency].rate.toFixed(2),
  });
  return { sections: { output } };
};

/** Orders at the exchanges that a request names. */
function at(call: Call): (order: Order) => boolean {
  const exchanges = exchangesOf(call, inputOf(call, "OVRS_EXCG_CD"));
  return ({ instrument }) => instrument.exchange !== undefined && exchanges.includes(instrument.exchange);
}

const openOrders: Handler = (call) => {
  const account = accountOf(call);
  const newestFirst = inputOf(call, "SORT_SQN") !== "DS";
  const orders = ordersOf(account.book, { kind: "overseas", state: "open", where: at(call), newestFirst });
  return { sections: { output: orderRows(account, orders) } };
};

const orders: Handler = (call) => {
  const account = accountOf(call);
  const code = inputOf(call, "PDNO");
  const found = ordersOf(account.book, {
    kind: "overseas",
    from: inputOf(call, "ORD_STRT_DT"),
    until: inputOf(call, "ORD_END_DT"),
    side: sideIn(inputOf(call, "SLL_BUY_DVSN")),
    state: stateIn(inputOf(call, "CCLD_NCCS_DVSN")),
    code: code === "%" ? "" : code,
    number: inputOf(call, "ODNO"),
    where: at(call),
    newestFirst: inputOf(call, "SORT_SQN") !== "DS",
  });
  return { sections: { output: orderRows(account, found) } };
};

/** TWAP and VWAP are the orders that a program splits; here they are done in one piece. */
const isSplit = ({ said }: Order) => ["35", "36"].includes(said.ORD_DVSN ?? "");

const splitOrders: Handler = (call) => {
  const account = accountOf(call);
  const from = inputOf(call, "TRAD_DT");
  const found = ordersOf(account.book, { kind: "overseas", from, until: from, where: isSplit, newestFirst: true });
  return { sections: { output: orderRows(account, found) } };
};

const splitFills: Handler = (call) => {
  const account = accountOf(call);
  const date = inputOf(call, "ORD_DT");
  const wanted = { kind: "overseas", from: date, until: date, number: inputOf(call, "ODNO"), where: isSplit } as const;
  const found = ordersOf(account.book, wanted);
  const fills = account.book.fills.filter(({ order }) => found.includes(order));
  return { sections: { output: fills.map(fillFacts), output3: orderRows(account, found) } };
};

const reservations: Handler = (call) => {
  const account = accountOf(call);
  const exchanges = exchangesOf(call, inputOf(call, "OVRS_EXCG_CD"));
  const isUs = call.action === "us";
  const found = account.reservations.all.filter(({ ticket: { instrument } }) => {
    const { exchange } = instrument;
    return exchange !== undefined && exchanges.includes(exchange) && (exchange.nation === "840") === isUs;
  });
  return { sections: { output: found.map((reservation) => reservationFacts(reservation, account)) } };
};

const transactions: Handler = (call) => {
  const fills = fillsOf(accountOf(call).book, {
    kind: "overseas",
    from: inputOf(call, "ERLM_STRT_DT"),
    until: inputOf(call, "ERLM_END_DT"),
    side: sideIn(inputOf(call, "SLL_BUY_DVSN_CD")),
    code: inputOf(call, "PDNO"),
  });
  const output2 = profitTotals(groupsOf(fills, "day"));
  return { sections: { output1: fills.map(fillFacts).reverse(), output2 } };
};

const profits: Handler = (call) => {
  const currency = inputOf(call, "CRCY_CD");
  const fills = fillsOf(accountOf(call).book, {
    kind: "overseas",
    from: inputOf(call, "INQR_STRT_DT"),
    until: inputOf(call, "INQR_END_DT"),
    side: "sell",
    code: inputOf(call, "PDNO"),
  }).filter(({ order }) => currency === "" || order.instrument.currency === currency);
  const groups = groupsOf(fills, "instrument");
  return { sections: { output1: groups.map(groupFacts), output2: profitTotals(groups) } };
};

const AT = "/uapi/overseas-stock/v1/trading";

export const OVERSEAS_ACCOUNTS: Readonly<Record<string, Handler>> = {
  [`${AT}/inquire-balance`]: balance,
  [`${AT}/inquire-present-balance`]: presentBalance,
  [`${AT}/inquire-paymt-stdr-balance`]: presentBalance,
  [`${AT}/inquire-nccs`]: openOrders,
  [`${AT}/inquire-ccnl`]: orders,
  [`${AT}/inquire-psamount`]: orderable,
  [`${AT}/foreign-margin`]: margins,
  [`${AT}/inquire-period-trans`]: transactions,
  [`${AT}/inquire-period-profit`]: profits,
  [`${AT}/order-resv-list`]: reservations,
  [`${AT}/algo-ordno`]: splitOrders,
  [`${AT}/inquire-algo-ccnl`]: splitFills,
};
