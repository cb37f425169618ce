/**
 * What was paid with a prepaid balance, and paid back of a loan, before the sandbox began.
 * @module
 */
import { addDays, ymd } from "../shared/clock.js";
import { between, random } from "../shared/random.js";
import { addMonths } from "./months.js";
import type { Beginning } from "./statement.js";
import { seconds } from "./time.js";

const PAY_LINES = 45;

/** Lines of a prepaid balance, newest first; the first of them leaves what is there now. */
export function payHistory({ seed, began }: Beginning, userSeqNo: string, row: number) {
  const next = random(`${seed}/pay/${userSeqNo}/${row}`);
  const total = between(next, 20, 150) * 1_000;
  let after = total;
  const lines = Array.from({ length: PAY_LINES }, (_, index) => {
    const charged = after > 0 && next() < 0.3;
    const amount = charged ? Math.min(after, between(next, 1, 5) * 10_000) : between(next, 1, 40) * 500;
    const line = {
      trans_dtime: seconds(addDays(began, -index - next())),
      trans_no: `P${String(PAY_LINES - index).padStart(10, "0")}`,
      trans_amt: String(amount),
      after_balance_amt: String(after),
    };
    after += charged ? -amount : amount;
    return line;
  });
  return { total, reserve: between(next, 0, 9) * 100, lines };
}

const REPAID = 24;

/** What a loan was and what has been paid back of it, newest first, and the day of the next payment. */
export function repayments({ seed, began }: Beginning, userSeqNo: string, row: number) {
  const next = random(`${seed}/loan/${userSeqNo}/${row}`);
  const rate = between(next, 20, 90) * 10_000;
  const today = ymd(began);
  const latest = today.slice(6) >= "25" ? today.slice(0, 6) : addMonths(today.slice(0, 6), -1);
  const lines = Array.from({ length: REPAID }, (_, index) => ({
    trans_date: `${addMonths(latest, -index)}25`,
    trans_time: "090012",
    trans_type: "02",
    trans_amt: String(rate),
  }));
  const taken = { trans_date: `${addMonths(latest, -REPAID)}10`, trans_time: "101500", trans_type: "01" };
  return { lines: [...lines, { ...taken, trans_amt: String(rate * 60) }], next: `${addMonths(latest, 1)}25` };
}
