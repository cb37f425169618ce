import { ymd } from "../shared/clock.js";
import type { BankAccount } from "./bank.js";
import { bankHead, type Call } from "./call.js";
import type { TransferKind } from "./journal.js";
import type { Mover } from "./limits.js";
import type { Registration } from "./registrations.js";
import { NoAnswer, OPEN_CODES, type OpenOutcome } from "./unknown.js";
import { BANK_SUCCESS, BY_BANK, BY_ROW, Refusal } from "./wire.js";

/** A transfer that the center has let through to the banks. */
export interface Order {
  kind: TransferKind;
  bankTranId: string;
  mover: Mover;
  amount: number;
  from: BankAccount;
  /** Undefined when there is no such account. */
  to: BankAccount | undefined;
  fromPrint: string;
  toPrint: string;
  registration: Registration | undefined;
}

/** 해당 계좌 없음, 예금잔액 부족, 기타 처리 불가. */
const NO_ACCOUNT = "412";
const NOT_ENOUGH = "453";
const NOT_POSSIBLE = "499";

/**
 * Has the banks move the money: all of it or nothing, and written down in either case. Where a test wants the outcome to stay open,
 * the money moves or not as planned, and the answer does not tell.
 * @returns bank_rsp_code
 * @throws Refusal for a limit; whatever an open outcome is answered with
 */
export function carryOut(call: Call, order: Order): string {
  const { center, path, now } = call;
  center.quotas.check(order.kind, order.mover, order.amount, now);
  const plan = center.unknown.take([path]);
  if (!plan) return settle(call, order, 0);
  if (plan.happens) settle(call, order, plan.stillProcessing ?? 0);
  throw openAnswer(call, order, plan);
}

function settle(call: Call, order: Order, stillProcessing: number): string {
  const { center, useCode, now } = call;
  const { mover, ...written } = order;
  const { kind, from, to, amount } = order;
  const outcome = outcomeOf(order);
  if (outcome === BANK_SUCCESS && to) {
    center.bank.move({ ...written, to, at: now, fromType: "F/B출금", toType: "F/B입금" });
    center.quotas.add(kind, mover, amount, now);
  }
  center.journal.add({ ...written, from, useCode, date: ymd(now), outcome, stillProcessing });
  return outcome;
}

function outcomeOf({ from, to, amount }: Order): string {
  if (!to) return NO_ACCOUNT;
  if (from === to) return NOT_POSSIBLE;
  return from.balance < amount ? NOT_ENOUGH : BANK_SUCCESS;
}

/** The answer that leaves open what happened. */
function openAnswer(call: Call, order: Order, { answer, code }: OpenOutcome): Error {
  if (typeof answer === "number" || answer === "drop" || answer === "silence") return new NoAnswer(answer);
  if ((OPEN_CODES as readonly string[]).includes(answer)) return new Refusal(answer);
  const head = bankHead(call, answer, order.bankTranId);
  if (order.kind === "withdraw") return new Refusal(code ?? BY_BANK, { data: head });
  return new Refusal(code ?? BY_ROW, { data: { res_cnt: "1", res_list: [{ tran_no: "1", ...head }] } });
}
