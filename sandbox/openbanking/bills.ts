import { ymd } from "../shared/clock.js";
import { between, random } from "../shared/random.js";
import { assetId, OWNED } from "./assets.js";
import { addMonths, isMonth, monthsBetween } from "./months.js";
import type { Beginning } from "./statement.js";
import { badFormat } from "./wire.js";

export interface Purchase {
  /** `yyyymmdd`, in the month before the bill. */
  date: string;
  amount: number;
  fee: number;
}

/** What a card has to be paid in a month. */
export interface Bill {
  /** `yyyymm` */
  month: string;
  seq: string;
  cardId: string;
  /** `yyyymmdd` */
  settlementDate: string;
  purchases: Purchase[];
}

/** More than a page of them now and then. */
const MOST_PURCHASES = 26;

/** Bills of a user's cards, newest month first; none of months to come. @throws Refusal A0004 */
export function billsOf({ seed, began }: Beginning, userSeqNo: string, from: string, to: string): Bill[] {
  if (!isMonth(from)) throw badFormat("from_month");
  if (!isMonth(to) || from > to) throw badFormat("to_month");
  const now = ymd(began).slice(0, 6);
  return monthsBetween(from, to < now ? to : now)
    .reverse()
    .flatMap((month) => Array.from({ length: OWNED }, (_, card) => billOf(seed, userSeqNo, month, card)));
}

function billOf(seed: string | number, userSeqNo: string, month: string, card: number): Bill {
  const next = random(`${seed}/bill/${userSeqNo}/${month}/${card}`);
  const before = addMonths(month, -1);
  const count = between(next, 3, MOST_PURCHASES);
  const days = Array.from({ length: count }, () => between(next, 1, 28)).sort((one, other) => one - other);
  return {
    month,
    seq: String(card + 1).padStart(3, "0"),
    cardId: assetId("cards", userSeqNo, card),
    settlementDate: `${month}25`,
    purchases: days.map((day) => ({
      date: `${before}${String(day).padStart(2, "0")}`,
      amount: between(next, 1, 150) * 700,
      fee: between(next, 0, 9) === 0 ? between(next, 1, 9) * 100 : 0,
    })),
  };
}

/** The lines of a bill as the answer has them. */
export function purchasesOf({ cardId, purchases }: Bill) {
  return purchases.map(({ date, amount, fee }) => ({
    card_value: cardId,
    paid_date: date,
    paid_amt: String(amount),
    credit_fee_amt: String(fee),
  }));
}
