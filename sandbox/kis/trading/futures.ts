/**
 * 국내선물옵션: orders by day and by night, positions with margin, and what can be ordered.
 * @module
 */
import { fillsOf, groupsOf, ordersOf } from "../../exchange/book/history.js";
import type { Terms } from "../../exchange/book/order.js";
import { totalsOf } from "../../exchange/book/totals.js";
import type { Worth } from "../../exchange/book/worth.js";
import { futures } from "../../exchange/market/instrument.js";
import { accountOf, type Call, type Handler, inputOf } from "../call.js";
import { either, type Facts, known } from "../facts.js";
import { fillFacts, orderRows, orderTotals, sideIn, stateIn } from "./lists.js";
import { changeOrder, originalOf, received, type Style, styleOf, ticketIn } from "./orders.js";
import { positionFacts } from "./position-facts.js";
import { groupFacts, profitTotals } from "./profits.js";

/** 주문구분코드 */
const STYLES: Readonly<Record<string, Style>> = {
  "01": { name: "지정가", price: "said" },
  "02": { name: "시장가", price: "any" },
  "03": { name: "조건부", price: "said" },
  "04": { name: "최유리", price: "any" },
  "10": { name: "지정가(IOC)", price: "said", immediate: true },
  "11": { name: "지정가(FOK)", price: "said", immediate: true },
  "12": { name: "시장가(IOC)", price: "any", immediate: true },
  "13": { name: "시장가(FOK)", price: "any", immediate: true },
  "14": { name: "최유리(IOC)", price: "any", immediate: true },
  "15": { name: "최유리(FOK)", price: "any", immediate: true },
};

/** 위탁증거금율. Options are margined like futures here. */
export const MARGIN: Terms = { settlement: "margined", rate: 0.1, effect: "either", days: 0, lot: "" };

const SAID = ["ORD_DVSN_CD", "NMPR_TYPE_CD", "KRX_NMPR_CNDT_CD"];

const order: Handler = (call) => {
  const ticket = ticketIn(call, {
    side: sideIn(inputOf(call, "SLL_BUY_DVSN_CD")) ?? "buy",
    instrument: futures(inputOf(call, "SHTN_PDNO")),
    style: styleOf(STYLES, inputOf(call, "ORD_DVSN_CD")),
    terms: MARGIN,
    quantity: "ORD_QTY",
    price: "UNIT_PRICE",
    said: SAID,
  });
  const said = { ...ticket.said, SESSION: call.action ?? "" };
  return received(accountOf(call).book.place({ ...ticket, said }));
};

const change: Handler = (call) =>
  changeOrder(call, {
    original: originalOf(accountOf(call), inputOf(call, "ORGN_ODNO"), "futures"),
    style: () => styleOf(STYLES, inputOf(call, "ORD_DVSN_CD")),
    quantity: "ORD_QTY",
    all: "RMN_QTY_YN",
    price: "UNIT_PRICE",
    said: SAID,
  });

const orders: Handler = (call) => {
  const account = accountOf(call);
  const found = ordersOf(account.book, {
    kind: "futures",
    from: inputOf(call, "STRT_ORD_DT"),
    until: inputOf(call, "END_ORD_DT"),
    side: sideIn(inputOf(call, "SLL_BUY_DVSN_CD")),
    state: stateIn(inputOf(call, "CCLD_NCCS_DVSN")),
    code: inputOf(call, "PDNO"),
    number: inputOf(call, "STRT_ODNO"),
    newestFirst: inputOf(call, "SORT_SQN") === "DS",
  });
  return { sections: { output1: orderRows(account, found), output2: orderTotals(found) } };
};

function futuresOf(call: Call) {
  const wants = ({ position }: Worth) => position.instrument.kind === "futures";
  return totalsOf(accountOf(call).book, call.market, { currency: "KRW", wants });
}

