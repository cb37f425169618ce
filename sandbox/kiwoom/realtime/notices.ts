/**
 * What the socket says of the account and of the market: order notices, and records of stocks as they are traded.
 * @module
 */
import type { BookEvent } from "../../exchange/book/order.js";
import { remaining } from "../../exchange/book/order.js";
import { hms } from "../../shared/clock.js";
import { domestic, foreign, KIWOOM_ACCOUNT } from "../account.js";
import type { Brokerage } from "../brokerage.js";
import { change, directed, direction, orderNumber } from "../format.js";
import type { KiwoomRecord } from "./server.js";
import type { Item, Values } from "./source.js";

const STATES: Readonly<Record<BookEvent["type"], string>> = {
  ...{ accepted: "접수", modified: "확인", cancelled: "확인", rejected: "거부", lapsed: "확인", filled: "체결" },
};

/** 주문체결 (`00`) of a domestic order; undefined for the US, whose notices have other fields. */
export function orderNotice(event: BookEvent): KiwoomRecord | undefined {
  const { order, type } = event;
  const { number, original, instrument, quantity, price = 0, side, at } = order;
  if (instrument.currency !== "KRW") return undefined;
  const fill = event.type === "filled" ? event.fill : undefined;
  return {
    type: "00",
    item: instrument.code,
    values: {
      ...{ "9201": KIWOOM_ACCOUNT, "9203": orderNumber(number), "904": orderNumber(original) },
      ...{
        "9001": instrument.code,
        "302": instrument.name,
        "913": STATES[type],
        "905": side === "buy" ? "+매수" : "-매도",
      },
      ...{ "900": String(quantity), "901": String(price), "902": String(remaining(order)), "908": hms(fill?.at ?? at) },
      ...(fill && { "909": fill.number, "910": String(fill.price), "911": String(fill.quantity) }),
    },
  };
}

/** A stock is traded once more, which shows in all that is about it. */
export function moveOf({ market }: Brokerage, type: string, { code, exchange }: Item): Values | undefined {
  const instrument = exchange === undefined ? domestic(code) : foreign(code, exchange);
  if (!instrument || !["0A", "0B", "FE"].includes(type)) return undefined;
  const { at, price, volume } = market.trade(instrument);
  const { close } = market.yesterday(instrument);
  const { open, high, low, volume: all } = market.today(instrument);
  const decimals = instrument.currency === "KRW" ? 0 : 4;
  const written = (value: number) => directed(value, close, decimals);
  return {
    ...{
      "20": hms(at),
      "10": written(price),
      "11": change(price - close, decimals),
      "15": change(volume),
      "13": String(all),
    },
    ...{
      "12": change(((price - close) / close) * 100, 2),
      "16": written(open),
      "17": written(high),
      "18": written(low),
    },
    "25": direction(price, close),
  };
}
