import type { Instrument } from "../../exchange/market/instrument.js";
import { futures, index, overseasFutures, stock } from "../../exchange/market/instrument.js";
import { OVERSEAS, STOCKS } from "../../exchange/market/names.js";
import { overseas } from "../exchange-codes.js";

/** Instruments that fill a list which is about no particular one, such as a ranking. */
export function listed(path: string, exchange: string | undefined): Instrument[] {
  if (exchange !== undefined) return present(Object.keys(OVERSEAS).slice(0, 15), (code) => overseas(exchange, code));
  if (path.startsWith("/uapi/overseas-futureoption/")) return present(["ESZ26", "NQZ26", "CLF27"], overseasFutures);
  if (path.startsWith("/uapi/overseas-"))
    return present(Object.keys(OVERSEAS).slice(0, 15), (code) => overseas("NAS", code));
  if (path.startsWith("/uapi/domestic-futureoption/")) return present(["101W12", "101W03", "201W12360"], futures);
  if (path.startsWith("/uapi/elw/")) return present(["58J297", "57K118", "52KA21"], stock);
  return present(Object.keys(STOCKS).slice(0, 30), stock);
}

/** The markets as a whole. */
export function indices(): Instrument[] {
  return present(["0001", "1001", "2001"], index);
}

function present(codes: readonly string[], make: (code: string) => Instrument | undefined): Instrument[] {
  return codes.flatMap((code) => make(code) ?? []);
}
