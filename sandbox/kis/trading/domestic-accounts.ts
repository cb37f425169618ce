/**
 * 국내주식 계좌: balances, what can still be ordered, orders and profits. 퇴직연금 accounts are asked by paths of their own.
 * @module
 */
import { fillsOf, groupsOf, ordersOf } from "../../exchange/book/history.js";
import { isWaiting } from "../../exchange/book/reservations.js";
import { sum } from "../../exchange/book/sum.js";
import { inWonOver, type Totals, totalsOf } from "../../exchange/book/totals.js";
import { CURRENCIES, type Currency } from "../../exchange/market/exchanges.js";
import { stock } from "../../exchange/market/instrument.js";
import { DAY, ymd } from "../../shared/clock.js";
import { accountOf, type Call, type Handler, inputOf } from "../call.js";
import { either, type Facts, known } from "../facts.js";
import { CREDIT_RATE } from "./domestic-orders.js";
import { orderRows, orderTotals, sideIn, stateIn } from "./lists.js";
import { percent, positionFacts } from "./position-facts.js";
import { groupFacts, profitTotals } from "./profits.js";
import { reservationFacts } from "./reservation-facts.js";

/** Stocks of the account, and its won. */
function stocksOf(call: Call): Totals {
  const wants = ({ position }: Totals["positions"][number]) => position.instrument.kind === "stock";
  return totalsOf(accountOf(call).book, call.market, { currency: "KRW", wants });
}

function summary(totals: Totals): Facts {
  const { cash, cashTomorrow, cashInTwoDays, cost, value, profit, loans, today, yesterday, positions } = totals;
  const whole = value + cashInTwoDays;
  const before = cashInTwoDays + sum(positions, ({ position, before: price }) => position.quantity * price);
  return known({
    dnca_tot_amt: cash,
    dnca_tota: cash,
    nxdy_excc_amt: cashTomorrow,
    nxdy_sttl_amt: cashTomorrow,
    prvs_rcdl_excc_amt: cashInTwoDays,
    nx2_day_sttl_amt: cashInTwoDays,
    bfdy_buy_amt: yesterday.bought,
    thdt_buy_amt: today.bought,
    bfdy_sll_amt: yesterday.sold,
    thdt_sll_amt: today.sold,
    tot_loan_amt: loans,
    scts_evlu_amt: value,
    tot_evlu_amt: whole,
    nass_amt: whole - loans,
    pchs_amt_smtl_amt: cost,
    pchs_amt_smtl: cost,
    evlu_amt_smtl_amt: value,
    evlu_amt_smtl: value,
    evlu_pfls_smtl_amt: profit,
    evlu_pfls_amt_smtl: profit,
    bfdy_tot_asst_evlu_amt: before,
    asst_icdc_amt: whole - before,
    asst_icdc_erng_rt: percent(whole - before, before),
    rlzt_pfls: totals.realized,
    rlzt_erng_rt: percent(totals.realized, cost),
    real_evlu_pfls: profit,
    real_evlu_pfls_erng_rt: percent(profit, cost),
    trad_pfls_smtl: today.profit,
    thdt_tot_pfls_amt: today.profit + profit,
    pftrt: percent(profit, cost),
  });
}

const balance: Handler = (call) => {
  const totals = stocksOf(call);
  const rows = totals.positions.map((worth) => {
    const weight = known({ cblc_weit: percent(worth.value, totals.value) });
    return either(weight, positionFacts(worth));
  });
  return { sections: { output1: rows, output2: [summary(totals)] } };
};

const deposit: Handler = (call) => ({ sections: { output: summary(stocksOf(call)) } });

const orderable: Handler = (call) => {
  const { book } = accountOf(call);
  const instrument = stock(inputOf(call, "PDNO"));
  const style = inputOf(call, "ORD_DVSN");
  const said = Number(inputOf(call, "ORD_UNPR")) || 0;
  const price = instrument && (style === "01" || said === 0) ? call.market.price(instrument) : said;
  const rate = call.route.operation.path.endsWith("inquire-credit-psamount") ? CREDIT_RATE : 1;
  const cash = Math.max(0, book.available("KRW"));
  const most = Math.floor(cash / rate);
  const quantity = instrument && price > 0 ? Math.floor(most / price) : 0;
  const answer = known({
    ord_psbl_cash: cash,
    psbl_qty_calc_unpr: price,
    nrcvb_buy_amt: most,
    nrcvb_buy_qty: quantity,
    max_buy_amt: most,
    max_buy_qty: quantity,
  });
  return { sections: { output: answer } };
};

