import * as fc from "fast-check";
import type { OpenOutcome } from "kofin/sandbox";

/** What becomes of one attempt at a payment, on the way to the center and back. */
export type Condition =
  /** Nothing happens to it. */
  | "fair"
  /** No connection comes about: certainly nothing was sent. */
  | "unreachable"
  /** The connection breaks, and the request is gone. */
  | "lost"
  /** The connection breaks, and the request arrives all the same, after somebody has asked what became of it. */
  | "late"
  /** Nobody answers. The request has arrived, or not. */
  | "silent, arrived"
  | "silent, lost"
  /** The center refuses for certain: its hours are over, or the token is no good any more. */
  | "closed"
  | "token refused"
  /** The client's process dies: after it wrote down what it is about to send, or after it sent it. */
  | "crash before sending"
  | "crash after sending"
  | "crash after sending, lost"
  /** The answer says that nobody knows, or nothing at all; the money moves or not. */
  | OpenOutcome;

const WAYS = ["withdraw fin_num", "withdraw acnt_num", "deposit fin_num", "deposit acnt_num"] as const;
export type Way = (typeof WAYS)[number];

/** A business payment: to be made once, however many attempts that takes. */
export interface Payment {
  /** Printed in the passbooks, and different for each. */
  memo: string;
  way: Way;
  /** Which of the users' accounts. */
  account: number;
  amount: number;
  /** Of one attempt after another; fair when it is used up. */
  conditions: Condition[];
  /** Whether it may be sent again under its old bank_tran_id when nobody knows what became of it, for the center to refuse. */
  again: boolean;
  /** Looks at `transfer/result` that bring nothing before one does. */
  blindLooks: number;
  /** Milliseconds that pass before it is made. */
  pauseMs: number;
}

const OPEN = ["A0001", "A0003", "A0007", "A0017", "400", "803", "804", "819", "822", "drop", 500, 503] as const;

export const OPEN_CONDITIONS = OPEN.flatMap((answer) => [
  nameOf({ answer, happens: true }),
  nameOf({ answer, happens: false }),
]);

const open: fc.Arbitrary<Condition> = fc.record({
  happens: fc.boolean(),
  answer: fc.constantFrom(...OPEN),
  stillProcessing: fc.constantFrom(0, 0, 1, 2),
});

const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 30, arbitrary: fc.constant<Condition>("fair") },
  { weight: 12, arbitrary: open },
  {
    weight: 18,
    arbitrary: fc.constantFrom<Condition>(
      ...(["unreachable", "lost", "late", "closed", "token refused"] as const),
      ...(["crash before sending", "crash after sending", "crash after sending, lost"] as const),
    ),
  },
  // They take their time.
  { weight: 2, arbitrary: fc.constantFrom<Condition>("silent, arrived", "silent, lost") },
);

/** So many payments over so many accounts, the same ones for the same seed. */
export function somePayments(count: number, accounts: number, seed: number): Payment[] {
  const payment = fc.record({
    way: fc.constantFrom(...WAYS),
    account: fc.nat({ max: accounts - 1 }),
    amount: fc.integer({ min: 1, max: 60_000 }),
    conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
    again: fc.boolean(),
    blindLooks: fc.constantFrom(0, 0, 0, 1, 2),
    pauseMs: fc.nat({ max: 4_000 }),
  });
  return fc.sample(payment, { numRuns: count, seed }).map((one, index) => ({ ...one, memo: `payment ${index}` }));
}

export function nameOf(condition: Condition): string {
  return typeof condition === "string"
    ? condition
    : `${condition.answer}, ${condition.happens ? "happened" : "did not happen"}`;
}
