import { type KofinError, NetworkError, OutcomeUnknownError, settle } from "kofin";
import {
  BankError,
  type OpenBanking,
  type SendNotice,
  settleTransfer,
  type TransferReference,
} from "kofin/openbanking";
import { count } from "./flaky-network.js";
import { send } from "./orders.js";
import { type Condition, nameOf, type Payment } from "./payments.js";
import type { Account, SimulatedBank } from "./simulated-bank.js";

/** What is known of a payment after an attempt: it may go on with another one, or has to find out first. */
type Fate = "paid" | "refused" | "again" | "unknown";

/**
 * The program of an institution. It writes down what it is about to send, enters what has happened, and never makes a payment anew
 * before it knows that the last attempt came to nothing.
 */
export class Reconciliation {
  /** By account number. */
  readonly balances: Map<string, number>;
  /** Under which bank_tran_id each payment was made, by its memo. */
  readonly paid = new Map<string, string>();
  readonly refused = new Set<string>();
  /** Causes of unknown outcomes: how often each was seen. */
  readonly unknown = new Map<string, number>();
  /** Answers of `settleTransfer`. */
  readonly settled = new Map<string, number>();
  attempts = 0;
  /** Attempts under the bank_tran_id of the one before. */
  attemptsAgain = 0;
  /** What `beforeSend` told, by memo. It outlives the process. */
  readonly journal = new Map<string, SendNotice[]>();
  #client: OpenBanking;

  constructor(readonly bank: SimulatedBank) {
    this.#client = bank.restart();
    const { accounts } = bank.center.ledger();
    this.balances = new Map(accounts.map(({ accountNum, balance }) => [accountNum, balance]));
  }

  /** Makes a payment, in as many attempts as it takes. */
  async pay(payment: Payment): Promise<void> {
    let fate: Fate = "again";
    while (fate === "again" || fate === "unknown") {
      const id: string | undefined = fate === "unknown" ? this.#idToUseAgain(payment) : undefined;
      fate = fate === "unknown" && id === undefined ? await this.#recover(payment) : await this.#attempt(payment, id);
    }
    if (fate === "refused") this.refused.add(payment.memo);
  }

  async #attempt(payment: Payment, id: string | undefined): Promise<Fate> {
    const { clock, network } = this.bank;
    const condition = payment.conditions.shift() ?? "fair";
    clock.pass(payment.pauseMs);
    // After a refused token the client sends once more by itself, under the next condition.
    const isSentTwice = condition === "token refused" && mayFollow(payment.conditions[0]);
    network.plan(payment, [condition, ...(isSentTwice ? payment.conditions.splice(0, 1) : [])]);
    this.attempts += 1;
    if (id !== undefined) {
      this.attemptsAgain += 1;
      // The center knows it for a day only.
      clock.hold();
    }
    const { data: made, error } = await settle(this.#send(payment, condition, id));
    if (id !== undefined) clock.release();
    if (isCrash(condition)) {
      this.#client = this.bank.restart();
      return "unknown";
    }
    if (!error) return this.#enter(payment, made);
    if (error instanceof OutcomeUnknownError) return this.#settle(payment, error);
    // That this sending came to nothing does not say what became of the one before it.
    return id === undefined ? fateOf(error) : "unknown";
  }

  #send(payment: Payment, condition: Condition, id: string | undefined) {
    const { memo } = payment;
    const beforeSend = (notice: SendNotice) => {
      this.journal.set(memo, [...(this.journal.get(memo) ?? []), structuredClone(notice)]);
      if (condition !== "crash before sending") return;
      this.bank.network.meet(condition);
      throw new Error("the process dies");
    };
    const timeoutMs = nameOf(condition).startsWith("silent") ? 10 : 60_000;
    return send(this.#client, this.bank, payment, { beforeSend, timeoutMs, ...(id !== undefined && { id }) });
  }

  /** After a crash the journal is all there is. */
  async #recover(payment: Payment): Promise<Fate> {
    const references = this.#noticesOf(payment).flatMap(({ reference }) => reference ?? []);
    const fates = new Set<Fate>();
    for (const reference of references) fates.add(await this.#settle(payment, reference));
    return (["paid", "refused"] as const).find((fate) => fates.has(fate)) ?? "again";
  }

  async #settle(payment: Payment, transfer: OutcomeUnknownError | TransferReference): Promise<Fate> {
    if (transfer instanceof OutcomeUnknownError) {
      const { cause } = transfer;
      count(this.unknown, cause instanceof BankError ? `bank ${cause.bankCode}` : cause.code);
    }
    // Time stands still here: what is late arrives when the center has been asked for it.
    let lateMs = Number.POSITIVE_INFINITY;
    for (;;) {
      const settlement = await settleTransfer(this.#client, transfer, { attempts: 2, delayMs: 1, lateMs });
      const { status, bankCode = "701" } = settlement;
      count(this.settled, status);
      if (settlement.bankCode === "701" || settlement.error?.code === "A0310") lateMs = Number.NEGATIVE_INFINITY;
      const id = transfer instanceof OutcomeUnknownError ? transfer.reference.orgBankTranId : transfer.orgBankTranId;
      if (status === "done") return this.#enter(payment, String(id));
      if (status === "not-done") return bankCode === "701" ? "again" : "refused";
    }
  }

  #enter({ memo, way, account, amount }: Payment, id: string): "paid" {
    const earlier = this.paid.get(memo);
    if (earlier === id) return "paid";
    if (earlier !== undefined) throw new Error(`${memo} was made twice: ${earlier} and ${id}`);
    this.paid.set(memo, id);
    const { collecting, paying } = this.bank.center.contractAccounts;
    const { accountNum } = this.bank.accounts[account] as Account;
    const [from, to] = way.startsWith("withdraw") ? [accountNum, collecting] : [paying, accountNum];
    this.balances.set(from, (this.balances.get(from) ?? 0) - amount);
    this.balances.set(to, (this.balances.get(to) ?? 0) + amount);
    return "paid";
  }

  /** Within the day the center refuses what it has seen, so that sending it again can do no harm. */
  #idToUseAgain(payment: Payment): string | undefined {
    const notices = this.#noticesOf(payment);
    const ids = new Set(notices.map(({ bankTranId }) => bankTranId));
    const today = new Date(this.bank.clock.now() + 9 * 3_600_000).toISOString().slice(0, 10).replaceAll("-", "");
    const isToday = notices.every(({ reference }) => reference?.orgBankTranDate === today);
    return payment.again && ids.size === 1 && isToday ? notices[0]?.bankTranId : undefined;
  }

  #noticesOf({ memo }: Payment): SendNotice[] {
    return this.journal.get(memo) ?? [];
  }
}

/** Whether it is a matter of the network alone. */
function mayFollow(condition: Condition | undefined): boolean {
  return condition !== undefined && !/^(crash|silent|token)/.test(nameOf(condition));
}

function isCrash(condition: Condition): boolean {
  return nameOf(condition).startsWith("crash");
}

/** A definite refusal: of this attempt, when another one may fare better, or of the payment. */
function fateOf(error: KofinError): Fate {
  if (error instanceof NetworkError) return "again";
  const advice = "advice" in error ? String(error.advice) : "";
  return ["retry", "unavailable", "renew-token"].includes(advice) ? "again" : "refused";
}
