/**
 * What has to happen at KIS before an operation can do its work, and what of it goes into its input.
 * @module
 */
import { inquirePrice } from "kofin/kis/domestic-stock-quotations";
import type { Input } from "./example-input.js";
import { BOND, OVERSEAS, OVERSEAS_FUTURES, STOCK } from "./kis-orders.js";
import { type Case, callOf, FUTURES_ORDER, prices, productOf, type Setup, TODAY, type Way } from "./kis-setup.js";
import { nameOf } from "./specs.js";

/** An order that is to be changed: it waits. */
interface Earlier {
  module: string;
  id: string;
  input: Input;
}

const waiting = { ORD_QTY: 10, ORD_DVSN: "00" };

/** By the operation that changes it. */
const EARLIER: Readonly<Record<string, (way: Way) => Earlier>> = {
  "domestic-bond-trading.orderRvsecncl": () => ({
    module: "domestic-bond-trading",
    id: "buy",
    input: {
      PDNO: BOND,
      ORD_QTY2: 10,
      BOND_ORD_UNPR: prices.bond.low,
      SAMT_MKET_PTCI_YN: "N",
      BOND_RTL_MKET_YN: "N",
      CTAC_TLNO: "01012345678",
    },
  }),
  "domestic-futureoption-trading.orderRvsecncl": ({ action }) => ({
    module: "domestic-futureoption-trading",
    id: "order",
    input: { ...FUTURES_ORDER, action, UNIT_PRICE: prices.futures.low, SLL_BUY_DVSN_CD: "02" },
  }),
  "domestic-stock-trading.orderRvsecncl": () => ({
    module: "domestic-stock-trading",
    id: "orderCash",
    input: { ...waiting, action: "buy", PDNO: STOCK, ORD_UNPR: prices.stock.low },
  }),
  "domestic-stock-trading.orderResvRvsecncl": () => ({
    module: "domestic-stock-trading",
    id: "orderResv",
    input: {
      PDNO: STOCK,
      ORD_QTY: 10,
      ORD_UNPR: prices.stock.low,
      SLL_BUY_DVSN_CD: "02",
      ORD_DVSN_CD: "00",
      ORD_OBJT_CBLC_DVSN_CD: "10",
    },
  }),
  "overseas-futureoption-trading.orderRvsecncl": () => ({
    module: "overseas-futureoption-trading",
    id: "order",
    input: {
      OVRS_FUTR_FX_PDNO: OVERSEAS_FUTURES,
      SLL_BUY_DVSN_CD: "02",
      PRIC_DVSN_CD: "1",
      FM_LIMIT_ORD_PRIC: prices.overseasFutures.low,
      FM_ORD_QTY: 1,
      CCLD_CNDT_CD: "6",
    },
  }),
  "overseas-stock-trading.orderRvsecncl": ({ action = "", fields: { OVRS_EXCG_CD = "" } }) => ({
    module: "overseas-stock-trading",
    id: "order",
    input: { ...waiting, action: `${action.replace("Cancel", "")}Buy`, ...overseas(OVRS_EXCG_CD) },
  }),
  "overseas-stock-trading.daytimeOrderRvsecncl": () => ({
    module: "overseas-stock-trading",
    id: "daytimeOrder",
    input: { action: "buy", ORD_QTY: 10, ...overseas("NASD") },
  }),
  "overseas-stock-trading.orderResvCcnl": () => ({
    module: "overseas-stock-trading",
    id: "orderResv",
    input: {
      action: "usBuy",
      OVRS_EXCG_CD: "NASD",
      PDNO: OVERSEAS,
      FT_ORD_QTY: 10,
      FT_ORD_UNPR3: prices.overseas("NASD").low,
    },
  }),
};

function overseas(exchange: string): Input {
  return { OVRS_EXCG_CD: exchange, PDNO: OVERSEAS, OVRS_ORD_UNPR: prices.overseas(exchange).low };
}

/** The input of a case, with what came of what was done before. */
export async function prepared(setup: Setup, { operation, way, example }: Case, environment: "real" | "mock" = "real") {
  const { input } = example;
  // Only a client that has a token can give it back.
  if (operation.id === "revokeP") {
    await inquirePrice(setup.client("01", environment), { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: STOCK });
  }
  const earlier = EARLIER[nameOf(operation)]?.(way);
  if (!earlier) return input;
  const place = await callOf(earlier);
  const { data } = await place(setup.client(productOf(earlier), environment), earlier.input);
  const { output } = data as { output: Readonly<Record<string, string>> };
  const told = {
    ORGN_ODNO: output.ODNO,
    ORGN_ORD_DT: TODAY,
    KRX_FWDG_ORD_ORGNO: output.KRX_FWDG_ORD_ORGNO,
    RSVN_ORD_SEQ: output.RSVN_ORD_SEQ,
    OVRS_RSVN_ODNO: output.OVRS_RSVN_ODNO,
  };
  const wanted = Object.entries(told).filter(([name, value]) => name in input && value !== undefined);
  return { ...input, ...Object.fromEntries(wanted) };
}
