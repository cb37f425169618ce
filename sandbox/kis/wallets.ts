import type { Currency } from "../exchange/market/exchanges.js";
import {
  bond,
  futures,
  type Instrument,
  index,
  overseasFutures,
  overseasIndex,
  stock,
} from "../exchange/market/instrument.js";
import { CUSTOMER } from "./credentials.js";
import { exchangeOf, overseas } from "./exchange-codes.js";

/** Where something is traded: a market of Korea, or an exchange overseas as orders call it (`NASD`). Default `stock`. */
export type KisMarket = "stock" | "index" | "futures" | "bond" | "overseas-futures" | "overseas-index" | (string & {});

/** Something that an account has. */
export interface KisHolding {
  code: string;
  market?: KisMarket;
  quantity: number;
  /** What it cost. Default the price now. */
  price?: number;
}

/** What an account begins with. */
export interface KisWallet {
  /** `12345678-01` */
  account: string;
  cash?: Partial<Record<Currency, number>>;
  holdings?: readonly KisHolding[];
}

/** The accounts of every sandbox: one for each product, all of one customer. */
export const WALLETS: readonly KisWallet[] = [
  {
    account: `${CUSTOMER}-01`,
    cash: { KRW: 100_000_000, USD: 100_000, HKD: 500_000, CNY: 300_000, JPY: 10_000_000, VND: 500_000_000 },
    holdings: [
      { code: "005930", quantity: 100 },
      { code: "000660", quantity: 20 },
      { code: "035720", quantity: 50 },
      { code: "AAPL", market: "NASD", quantity: 10 },
      { code: "KO", market: "NYSE", quantity: 40 },
      { code: "KR6000001D91", market: "bond", quantity: 1_000 },
    ],
  },
  { account: `${CUSTOMER}-03`, cash: { KRW: 100_000_000 } },
  { account: `${CUSTOMER}-08`, cash: { USD: 200_000 } },
  { account: `${CUSTOMER}-21`, cash: { KRW: 10_000_000 } },
  { account: `${CUSTOMER}-22`, cash: { KRW: 10_000_000 }, holdings: [{ code: "069500", quantity: 30 }] },
  { account: `${CUSTOMER}-29`, cash: { KRW: 10_000_000 }, holdings: [{ code: "069500", quantity: 30 }] },
];

const KINDS: Readonly<Record<string, (code: string) => Instrument | undefined>> = {
  stock,
  index,
  futures,
  bond,
  "overseas-futures": overseasFutures,
  "overseas-index": overseasIndex,
};

/** @throws Error when there is no such market, or no such code */
export function instrumentOf(code: string, market: KisMarket): Instrument {
  const make = Object.hasOwn(KINDS, market) ? KINDS[market] : undefined;
  if (!make && !exchangeOf(market))
    throw new Error(`${market} is no market: say ${Object.keys(KINDS).join(", ")} or NASD`);
  const instrument = make ? make(code) : overseas(market, code);
  if (!instrument) throw new Error(`There is no ${code} at ${market}`);
  return instrument;
}
