/** 실시간 체결: every trade of some stocks as it happens. */
import { type DomesticTrade, domesticTrade } from "kofin/kis/realtime";
import { kis } from "./kis-client.js";
import { all, codes, follow, signal, warn } from "./kis-live.js";
import { amount, step } from "./print.js";

step(`실시간 체결 ${codes.join(", ")} (Ctrl-C ends it)`);
await all(codes.map((code) => follow(domesticTrade(kis, code, { signal, onGap: warn }), print)));

function print(trade: DomesticTrade): void {
  const time = trade.STCK_CNTG_HOUR.replace(/(..)(..)(..)/, "$1:$2:$3");
  const side = trade.CCLD_DVSN === "5" ? "매도" : "매수";
  const what = `${amount(trade.STCK_PRPR)} × ${amount(trade.CNTG_VOL)}`;
  const day = `${amount(trade.PRDY_VRSS)} (${trade.PRDY_CTRT}%), 누적 ${amount(trade.ACML_VOL)}`;
  console.log(`${time} ${trade.MKSC_SHRN_ISCD} ${side} ${what}  ${day}`);
}
