import { addDays, ymd } from "../shared/clock.js";
import { between, type Random } from "../shared/random.js";
import type { AccountPlan } from "./people.js";

/** A line of an account's statement. */
export interface Entry {
  date: string;
  time: string;
  /** Below zero: money that went out. */
  amount: number;
  /** After it. */
  balance: number;
  memo: string;
  party: string;
}

const PARTIES = ["급여", "우리마트", "가나다통신", "서울도시가스", "김우리"] as const;
const LINES = 24;

/** Three months of an account that end with its opening balance, oldest first. */
export function historyOf({ opening, CUCD }: AccountPlan, next: Random, now: number): Entry[] {
  const unit = CUCD === "KRW" ? 1_000 : 1;
  const lines: Entry[] = [];
  let balance = opening;
  // Backwards, so that it ends where the account stands.
  for (let line = 0; line < LINES; line++) {
    const amount = (line % 4 === 3 ? 1 : -1) * between(next, 1, 40) * unit;
    const party = PARTIES[between(next, 0, PARTIES.length - 1)] ?? "";
    const at = addDays(now, -1 - line * 4);
    const time = `${two(between(next, 9, 20))}${two(between(next, 0, 59))}${two(between(next, 0, 59))}`;
    lines.unshift({ date: ymd(at), time, amount, balance, memo: party, party });
    balance -= amount;
  }
  return lines;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
