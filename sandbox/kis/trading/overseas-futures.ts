/**
 * 해외선물옵션: orders, open positions, and the money behind them, in dollars.
 * @module
 */
import { fillsOf, groupsOf, ordersOf } from "../../exchange/book/history.js";
import { totalsOf } from "../../exchange/book/totals.js";
import type { Worth } from "../../exchange/book/worth.js";
import { type Currency, inWon, isCurrency } from "../../exchange/market/exchanges.js";
import { overseasFutures } from "../../exchange/market/instrument.js";
import { ymd } from "../../shared/clock.js";
import { accountOf, type Call, type Handler, inputOf } from "../call.js";
import { type Facts, known } from "../facts.js";
import { MARGIN } from "./futures.js";
import { fillFacts, orderRows, orderTotals, sideIn } from "./lists.js";
import { checkedPrice, orderable, originalOf, placeOrder, received, type Style, styleOf } from "./orders.js";
import { positionFacts } from "./position-facts.js";

/** 가격구분코드; the last two wait for a price of their own. */
const STYLES: Readonly<Record<string, Style & { waits?: boolean }>> = {
  "1": { name: "지정", price: "said" },
  "2": { name: "시장", price: "any" },
  "3": { name: "STOP", price: "any", waits: true },
  "4": { name: "S/L", price: "said", waits: true },
};

const SAID = ["PRIC_DVSN_CD", "CCLD_CNDT_CD"];

const order: Handler = (call) => {
  const style: Style & { waits?: boolean } = styleOf(STYLES, inputOf(call, "PRIC_DVSN_CD"));
  const placed = placeOrder(call, {
    side: sideIn(inputOf(call, "SLL_BUY_DVSN_CD")) ?? "buy",
    instrument: overseasFutures(inputOf(call, "OVRS_FUTR_FX_PDNO")),
    style,
    terms: MARGIN,
    quantity: "FM_ORD_QTY",
    price: "FM_LIMIT_ORD_PRIC",
    trigger: style.waits ? "FM_STOP_ORD_PRIC" : undefined,
    said: SAID,
  });
  return short(placed);
};

const change: Handler = (call) => {
  const account = accountOf(call);
  const original = originalOf(account, inputOf(call, "ORGN_ODNO"), "overseas-futures");
  if (call.action === "cancel") return short(received(account.book.cancel(original)));
  const said = inputOf(call, "FM_LIMIT_ORD_PRIC");
  const isMarket = inputOf(call, "FM_MKPR_CVSN_YN") === "Y";
  const price = isMarket
    ? undefined
    : said === ""
      ? original.price
      : checkedPrice(said, original.instrument, call.market);
  return short(received(account.book.modify(original, { quantity: undefined, price, immediate: false, said: {} })));
};

/** Order numbers have eight digits here. */
function short({ sections, top = () => undefined, ...rest }: ReturnType<typeof received>): ReturnType<typeof received> {
  const cut =
    (facts: Facts): Facts =>
    (field) => {
      const value = facts(field);
      return /odno$/.test(field) && typeof value === "string" ? value.slice(-8) : value;
    };
  const entries = Object.entries(sections).map(([name, facts]) => [
    name,
    typeof facts === "function" ? cut(facts) : facts.map(cut),
  ]);
  return { ...rest, sections: Object.fromEntries(entries), top: cut(top) };
}

/** `01` is everything here, `02` 체결 and `03` 미체결. */
function stateIn(code: string): "filled" | "open" | undefined {
  return code === "02" ? "filled" : code === "03" ? "open" : undefined;
}

const orders: Handler = (call) => {
  const account = accountOf(call);
  const isToday = call.route.operation.path.endsWith("inquire-ccld");
  const today = ymd(call.market.now);
  const found = ordersOf(account.book, {
    kind: "overseas-futures",
    from: isToday ? today : inputOf(call, "STRT_DT"),
    until: isToday ? today : inputOf(call, "END_DT"),
    side: sideIn(inputOf(call, "SLL_BUY_DVSN_CD")),
    state: stateIn(inputOf(call, "CCLD_NCCS_DVSN")),
    newestFirst: true,
  });
  return short({ sections: { output: orderRows(account, found) } });
};

const fills: Handler = (call) => {
  const [from, until] = [inputOf(call, "STRT_DT"), inputOf(call, "END_DT")];
  const side = sideIn(inputOf(call, "SLL_BUY_DVSN_CD"));
  const found = fillsOf(accountOf(call).book, { kind: "overseas-futures", from, until, side });
  const totals = orderTotals([...new Set(found.map((fill) => fill.order))]);
  return short({ sections: { output1: found.map(fillFacts), output2: totals } });
};

function futuresOf(call: Call, currency: Currency) {
  const wants = ({ position }: Worth) => position.instrument.kind === "overseas-futures";
  return totalsOf(accountOf(call).book, call.market, { currency, wants });
}

const positions: Handler = (call) => ({
  sections: { output: futuresOf(call, "USD").positions.map(positionFacts) },
});

/** `TUS` and `TKR` are all currencies together, in dollars or in won; only dollars are traded here. */
function currencyIn(call: Call): Currency {
  const said = inputOf(call, "CRCY_CD");
  return isCurrency(said) ? said : "USD";
}