/** 예수금 and margin of an account. */
function summary(call: Call): Facts {
  const { cash, cashInTwoDays, margin, available, profit, realized, today, cost, value } = futuresOf(call);
  return known({
    dnca_cash: cash,
    dnca_tota: cash,
    tot_dncl_amt: cash,
    nxdy_dnca: cashInTwoDays,
    nxdy_dncl_amt: cashInTwoDays,
    cash_mgna: margin,
    mgna_tota: margin,
    brkg_mgna: margin,
    brkg_mgna_cash: margin,
    brkg_mgna_cash_amt: margin,
    brkg_mgna_tot_amt: margin,
    brkg_mgna_tota: margin,
    mmga_cash: margin,
    mmga_tota: margin,
    mmga_tot_amt: margin,
    mmga_cash_amt: margin,
    futr_new_mgn_amt: margin,
    new_mgn_amt: margin,
    thdt_dfpa: today.profit,
    futr_trad_pfls: realized,
    futr_trad_pfls_amt: realized,
    trad_pfls_smtl: realized,
    trad_pfls_amt_smtl: realized,
    futr_evlu_pfls_amt: profit,
    evlu_pfls_smtl: profit,
    evlu_pfls_amt_smtl: profit,
    prsm_dpast: cashInTwoDays + profit,
    prsm_dpast_amt: cashInTwoDays + profit,
    wdrw_psbl_tot_amt: available,
    wdrw_psbl_cash_amt: available,
    pprt_ord_psbl_cash: available,
    ord_psbl_cash: available,
    ord_psbl_cash_amt: available,
    ord_psbl_tota: available,
    ord_psbl_tot_amt: available,
    pchs_amt_smtl: cost,
    evlu_amt_smtl: value,
    tot_ccld_amt: today.bought + today.sold,
  });
}

const balance: Handler = (call) => ({
  sections: { output1: futuresOf(call).positions.map(positionFacts), output2: summary(call) },
});

const deposit: Handler = (call) => ({ sections: { output: summary(call) } });

/** 증거금 상세: the same twice, for the exchange and for the broker. */
const margins: Handler = (call) => {
  const facts = summary(call);
  return { sections: { output1: [facts], output2: [facts], output3: facts } };
};

const orderableQuantity: Handler = (call) => {
  const { book } = accountOf(call);
  const instrument = futures(inputOf(call, "PDNO"));
  const said = Number(inputOf(call, "UNIT_PRICE")) || 0;
  const price = instrument && said === 0 ? call.market.price(instrument) : said;
  const each = instrument ? price * instrument.unit * MARGIN.rate : 0;
  const opens = each > 0 ? Math.floor(Math.max(0, book.available("KRW")) / each) : 0;
  const sells = inputOf(call, "SLL_BUY_DVSN_CD") === "01";
  const held = book.positions.find(({ instrument: { id } }) => id === instrument?.id);
  const closes = held && held.quantity > 0 === sells ? book.free(held) : 0;
  const output = known({
    tot_psbl_qty: opens + closes,
    max_ord_psbl_qty: opens + closes,
    lqd_psbl_qty: closes,
    lqd_psbl_qty1: closes,
    lqd_psbl_qty_1: closes,
    ord_psbl_qty: opens,
    bass_idx: price.toFixed(2),
  });
  return { sections: { output } };
};

const fills: Handler = (call) => {
  const date = inputOf(call, "ORD_DT");
  const found = fillsOf(accountOf(call).book, { kind: "futures", from: date, until: date });
  const totals = orderTotals([...new Set(found.map((fill) => fill.order))]);
  return { sections: { output1: found.map(fillFacts), output2: totals } };
};

const fees: Handler = (call) => {
  const [from, until] = [inputOf(call, "INQR_STRT_DAY"), inputOf(call, "INQR_END_DAY")];
  const groups = groupsOf(fillsOf(accountOf(call).book, { kind: "futures", from, until }), "instrument");
  const totals = profitTotals(groups);
  const amounts = known({ futr_agrm_amt: totals("agrm_amt_smtl"), futr_agrm_amt_smtl: totals("agrm_amt_smtl") });
  return { sections: { output1: groups.map(groupFacts), output2: either(amounts, totals) } };
};

const AT = "/uapi/domestic-futureoption/v1/trading";

export const FUTURES: Readonly<Record<string, Handler>> = {
  [`${AT}/order`]: order,
  [`${AT}/order-rvsecncl`]: change,
  [`${AT}/inquire-ccnl`]: orders,
  [`${AT}/inquire-ngt-ccnl`]: orders,
  [`${AT}/inquire-balance`]: balance,
  [`${AT}/inquire-ngt-balance`]: balance,
  [`${AT}/inquire-balance-valuation-pl`]: balance,
  [`${AT}/inquire-balance-settlement-pl`]: balance,
  [`${AT}/inquire-deposit`]: deposit,
  [`${AT}/ngt-margin-detail`]: margins,
  [`${AT}/inquire-psbl-order`]: orderableQuantity,
  [`${AT}/inquire-psbl-ngt-order`]: orderableQuantity,
  [`${AT}/inquire-ccnl-bstime`]: fills,
  [`${AT}/inquire-daily-amount-fee`]: fees,
};
