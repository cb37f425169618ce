import { addDays } from "../shared/clock.js";
import { between, random } from "../shared/random.js";
import type { BankAccount, Posting } from "./bank.js";

/** Days before the beginning that have a past, and the lines in it: enough for three pages. */
const DAYS = 90;
const LINES = 60;

const INTO = [
  { type: "급여", print: "급여", unit: 10_000 },
  { type: "타행환", print: "이가람", unit: 1_000 },
  { type: "현금", print: "현금입금", unit: 10_000 },
] as const;
const OUT_OF = [
  { type: "체크카드", print: "한빛마트", unit: 100 },
  { type: "대체", print: "관리비", unit: 1_000 },
  { type: "타행환", print: "김한빛", unit: 1_000 },
  { type: "현금", print: "현금출금", unit: 10_000 },
] as const;

const pasts = new WeakMap<BankAccount, readonly Posting[]>();

/**
 * What happened to an account before the sandbox began: made up, the same for the same seed, and ending at the opening balance.
 * Oldest first.
 */
export function pastOf(account: BankAccount, seed: string | number, began: number): readonly Posting[] {
  const known = pasts.get(account);
  if (known) return known;
  const past = makePast(account, seed, began);
  pasts.set(account, past);
  return past;
}

function makePast(account: BankAccount, seed: string | number, began: number): Posting[] {
  const next = random(`${seed}/past/${account.bankCode}/${account.accountNum}`);
  const first = addDays(began, -DAYS);
  const step = (began - first) / LINES;
  // From the newest line back, because that is where the balance is known.
  let after = account.opening;
  const lines = Array.from({ length: LINES }, (_, index): Posting => {
    const at = began - Math.round((index + 0.2 + next() * 0.6) * step);
    // Nothing comes in that would have left the account below zero before it.
    const into = next() < 0.35 && after > 0;
    const kinds = into ? INTO : OUT_OF;
    const kind = kinds[between(next, 0, kinds.length - 1)] ?? OUT_OF[0];
    const wanted = between(next, 3, 90) * kind.unit;
    const amount = into ? Math.min(wanted, after) : wanted;
    const line = { at, into, amount, after, type: kind.type, print: kind.print };
    after += into ? -amount : amount;
    return line;
  });
  return lines.reverse();
}
