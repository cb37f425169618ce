import { EXCHANGES, type Exchange } from "../exchange/market/exchanges.js";
import { type Instrument, overseas as instrumentAt } from "../exchange/market/instrument.js";

/** An exchange in the three vocabularies of KIS. */
export interface ExchangeCodes {
  /** `EXCD` of quotations, and of the US day session. */
  quote: string;
  daytime?: string;
  /** `OVRS_EXCG_CD` of orders. */
  order: string;
  /** `PRDT_TYPE_CD`; further ones name the same exchange in other currencies. */
  types: readonly [string, ...string[]];
}

/** By the id of the exchange. */
const CODES: Readonly<Record<string, ExchangeCodes>> = {
  NAS: { quote: "NAS", daytime: "BAQ", order: "NASD", types: ["512"] },
  NYS: { quote: "NYS", daytime: "BAY", order: "NYSE", types: ["513"] },
  AMS: { quote: "AMS", daytime: "BAA", order: "AMEX", types: ["529"] },
  HKS: { quote: "HKS", order: "SEHK", types: ["501", "543", "558"] },
  SHS: { quote: "SHS", order: "SHAA", types: ["551"] },
  SZS: { quote: "SZS", order: "SZAA", types: ["552"] },
  TSE: { quote: "TSE", order: "TKSE", types: ["515"] },
  HNX: { quote: "HNX", order: "HASE", types: ["507"] },
  HSX: { quote: "HSX", order: "VNSE", types: ["508"] },
};

/** What KIS calls an exchange; undefined for what is traded at home. */
export function codesOf(exchange: Exchange | undefined): ExchangeCodes | undefined {
  return exchange && CODES[exchange.id];
}

/** An exchange by its code in any of the vocabularies. `NAS` and `NASD` are both the Nasdaq. */
export function exchangeOf(code: string): Exchange | undefined {
  return EXCHANGES.find((exchange) => {
    const { quote, daytime, order, types } = CODES[exchange.id] ?? { types: [] };
    return [quote, daytime, order, ...types].includes(code);
  });
}

/** A stock overseas. @param where its exchange in any of the vocabularies */
export function overseas(where: string, code: string): Instrument | undefined {
  const exchange = exchangeOf(where);
  return exchange && instrumentAt(exchange, code);
}
