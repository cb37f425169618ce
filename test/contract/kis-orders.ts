/**
 * Orders of a customer of KIS's mock, of every kind, done and waiting, so that lists have something to list.
 * @module
 */
import type { Kis } from "kofin/kis";
import { buy as buyBond, sell as sellBond } from "kofin/kis/domestic-bond-trading";
import { order as orderFutures } from "kofin/kis/domestic-futureoption-trading";
import { orderCash, orderResv } from "kofin/kis/domestic-stock-trading";
import { order as orderOverseasFutures } from "kofin/kis/overseas-futureoption-trading";
import { order as orderOverseas, orderResv as reserveOverseas } from "kofin/kis/overseas-stock-trading";
import type { Sandbox } from "kofin/sandbox";

/** A client for each product of the customer. */
export type Clients = (product: "01" | "03" | "08" | "29") => Kis;

export const CUSTOMER = "12345678";

/** What the examples of the specs are about. */
export const STOCK = "005930";
export const BOND = "KR2033022D33";
export const FUTURES = "101W09";
export const OVERSEAS_FUTURES = "6AM24";
export const OVERSEAS = "AAPL";

/** How many of each: lists of them are longer than the pages of the sandbox in these tests. */
const MANY = 3;

/** Prices at which orders are done at once, and prices at which they wait. */
export function pricesIn({ kis }: Sandbox) {
  const of = (code: string, market: string, step: number) => {
    const now = kis.price(code, market);
    return { now, low: Number((Math.ceil((now * 0.95) / step) * step).toFixed(2)) };
  };
  return {
    stock: of(STOCK, "stock", 1_000),
    bond: of(BOND, "bond", 0.1),
    futures: of(FUTURES, "futures", 0.05),
    overseasFutures: of(OVERSEAS_FUTURES, "overseas-futures", 0.25),
    overseas: (exchange: string) => of(OVERSEAS, exchange, exchange === "HASE" ? 100 : exchange === "TKSE" ? 1 : 0.01),
  };
}

/** Carries the day out. */
export async function trade(sandbox: Sandbox, clients: Clients): Promise<void> {
  const prices = pricesIn(sandbox);
  const [stocks, futures, overseasFutures, pension] = [clients("01"), clients("03"), clients("08"), clients("29")];
  const overseas = prices.overseas("NASD");
  sandbox.kis.hold({ code: OTHER_BOND, market: "bond", quantity: 10 });
  for (const code of OTHERS) sandbox.kis.hold({ code, quantity: 10 }, { account: `${CUSTOMER}-29` });
  for (const code of [...OTHERS_ABROAD, OVERSEAS]) sandbox.kis.hold({ code, market: "NASD", quantity: 10 });
  for (let turn = 0; turn < MANY; turn++) {
    const cash = { PDNO: STOCK, ORD_QTY: 1, ORD_UNPR: prices.stock.low };
    await orderCash(stocks, { action: "buy", ORD_DVSN: "00", ...cash });
    await orderCash(stocks, { action: "sell", ORD_DVSN: "01", ...cash, ORD_UNPR: 0 });
    await orderCash(stocks, { action: "sell", ORD_DVSN: "01", ...cash, PDNO: OTHERS[turn] ?? STOCK, ORD_UNPR: 0 });
    await orderCash(pension, { action: "buy", ORD_DVSN: "00", ...cash });
    const reserved = { PDNO: STOCK, ORD_QTY: 1, ORD_UNPR: prices.stock.low, SLL_BUY_DVSN_CD: "02", ORD_DVSN_CD: "00" };
    await orderResv(stocks, { ...reserved, ORD_OBJT_CBLC_DVSN_CD: "10" });

    const bond = { PDNO: BOND, ORD_QTY2: 10, SAMT_MKET_PTCI_YN: "N", BOND_RTL_MKET_YN: "N", CTAC_TLNO: "01012345678" };
    await buyBond(stocks, { ...bond, BOND_ORD_UNPR: prices.bond.low });
    await sellBond(stocks, { ...bond, BOND_ORD_UNPR: prices.bond.now, ORD_DVSN: "01", SPRX_YN: "N" });

    const index = { action: "day", SHTN_PDNO: FUTURES, ORD_QTY: 1, SLL_BUY_DVSN_CD: "02" } as const;
    await orderFutures(futures, { ...index, UNIT_PRICE: prices.futures.low, ORD_DVSN_CD: "01" });
    await orderFutures(futures, { ...index, SHTN_PDNO: CONTRACTS[turn] ?? FUTURES, UNIT_PRICE: 0, ORD_DVSN_CD: "02" });

    const abroad = { OVRS_FUTR_FX_PDNO: OVERSEAS_FUTURES, FM_ORD_QTY: 1, CCLD_CNDT_CD: "6" };
    const limit = { PRIC_DVSN_CD: "1", FM_LIMIT_ORD_PRIC: prices.overseasFutures.low };
    await orderOverseasFutures(overseasFutures, { ...abroad, ...limit, SLL_BUY_DVSN_CD: "02" });
    const contract = CONTRACTS_ABROAD[turn] ?? OVERSEAS_FUTURES;
    const market = { OVRS_FUTR_FX_PDNO: contract, PRIC_DVSN_CD: "2", CCLD_CNDT_CD: "2" };
    await orderOverseasFutures(overseasFutures, { ...abroad, ...market, FM_ORD_QTY: 2, SLL_BUY_DVSN_CD: "02" });
    sandbox.kis.setPrice(contract, sandbox.kis.price(contract, "overseas-futures") + 1, "overseas-futures");
    await orderOverseasFutures(overseasFutures, { ...abroad, ...market, SLL_BUY_DVSN_CD: "01" });

    const share = { OVRS_EXCG_CD: "NASD", PDNO: OVERSEAS, ORD_QTY: 1, OVRS_ORD_UNPR: overseas.low };
    await orderOverseas(stocks, { action: "usBuy", ORD_DVSN: "00", ...share });
    await orderOverseas(stocks, { action: "usBuy", ORD_DVSN: "35", ...share, OVRS_ORD_UNPR: overseas.now });
    const sold = [OVERSEAS, ...OTHERS_ABROAD][turn] ?? OVERSEAS;
    const atOnce = { PDNO: sold, OVRS_ORD_UNPR: sandbox.kis.price(sold, "NASD") };
    await orderOverseas(stocks, { action: "usSell", ORD_DVSN: "00", ...share, ...atOnce });
    const later = { PDNO: OVERSEAS, FT_ORD_QTY: 1 };
    const tokyo = prices.overseas("TKSE").low;
    await reserveOverseas(stocks, { action: "usBuy", OVRS_EXCG_CD: "NASD", ...later, FT_ORD_UNPR3: overseas.low });
    const asia = { action: "asia", OVRS_EXCG_CD: "TKSE", SLL_BUY_DVSN_CD: "02" } as const;
    await reserveOverseas(stocks, { ...asia, ...later, FT_ORD_UNPR3: tokyo });
  }
}

const OTHERS = ["000660", "035720"];
const OTHER_BOND = "KR2033022D41";
const OTHERS_ABROAD = ["MSFT", "NVDA"];
const CONTRACTS = [FUTURES, "101W12", "101W03"];
const CONTRACTS_ABROAD = [OVERSEAS_FUTURES, "ESZ26", "NQZ26"];