const sellable: Handler = (call) => {
  const code = inputOf(call, "PDNO");
  const found = stocksOf(call).positions.find(({ position }) => position.instrument.code === code);
  const named = known({ pdno: code, prdt_name: stock(code)?.name });
  return { sections: { output: found ? either(positionFacts(found), named) : named } };
};

const openOrders: Handler = (call) => {
  const account = accountOf(call);
  const side = sideIn(`0${inputOf(call, "INQR_DVSN_2")}`);
  const orders = ordersOf(account.book, { kind: "stock", state: "open", side, newestFirst: true });
  if (inputOf(call, "INQR_DVSN_1") === "1") {
    orders.sort((left, right) => left.instrument.code.localeCompare(right.instrument.code));
  }
  return { sections: { output: orderRows(account, orders) } };
};

const pensionOrders: Handler = (call) => {
  const account = accountOf(call);
  const state = stateIn(inputOf(call, "CCLD_NCCS_DVSN"));
  const orders = ordersOf(account.book, {
    kind: "stock",
    state,
    side: sideIn(inputOf(call, "SLL_BUY_DVSN_CD")),
    newestFirst: true,
  });
  return { sections: { output: orderRows(account, orders) } };
};

const dailyOrders: Handler = (call) => {
  const account = accountOf(call);
  const exchange = inputOf(call, "EXCG_ID_DVSN_CD");
  // Two tr_ids share the history between them, at three months ago.
  const edge = call.market.now - 92 * DAY;
  const isRecent = call.action !== "before3Months";
  const orders = ordersOf(account.book, {
    kind: "stock",
    from: inputOf(call, "INQR_STRT_DT"),
    until: inputOf(call, "INQR_END_DT"),
    side: sideIn(inputOf(call, "SLL_BUY_DVSN_CD")),
    state: stateIn(inputOf(call, "CCLD_DVSN")),
    code: inputOf(call, "PDNO"),
    number: inputOf(call, "ODNO"),
    where: ({ at, said }) =>
      at >= edge === isRecent && (["", "ALL"].includes(exchange) || (said.EXCG_ID_DVSN_CD || "KRX") === exchange),
    newestFirst: inputOf(call, "INQR_DVSN") !== "01",
  });
  return { sections: { output1: orderRows(account, orders), output2: orderTotals(orders) } };
};

const reservations: Handler = (call) => {
  const account = accountOf(call);
  const [from, until] = [inputOf(call, "RSVN_ORD_ORD_DT"), inputOf(call, "RSVN_ORD_END_DT")];
  const state = inputOf(call, "PRCS_DVSN_CD");
  const cancelled = inputOf(call, "CNCL_YN") === "Y";
  const found = account.reservations.all.filter((reservation) => {
    const date = ymd(reservation.at);
    if (reservation.ticket.instrument.kind !== "stock") return false;
    if ((from !== "" && date < from) || (until !== "" && date > until)) return false;
    if (!cancelled && reservation.cancelledAt !== undefined) return false;
    return state === "1" ? !isWaiting(reservation) : state === "2" ? isWaiting(reservation) : true;
  });
  return { sections: { output: found.map((reservation) => reservationFacts(reservation, account)) } };
};

const profitByDay: Handler = (call) => profits(call, "day");
const profitByTrade: Handler = (call) => profits(call, "instrument");

function profits(call: Call, by: "day" | "instrument") {
  const fills = fillsOf(accountOf(call).book, {
    kind: "stock",
    from: inputOf(call, "INQR_STRT_DT"),
    until: inputOf(call, "INQR_END_DT"),
    code: inputOf(call, "PDNO"),
  });
  const groups = groupsOf(fills, by);
  if (inputOf(call, "SORT_DVSN") === "01") groups.reverse();
  return { sections: { output1: groups.map(groupFacts), output2: profitTotals(groups) } };
}

