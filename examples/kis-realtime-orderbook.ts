/** 실시간 호가: the order book of a stock, asks above bids, each time it changes. */
import { type DomesticOrderBook, domesticOrderBook } from "kofin/kis/realtime";
import { kis } from "./kis-client.js";
import { all, codes, follow, signal } from "./kis-live.js";
import { amount, step } from "./print.js";

const LEVELS = [1, 2, 3, 4, 5] as const;

step(`실시간 호가 ${codes.join(", ")} (Ctrl-C ends it)`);
// Only the latest book is of interest: while this program is busy, the ones in between may go.
await all(codes.map((code) => follow(domesticOrderBook(kis, code, { signal, overflow: "latest" }), print)));

function print(book: DomesticOrderBook): void {
  const time = book.BSOP_HOUR.replace(/(..)(..)(..)/, "$1:$2:$3");
  console.log(`\n${time} ${book.MKSC_SHRN_ISCD}`);
  for (const level of LEVELS.toReversed()) console.log(line("매도", book, `ASKP${level}`, `ASKP_RSQN${level}`));
  for (const level of LEVELS) console.log(line("매수", book, `BIDP${level}`, `BIDP_RSQN${level}`));
  console.log(`총잔량 매도 ${amount(book.TOTAL_ASKP_RSQN)}, 매수 ${amount(book.TOTAL_BIDP_RSQN)}`);
}

function line(
  side: string,
  book: DomesticOrderBook,
  price: keyof DomesticOrderBook,
  volume: keyof DomesticOrderBook,
): string {
  return `  ${side} ${amount(book[price]).padStart(10)} ${amount(book[volume]).padStart(12)}`;
}
