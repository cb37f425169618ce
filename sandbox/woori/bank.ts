/**
 * A small bank: one customer's accounts, what has happened on them, and every transfer.
 * @module
 */
import { type Clock, hms, ymd } from "../shared/clock.js";
import { random } from "../shared/random.js";
import { type Entry, historyOf } from "./history.js";
import { type AccountPlan, CUSTOMER, PLANS, recipientOf } from "./people.js";

/** The bank's own code among the banks (은행코드). */
export const WOORI = "020";

export interface Account extends AccountPlan {
  balance: number;
  /** Oldest first. */
  entries: Entry[];
}

export interface WooriBalance {
  ACNO: string;
  CUCD: string;
  balance: number;
}

/** Money that has left an account. */
export interface WooriTransfer {
  /** When, by the sandbox's clock. */
  at: number;
  kind: "transfer" | "remittance";
  from: string;
  /** Bank code, or the BIC of a bank abroad. */
  bank: string;
  to: string;
  /** In won; `fee` comes on top. */
  amount: number;
  fee: number;
  /** What arrives abroad. */
  foreign?: { currency: string; amount: number; rate: number };
}

/** Whether money can leave it at any time. */
export function isPayable({ ACCT_KND }: Account): boolean {
  return ACCT_KND === "P";
}

/** What somebody wants to transfer. */
export interface Order extends Omit<WooriTransfer, "at"> {
  /** 상대통장인자내용 */
  memo: string;
  recipient: string;
}

export class Bank {
  readonly #seed: string | number;
  readonly #clock: Clock;
  #accounts: Map<string, Account> = new Map();
  #transfers: WooriTransfer[] = [];

  constructor(seed: string | number, clock: Clock) {
    this.#seed = seed;
    this.#clock = clock;
    this.reset();
  }

  reset(): void {
    const now = this.#clock();
    this.#accounts = new Map(
      PLANS.map((plan) => {
        const next = random(`${this.#seed}/woori/${plan.ACNO}`);
        return [plan.ACNO, { ...plan, balance: plan.opening, entries: historyOf(plan, next, now) }];
      }),
    );
    this.#transfers = [];
  }

  get accounts(): Account[] {
    return [...this.#accounts.values()];
  }

  account(number: unknown): Account | undefined {
    return typeof number === "string" ? this.#accounts.get(number) : undefined;
  }

  get balances(): WooriBalance[] {
    return this.accounts.map(({ ACNO, CUCD, balance }) => ({ ACNO, CUCD, balance }));
  }

  get transfers(): WooriTransfer[] {
    return this.#transfers.map((transfer) => ({ ...transfer }));
  }

  /** Whose account it is; undefined when there is no such account. */
  holderOf(bank: string, number: string): string | undefined {
    return bank === WOORI && this.#accounts.has(number) ? CUSTOMER : recipientOf(number);
  }

  /** Moves the money. The account that it leaves must exist and have enough. */
  carryOut({ memo, recipient, ...order }: Order): void {
    const { from, to, bank, amount, fee } = order;
    const at = this.#clock();
    this.#book(from, -(amount + fee), at, memo, recipient);
    if (bank === WOORI) this.#book(to, amount, at, memo, CUSTOMER);
    this.#transfers.push({ at, ...order });
  }

  #book(number: string, amount: number, at: number, memo: string, party: string): void {
    const account = this.#accounts.get(number);
    if (!account) return;
    account.balance += amount;
    account.entries.push({ date: ymd(at), time: hms(at), amount, balance: account.balance, memo, party });
  }
}
