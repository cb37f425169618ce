import { round } from "./rounding.js";
import { VENUES, type Venue } from "./venue.js";

/** An overseas exchange in the three vocabularies of KIS, and what goes with it. */
export interface Exchange {
  /** `EXCD` of quotations, and of the US day session. */
  quote: string;
  daytime?: string;
  /** `OVRS_EXCG_CD` of orders. */
  order: string;
  /** `PRDT_TYPE_CD`; further ones name the same exchange in other currencies. */
  types: readonly string[];
  name: string;
  nation: string;
  nationName: string;
  nationShort: string;
  currency: Currency;
  venue: Venue;
}

export type Currency = "KRW" | "USD" | "HKD" | "CNY" | "JPY" | "VND";

/** Won for one unit of a currency; the yen and the dong are quoted by the hundred, as at KIS. */
export const CURRENCIES: Readonly<Record<Currency, { name: string; rate: number; per: number; decimals: number }>> = {
  KRW: { name: "한국 원", rate: 1, per: 1, decimals: 0 },
  USD: { name: "미국 달러", rate: 1_400, per: 1, decimals: 2 },
  HKD: { name: "홍콩 달러", rate: 180, per: 1, decimals: 2 },
  CNY: { name: "중국 위안", rate: 195, per: 1, decimals: 2 },
  JPY: { name: "일본 엔", rate: 930, per: 100, decimals: 0 },
  VND: { name: "베트남 동", rate: 5.5, per: 100, decimals: 0 },
};

/** An amount that can be paid: to the smallest coin. */
export function inCoins(amount: number, currency: Currency): number {
  return round(amount, CURRENCIES[currency].decimals);
}

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(CURRENCIES, text);
}

/** What an amount is worth in won. */
export function inWon(amount: number, currency: Currency): number {
  const { rate, per } = CURRENCIES[currency];
  return (amount * rate) / per;
}

const us = { nation: "840", nationName: "미국", nationShort: "US", currency: "USD", venue: VENUES.us } as const;
const china = { nation: "156", nationName: "중국", nationShort: "CN", currency: "CNY", venue: VENUES.china } as const;
const vietnam = {
  nation: "704",
  nationName: "베트남",
  nationShort: "VN",
  currency: "VND",
  venue: VENUES.vietnam,
} as const;

export const EXCHANGES: readonly Exchange[] = [
  { ...us, quote: "NAS", daytime: "BAQ", order: "NASD", types: ["512"], name: "나스닥" },
  { ...us, quote: "NYS", daytime: "BAY", order: "NYSE", types: ["513"], name: "뉴욕" },
  { ...us, quote: "AMS", daytime: "BAA", order: "AMEX", types: ["529"], name: "아멕스" },
  {
    quote: "HKS",
    order: "SEHK",
    types: ["501", "543", "558"],
    name: "홍콩",
    nation: "344",
    nationName: "홍콩",
    nationShort: "HK",
    currency: "HKD",
    venue: VENUES.hongkong,
  },
  { ...china, quote: "SHS", order: "SHAA", types: ["551"], name: "상해A" },
  { ...china, quote: "SZS", order: "SZAA", types: ["552"], name: "심천A" },
  {
    quote: "TSE",
    order: "TKSE",
    types: ["515"],
    name: "도쿄",
    nation: "392",
    nationName: "일본",
    nationShort: "JP",
    currency: "JPY",
    venue: VENUES.japan,
  },
  { ...vietnam, quote: "HNX", order: "HASE", types: ["507"], name: "하노이" },
  { ...vietnam, quote: "HSX", order: "VNSE", types: ["508"], name: "호치민" },
];

/** An exchange by its code in any of the vocabularies. `NAS` and `NASD` are both the Nasdaq. */
export function exchangeOf(code: string): Exchange | undefined {
  return EXCHANGES.find(({ quote, daytime, order, types }) => [quote, daytime, order, ...types].includes(code));
}