const FOREIGN: readonly Currency[] = ["USD", "HKD", "CNY", "JPY", "VND"];

/** 투자계좌자산현황: a row for each kind of asset, stocks at home first and overseas second. */
const assets: Handler = (call) => {
  const account = accountOf(call);
  const home = stocksOf(call);
  const abroad = (pick: (totals: Totals) => number) => inWonOver(account.book, call.market, FOREIGN, pick);
  const rows = [
    { cost: home.cost, value: home.value, profit: home.profit, loans: home.loans },
    {
      cost: abroad(({ cost }) => cost),
      value: abroad(({ value }) => value),
      profit: abroad(({ profit }) => profit),
      loans: 0,
    },
  ];
  const cash = home.cashInTwoDays + abroad(({ cashInTwoDays }) => cashInTwoDays);
  const value = sum(rows, (row) => row.value);
  const whole = value + cash;
  const output1 = rows.map((row) =>
    known({
      pchs_amt: row.cost,
      evlu_amt: row.value,
      evlu_pfls_amt: row.profit,
      crdt_lnd_amt: row.loans,
      real_nass_amt: row.value - row.loans,
      whol_weit_rt: percent(row.value, whole),
    }),
  );
  const output2 = known({
    pchs_amt_smtl: sum(rows, (row) => row.cost),
    evlu_amt_smtl: value,
    evlu_pfls_amt_smtl: sum(rows, (row) => row.profit),
    loan_amt_smtl: home.loans,
    nass_tot_amt: whole - home.loans,
    tot_asst_amt: whole,
    tot_dncl_amt: cash,
    dncl_amt: home.cashInTwoDays,
    frcr_evlu_tota: cash - home.cashInTwoDays,
    ovrs_stck_evlu_amt1: rows[1]?.value,
    crdt_fncg_amt: home.loans,
  });
  return { sections: { output1, output2 } };
};

/** 통합증거금: cash by currency, what of it is bound, and what is left. */
const margins: Handler = (call) => {
  const { book } = accountOf(call);
  const left = (currency: Currency) => Math.max(0, book.available(currency));
  const facts: Facts = (field) => {
    const [, name = "", what] =
      /^(usd|hkd|jpy|cny|stck_cash|stck_itgr_cash)\d*_(?:max_|gnrl_|itgr_)?(.+)$/.exec(field) ?? [];
    if (/^(usd|hkd|jpy|cny)_frst_bltn_exrt$/.test(field)) return CURRENCIES[currencyOf(name)].rate.toFixed(2);
    const currency = currencyOf(name);
    if (what === "objt_amt") return book.money.total(currency);
    if (what === "use_amt") return book.money.total(currency) - book.available(currency);
    return what === "ord_psbl_amt" ? left(currency) : undefined;
  };
  return { sections: { output: facts } };
};

function currencyOf(name: string): Currency {
  return FOREIGN.find((currency) => currency.toLowerCase() === name) ?? "KRW";
}

const AT = "/uapi/domestic-stock/v1/trading";

export const DOMESTIC_ACCOUNTS: Readonly<Record<string, Handler>> = {
  [`${AT}/inquire-balance`]: balance,
  [`${AT}/inquire-balance-rlz-pl`]: balance,
  [`${AT}/inquire-psbl-order`]: orderable,
  [`${AT}/inquire-credit-psamount`]: orderable,
  [`${AT}/inquire-psbl-sell`]: sellable,
  [`${AT}/inquire-psbl-rvsecncl`]: openOrders,
  [`${AT}/inquire-daily-ccld`]: dailyOrders,
  [`${AT}/order-resv-ccnl`]: reservations,
  [`${AT}/inquire-period-profit`]: profitByDay,
  [`${AT}/inquire-period-trade-profit`]: profitByTrade,
  [`${AT}/inquire-account-balance`]: assets,
  [`${AT}/intgr-margin`]: margins,
  [`${AT}/pension/inquire-balance`]: balance,
  [`${AT}/pension/inquire-present-balance`]: balance,
  [`${AT}/pension/inquire-deposit`]: deposit,
  [`${AT}/pension/inquire-psbl-order`]: orderable,
  [`${AT}/pension/inquire-daily-ccld`]: pensionOrders,
};
