import { bond, type Instrument, stock } from "../../exchange/market/instrument.js";
import type { Market } from "../../exchange/market/market.js";
import { STOCKS } from "../../exchange/market/names.js";
import { isin, koreanIsin } from "./isin.js";
import type { Row } from "./record.js";

/** Which of the stocks with a name is where; the others are on the KOSPI. */
const KOSDAQ = new Set(["247540"]);
const ETF = new Set(["069500"]);

/** Has what is met in real files as well: losses, and a date that the calendar does not have. */
const ODD = "011200";

/** Stocks without a name of their own, so that a file has as many rows as one can scroll through. */
const unnamed = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => String(first + index * 10).padStart(6, "0"));

export function kospiRows(market: Market): Row[] {
  const codes = [...Object.keys(STOCKS).filter((code) => !KOSDAQ.has(code)), ...unnamed(100_010, 30)];
  return [...codes.flatMap((code) => stockRow(market, code)), beneficiaryRow];
}

export function kosdaqRows(market: Market): Row[] {
  return [...KOSDAQ, ...unnamed(200_010, 40)].flatMap((code) => stockRow(market, code));
}

export function konexRows(market: Market): Row[] {
  // As in real files, which say ST where the header has KN only, and leave the last columns of the layout of the KOSPI blank.
  const blank = { ssts_hot_yn: "", stange_runup_yn: "", krx300_issu_yn: "" };
  return unnamed(300_010, 20).flatMap((code) => stockRow(market, code).map((row) => ({ ...row, ...blank })));
}

function stockRow(market: Market, code: string): Row[] {
  const found = stock(code);
  if (!found) return [];
  const { close, volume } = market.yesterday(found);
  return [
    {
      mksc_shrn_iscd: code,
      stnd_iscd: koreanIsin(code),
      hts_kor_isnm: found.name,
      scrt_grp_cls_code: ETF.has(code) ? "EF" : "ST",
      etp_prod_cls_code: ETF.has(code) ? "2" : "",
      stck_sdpr: close,
      frml_mrkt_deal_qty_unit: 1,
      ovtm_mrkt_deal_qty_unit: 1,
      trht_yn: false,
      sltr_yn: false,
      mang_issu_yn: false,
      mrkt_alrm_cls_code: "00",
      marg_rate: 40,
      crdt_able: true,
      crdt_days: 90,
      prdy_vol: volume,
      stck_fcam: 5_000,
      stac_month: "12",
      po_prc: "",
      prst_cls_code: "0",
      ssts_hot_yn: "",
      krx_issu_yn: true,
      kospi_issu_yn: true,
      thtr_ntin: 120,
      roe: "000012.34",
      base_date: "20260630",
      grp_code: "",
      ...(code === ODD && { bsop_prfi: -1_234, thtr_ntin: -120, roe: "-00003.20", base_date: "20260230" }),
    },
  ];
}

/** A code of nine letters and digits, and a name that fills its column to the last byte. */
const beneficiaryRow: Row = {
  mksc_shrn_iscd: "F70100026",
  stnd_iscd: isin("KR570100002"),
  hts_kor_isnm: "가상인프라융자특별자산모투자신탁제일호증",
  scrt_grp_cls_code: "BC",
  stck_sdpr: 1_000,
  po_prc: "",
};

/** ELWs on stocks with a name. */
const ELWS: readonly (readonly [code: string, underlying: string, right: "C" | "P"])[] = [
  ["58J297", "005930", "C"],
  ["57K118", "005930", "P"],
  ["52KA21", "000660", "C"],
];

export function elwRows(market: Market): Row[] {
  return ELWS.flatMap(([code, underlying, right]) => {
    const [warrant, below] = [stock(code), stock(underlying)];
    if (!warrant || !below) return [];
    return {
      mksc_shrn_iscd: code,
      stnd_iscd: koreanIsin(code, "A"),
      hts_kor_isnm: warrant.name,
      elw_nvlt_optn_cls_code: "0",
      elw_ko_barrier: 0,
      bskt_yn: false,
      unas_iscd1: underlying,
      elw_pblc_istu_name: "가상투자증권",
      elw_pblc_mrkt_prtt_no: "00901",
      acpr: roundTo(market.yesterday(below).close, 1_000),
      rght_type_cls_code: right,
      rmnn_dynu: 90,
      mrkt_prtt_no1: "00901",
    };
  });
}

const BONDS = ["KR103501GE97", "KR310101AC43", "KR6000661E81", "KR60056814A0"];

export function bondRows(): Row[] {
  const dates = { lstn_date: "20240610", pblc_date: "20240610", rdmp_date: "20340610" };
  return present(BONDS, bond).map(({ code, name }) => {
    const isGovernment = code.startsWith("KR10");
    const kind = isGovernment ? { type: "C0", bond_cls_code: "GA" } : { type: "A0", bond_cls_code: "CA" };
    return { ...kind, ...dates, stnd_iscd: code, sname: name, bond_int_cls_code: isGovernment ? "03" : "13" };
  });
}

/** The instruments that the market has. */
export function present(codes: readonly string[], make: (code: string) => Instrument | undefined): Instrument[] {
  return codes.flatMap((code) => make(code) ?? []);
}

export function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}
