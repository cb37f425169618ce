/**
 * What becomes of orders, as the notices (체결통보) tell it.
 * @module
 */
import type { BookEvent, Fill, Order } from "../../exchange/book/order.js";
import { remaining } from "../../exchange/book/order.js";
import { hms, ymd } from "../../shared/clock.js";
import type { Environment } from "../credentials.js";
import { HTS_ID } from "../credentials.js";
import { codesOf } from "../exchange-codes.js";
import type { Value } from "../facts.js";
import { BRANCH } from "../trading/receipt.js";

export interface Notice {
  trId: string;
  /** Columns by name. */
  values: Values;
}

/** Undefined where KIS says nothing: of bonds, and of orders that end with the day. */
export function noticeOf(event: BookEvent, environment: Environment): Notice | undefined {
  const word = wordOf(event);
  const trId = word && trIdOf(event, environment);
  if (!trId) return undefined;
  const isOverseasFuture = event.order.instrument.kind === "overseas-futures";
  return { trId, values: isOverseasFuture ? overseasFutureValues(event) : valuesOf(event, word) };
}

/** What a notice says of an order: 정정구분, 거부여부, 체결여부, 접수여부. */
interface Word {
  rctf_cls: "0" | "1" | "2";
  rfus_yn: "0" | "1";
  cntg_yn: "1" | "2";
  acpt_yn: "1" | "2" | "3";
}

const WORDS: Readonly<Record<BookEvent["type"], Word>> = {
  accepted: { rctf_cls: "0", rfus_yn: "0", cntg_yn: "1", acpt_yn: "1" },
  modified: { rctf_cls: "1", rfus_yn: "0", cntg_yn: "1", acpt_yn: "2" },
  cancelled: { rctf_cls: "2", rfus_yn: "0", cntg_yn: "1", acpt_yn: "2" },
  rejected: { rctf_cls: "0", rfus_yn: "1", cntg_yn: "1", acpt_yn: "2" },
  // IOC and FOK: what could not be done at once.
  lapsed: { rctf_cls: "2", rfus_yn: "0", cntg_yn: "1", acpt_yn: "3" },
  filled: { rctf_cls: "0", rfus_yn: "0", cntg_yn: "2", acpt_yn: "2" },
};

function wordOf({ type, order }: BookEvent): Word | undefined {
  if (type === "lapsed" && !order.immediate) return undefined;
  return type === "rejected" ? { ...WORDS.rejected, rctf_cls: CHANGES[order.kind] } : WORDS[type];
}

const CHANGES = { new: "0", modify: "1", cancel: "2" } as const satisfies Record<Order["kind"], Word["rctf_cls"]>;

function trIdOf({ type, order }: BookEvent, environment: Environment): string | undefined {
  const ending = environment === "real" ? "0" : "9";
  switch (order.instrument.kind) {
    case "stock":
      return `H0STCNI${ending}`;
    case "overseas":
      return `H0GSCNI${ending}`;
    case "futures":
      return order.said.SESSION === "night" ? nightTrId(order) : `H0IFCNI${ending}`;
    case "overseas-futures":
      return type === "filled" ? "HDFFF2C0" : "HDFFF1C0";
    default:
      return undefined;
  }
}

/** Options begin with 2 or 3, or B or C since 2024. */
function nightTrId({ instrument }: Order): string {
  return /^[23BC]/.test(instrument.code) ? "H0EUCNI0" : "H0MFCNI0";
}

type Values = Readonly<Record<string, Value>>;

