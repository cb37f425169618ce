/**
 * What the input of orders has to keep besides what its spec says. Only what is known of every order is refused here; the rest is the
 * provider's to say.
 * @module
 */
import type { FaultAt } from "../call/fault.js";
import type { ApiOperation } from "../call/operation.js";
import type { Json } from "../paths.js";

/** Won. From here on an order has to say that it is meant. */
const HIGH_VALUE = 100_000_000n;

/** Six characters with a digit among them: a stock of the Korea Exchange (`005930`, `0101N0`). Tickers of the US have none. */
export function isKorean(symbol: string): boolean {
  return /^(?=.*\d)[0-9A-Z]{6}$/i.test(symbol);
}

/** @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID` */
export function checkInput({ id }: ApiOperation, input: Json, fault: FaultAt): void {
  if (id === "order.createOrder") checkOrder(input, fault);
  if (id === "order.modifyOrder") checkModification(input, fault);
  if (id === "conditional-order.createConditionalOrder") checkKey(input, fault);
  if (id.startsWith("conditional-order.") && /^O[CT]O$/.test(String(input.type))) need(input, ["second"], fault);
}

function checkOrder(input: Json, fault: FaultAt): void {
  need(input, ["symbol", "side", "orderType"], fault);
  checkKey(input, fault);
  const { quantity, orderAmount, orderType, side, price, symbol, confirmHighValueOrder } = input;
  if (isGiven(quantity) === isGiven(orderAmount)) {
    const what = isGiven(quantity)
      ? "cannot stand beside orderAmount: take one of them out"
      : "or orderAmount is missing";
    throw fault("quantity")(isGiven(quantity) ? "INPUT_INVALID" : "INPUT_MISSING", what);
  }
  for (const field of ["quantity", "orderAmount", "price"]) checkDigits(input, field, fault);
  if (orderType === "LIMIT" && isGiven(quantity)) need(input, ["price"], fault);
  if (orderType === "MARKET" && isGiven(price))
    throw fault("price")("INPUT_INVALID", "must be left out of a MARKET order");
  if (isGiven(orderAmount) && (side !== "BUY" || orderType !== "MARKET" || isKorean(String(symbol)))) {
    throw fault("orderAmount")("INPUT_INVALID", "is for MARKET orders that BUY a US stock: pass quantity instead");
  }
  if (isKorean(String(symbol))) checkValue(price, quantity, confirmHighValueOrder, fault);
}

/** Only orders of Korean stocks may change their quantity, so that one with both is worth so many won. */
function checkModification(input: Json, fault: FaultAt): void {
  const { orderType, price, quantity, confirmHighValueOrder } = input;
  for (const field of ["quantity", "price"]) checkDigits(input, field, fault);
  if (orderType === "MARKET" && isGiven(price))
    throw fault("price")("INPUT_INVALID", "must be left out of a MARKET order");
  checkValue(price, quantity, confirmHighValueOrder, fault);
}

function checkKey({ clientOrderId }: Json, fault: FaultAt): void {
  if (clientOrderId === undefined || /^[a-zA-Z0-9\-_]{1,36}$/.test(String(clientOrderId))) return;
  throw fault("clientOrderId")("INPUT_INVALID", "must have up to 36 letters, digits, - and _");
}

function checkValue(price: unknown, quantity: unknown, confirmed: unknown, fault: FaultAt): void {
  if (!isGiven(price) || !isGiven(quantity) || confirmed === true) return;
  const [digits, places] = scaled(String(price));
  const [others, further] = scaled(String(quantity));
  if (digits * others < HIGH_VALUE * 10n ** BigInt(places + further)) return;
  throw fault("confirmHighValueOrder")("INPUT_MISSING", `must be true for an order of ${HIGH_VALUE} KRW or more`);
}

/** `1.25` → 125 and 2 */
function scaled(text: string): [digits: bigint, places: number] {
  const [whole = "", fraction = ""] = text.split(".");
  return [BigInt(whole + fraction), fraction.length];
}

function checkDigits(input: Json, field: string, fault: FaultAt): void {
  const value = input[field];
  if (isGiven(value) && !/^\d+(\.\d+)?$/.test(String(value)))
    throw fault(field)("INPUT_INVALID", "must be digits, such as 70000 or 0.5");
}

function need(input: Json, fields: readonly string[], fault: FaultAt): void {
  const missing = fields.find((field) => !isGiven(input[field]));
  if (missing !== undefined) throw fault(missing)("INPUT_MISSING", "is missing");
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