const money: Handler = (call) => {
  const currency = currencyIn(call);
  const { cash, cashInTwoDays, available, margin, profit, realized } = futuresOf(call, currency);
  const { customer, product } = accountOf(call);
  const shown = (amount: number) => (inputOf(call, "CRCY_CD") === "TKR" ? inWon(amount, currency) : amount).toFixed(2);
  const output = known({
    cano: customer,
    acnt_prdt_cd: product,
    crcy_cd: inputOf(call, "CRCY_CD"),
    resp_dt: inputOf(call, "INQR_DT") || ymd(call.market.now),
    fm_dnca_rmnd: shown(cash),
    fm_nxdy_dncl_amt: shown(cashInTwoDays),
    fm_tot_asst_evlu_amt: shown(cashInTwoDays + profit),
    fm_opt_icld_asst_evlu_amt: shown(cashInTwoDays + profit),
    fm_lqd_pfls_amt: shown(realized),
    fm_fuop_evlu_pfls_amt: shown(profit),
    fm_brkg_mgn_amt: shown(margin),
    fm_mntn_mgn_amt: shown(margin),
    fm_ustl_mgn_amt: shown(margin),
    fm_futr_ustl_mgn_amt: shown(margin),
    fm_ord_psbl_amt: shown(Math.max(0, available)),
    fm_drwg_psbl_amt: shown(Math.max(0, available)),
  });
  return { sections: { output } };
};

const orderableQuantity: Handler = (call) => {
  const { book, customer, product } = accountOf(call);
  const code = inputOf(call, "OVRS_FUTR_FX_PDNO");
  const instrument = orderable(overseasFutures(code));
  const price = Number(inputOf(call, "FM_ORD_PRIC")) || call.market.price(instrument);
  const opens = Math.floor(Math.max(0, book.available("USD")) / (price * instrument.unit * MARGIN.rate));
  const held = book.positions.find((position) => position.instrument.id === instrument.id);
  const closes = held && held.quantity > 0 === (inputOf(call, "SLL_BUY_DVSN_CD") === "01") ? book.free(held) : 0;
  const output = known({
    cano: customer,
    acnt_prdt_cd: product,
    ovrs_futr_fx_pdno: code,
    crcy_cd: "USD",
    sll_buy_dvsn_cd: inputOf(call, "SLL_BUY_DVSN_CD"),
    fm_ustl_qty: Math.abs(held?.quantity ?? 0),
    fm_lqd_psbl_qty: closes,
    fm_new_ord_psbl_qty: opens,
    fm_tot_ord_psbl_qty: opens + closes,
    fm_mkpr_tot_ord_psbl_qty: opens + closes,
  });
  return { sections: { output } };
};

const profits: Handler = (call) => {
  const { customer, product } = accountOf(call);
  const [from, until] = [inputOf(call, "INQR_TERM_FROM_DT"), inputOf(call, "INQR_TERM_TO_DT")];
  const groups = groupsOf(fillsOf(accountOf(call).book, { kind: "overseas-futures", from, until }), "instrument");
  const { profit } = futuresOf(call, "USD");
  const rows = groups.map((group) =>
    known({
      cano: customer,
      acnt_prdt_cd: product,
      crcy_cd: "USD",
      ovrs_futr_fx_pdno: group.fills[0]?.order.instrument.code,
      fm_buy_qty: group.bought,
      fm_sll_qty: group.sold,
      fm_lqd_pfls_amt: group.profit,
      fm_net_pfls_amt: group.profit,
    }),
  );
  const total = known({
    cano: customer,
    acnt_prdt_cd: product,
    crcy_cd: "USD",
    fm_buy_qty: groups.reduce((sum, { bought }) => sum + bought, 0),
    fm_sll_qty: groups.reduce((sum, { sold }) => sum + sold, 0),
    fm_lqd_pfls_amt: groups.reduce((sum, group) => sum + group.profit, 0),
    fm_net_pfls_amt: groups.reduce((sum, group) => sum + group.profit, 0),
    fm_ustl_evlu_pfls_amt: profit,
  });
  return { sections: { output1: [total], output2: rows } };
};

const transactions: Handler = (call) => {
  const { book, customer, product } = accountOf(call);
  const [from, until] = [inputOf(call, "INQR_TERM_FROM_DT"), inputOf(call, "INQR_TERM_TO_DT")];
  const found = fillsOf(accountOf(call).book, { kind: "overseas-futures", from, until });
  const balance = book.money.total("USD");
  const rows = found
    .filter(({ profit }) => profit !== 0)
    .map(({ number, at, profit }) =>
      known({
        bass_dt: ymd(at),
        cano: customer,
        acnt_prdt_cd: product,
        fm_ldgr_inog_seq: Number(number),
        acnt_tr_type_name: "결제",
        tr_itm_name: "선물청산손익",
        crcy_cd: "USD",
        fm_sttl_amt: profit,
        fm_iofw_amt: profit,
        fm_dncl_amt: balance,
      }),
    );
  return { sections: { output: rows } };
};

const AT = "/uapi/overseas-futureoption/v1/trading";

export const OVERSEAS_FUTURES: Readonly<Record<string, Handler>> = {
  [`${AT}/order`]: order,
  [`${AT}/order-rvsecncl`]: change,
  [`${AT}/inquire-ccld`]: orders,
  [`${AT}/inquire-daily-order`]: orders,
  [`${AT}/inquire-daily-ccld`]: fills,
  [`${AT}/inquire-unpd`]: positions,
  [`${AT}/inquire-psamount`]: orderableQuantity,
  [`${AT}/inquire-deposit`]: money,
  [`${AT}/margin-detail`]: money,
  [`${AT}/inquire-period-ccld`]: profits,
  [`${AT}/inquire-period-trans`]: transactions,
};