function valuesOf(event: BookEvent, word: Word): Values {
  const { order, account } = event;
  const { instrument, said, side, price = 0, trigger = 0, quantity } = order;
  const fill = event.type === "filled" ? event.fill : undefined;
  const isOverseas = instrument.kind === "overseas";
  const padded = (value: number, width: number) => value.toFixed(instrument.decimals).padStart(width, "0");
  const paid = fill?.price ?? price;
  return {
    ...word,
    cust_id: HTS_ID,
    acnt_no: account.replace("-", ""),
    oder_no: order.number,
    ooder_no: order.original ?? "",
    seln_byov_cls: side === "sell" ? "01" : "02",
    oder_kind: said.ORD_DVSN ?? "00",
    oder_kind2: isOverseas ? (order.price === undefined ? "1" : "2") : fill ? "0" : "L",
    oder_cond: isOverseas ? (MARKETS[codesOf(instrument.exchange)?.order ?? ""] ?? "") : order.immediate ? "1" : "0",
    stck_shrn_iscd: instrument.code,
    cntg_qty: String(fill?.quantity ?? (event.type === "lapsed" ? order.lapsed : quantity)).padStart(10, "0"),
    cntg_unpr: padded(paid, 9),
    cntg_unpr12: paid.toFixed(4).replace(".", "").padStart(12, "0"),
    stck_cntg_hour: hms(timeOf(event)),
    brnc_no: BRANCH,
    oder_qty: String(quantity).padStart(9, "0"),
    acnt_name: "샌드박스",
    ord_cond_prc: padded(trigger, 9),
    ord_exg_gb: EXCHANGES[said.EXCG_ID_DVSN_CD || "KRX"] ?? "1",
    popup_yn: "Y",
    filler: "",
    crdt_cls: "",
    crdt_loan_date: said.LOAN_DT ?? "",
    cntg_isnm: instrument.name.slice(0, 14),
    cntg_isnm40: instrument.name,
    oder_prc: padded(price, 9),
    order_prc: price.toFixed(instrument.decimals),
    debt_gb: "10",
    debt_date: "",
    start_tm: "",
    end_tm: "",
    tm_div_tp: "",
    ord_grp: "",
    ord_grpseq: "",
  };
}

/** 주문거래소 구분 */
const EXCHANGES: Readonly<Record<string, string>> = { KRX: "1", NXT: "2", SOR: "3" };

/** 해외종목구분 */
const MARKETS: Readonly<Record<string, string>> = {
  NASD: "6",
  NYSE: "7",
  AMEX: "8",
  SEHK: "4",
  SHAA: "A",
  SZAA: "B",
  TKSE: "D",
  HASE: "E",
  VNSE: "F",
};

function overseasFutureValues(event: BookEvent): Values {
  const { order, account } = event;
  const { instrument, price, trigger, side, filled, amount } = order;
  const digits = (value: number) => value.toFixed(instrument.decimals);
  const date = ymd(order.at);
  return {
    user_id: HTS_ID,
    acct_no: account.replace("-", ""),
    ord_dt: date,
    odno: order.number.slice(-8),
    orgn_ord_dt: order.original ? date : "",
    orgn_odno: order.original?.slice(-8) ?? "",
    series: instrument.code,
    rvse_cncl_dvsn_cd: order.kind === "modify" ? "01" : order.kind === "cancel" ? "02" : "00",
    sll_buy_dvsn_cd: side === "sell" ? "01" : "02",
    cplx_ord_dvsn_cd: "0",
    prce_tp: trigger !== undefined ? "3" : price === undefined ? "2" : "1",
    fm_excg_rcit_dvsn_cd: event.type === "rejected" ? "03" : "02",
    ord_qty: order.quantity,
    fm_lmt_pric: digits(price ?? 0),
    fm_stop_ord_pric: digits(trigger ?? 0),
    tot_ccld_qty: filled,
    tot_ccld_uv: digits(filled === 0 ? 0 : amount / filled / instrument.unit),
    ord_remq: remaining(order),
    fm_ord_grp_dt: date,
    ord_dtl_dtime: momentOf(order.at),
    oprt_dtl_dtime: momentOf(timeOf(event)),
    work_empl: HTS_ID,
    crcy_cd: instrument.currency,
    ...(event.type === "filled" && fillValues(event.fill)),
  };
}

function fillValues({ number, at, quantity, price, amount, order: { instrument } }: Fill): Values {
  return {
    ccld_dt: ymd(at),
    ccno: number,
    api_ccno: number,
    ccld_qty: quantity,
    fm_ccld_pric: price.toFixed(instrument.decimals),
    trst_fee: "0.00",
    ord_mdia_online_yn: "Y",
    fm_ccld_amt: amount.toFixed(2),
  };
}

function timeOf(event: BookEvent): number {
  return event.type === "filled" ? event.fill.at : event.order.at;
}

function momentOf(time: number): string {
  return `${ymd(time)}${hms(time)}${String(time % 1_000).padStart(3, "0")}`;
}
