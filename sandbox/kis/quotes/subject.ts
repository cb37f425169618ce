import {
  bond,
  futures,
  type Instrument,
  index,
  overseasFutures,
  overseasIndex,
  stock,
} from "../../exchange/market/instrument.js";
import { overseas } from "../exchange-codes.js";

/** Parameters by name in upper case. */
export type Input = Readonly<Record<string, string>>;

/** What a question is about: an instrument, one that does not exist, or none in particular. */
export type Subject = Instrument | "unknown" | undefined;

/** Reads the instrument out of the parameters, of which every group of operations has its own. */
export function subjectOf(path: string, input: Input): Subject {
  const { EXCD, SYMB, OVRS_EXCG_CD, FID_COND_MRKT_DIV_CODE: division = "" } = input;
  if (EXCD && SYMB) return overseas(EXCD, SYMB) ?? "unknown";
  const futuresCode = input.SRS_CD || input.OVRS_FUTR_FX_PDNO;
  if (futuresCode) return overseasFutures(futuresCode) ?? "unknown";
  const ordered = input.PDNO || input.ITEM_CD;
  if (OVRS_EXCG_CD && ordered) return overseas(OVRS_EXCG_CD, ordered) ?? "unknown";
  if (ordered) return product(path, input.PRDT_TYPE_CD ?? "", ordered) ?? "unknown";
  const code = input.FID_INPUT_ISCD || input.MKSC_SHRN_ISCD || input.SHT_CD || input.SHTN_PDNO;
  // Rankings take a sector where others take a stock, and "everything" is a number of zeros or ones.
  return code ? quoted(path, division, code) : undefined;
}

function product(path: string, type: string, code: string): Instrument | undefined {
  if (type === "302" || path.startsWith("/uapi/domestic-bond/")) return bond(code);
  if (type === "301" || path.startsWith("/uapi/domestic-futureoption/")) return futures(code);
  // Where nobody says at which exchange, in the US.
  return path.startsWith("/uapi/overseas-") || /^5\d\d$/.test(type) ? overseas(type || "NASD", code) : stock(code);
}

function quoted(path: string, division: string, code: string): Subject {
  if (/^(F|O|JF|JO|CF|CM|EU)$/.test(division)) return futures(code) ?? "unknown";
  if (/^(N|X|KX|I|S)$/.test(division) && path.startsWith("/uapi/overseas-price/"))
    return overseasIndex(code) ?? "unknown";
  if (division === "B") return bond(code) ?? "unknown";
  if (/^\d{4}$/.test(code)) return index(code);
  if (!/^[A-Z]?[0-9A-Z]{6}$/.test(code)) return undefined;
  return stock(code) ?? "unknown";
}
