import { round } from "./rounding.js";
import { VENUES, type Venue } from "./venue.js";

/** An exchange overseas. What brokers call it is theirs to say. */
export interface Exchange {
  id: string;
  /** In Korean, as are those of the nation. */
  name: string;
  /** ISO 3166: three digits, and two letters. */
  nation: string;
  nationName: string;
  nationShort: string;
  currency: Currency;
  venue: Venue;
}

export type Currency = "KRW" | "USD" | "HKD" | "CNY" | "JPY" | "VND";

/** Won for one unit of a currency; the yen and the dong are quoted by the hundred, as banks do. */
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
  { ...us, id: "NAS", name: "나스닥" },
  { ...us, id: "NYS", name: "뉴욕" },
  { ...us, id: "AMS", name: "아멕스" },
  {
    id: "HKS",
    name: "홍콩",
    nation: "344",
    nationName: "홍콩",
    nationShort: "HK",
    currency: "HKD",
    venue: VENUES.hongkong,
  },
  { ...china, id: "SHS", name: "상해A" },
  { ...china, id: "SZS", name: "심천A" },
  {
    id: "TSE",
    name: "도쿄",
    nation: "392",
    nationName: "일본",
    nationShort: "JP",
    currency: "JPY",
    venue: VENUES.japan,
  },
  { ...vietnam, id: "HNX", name: "하노이" },
  { ...vietnam, id: "HSX", name: "호치민" },
];
