import type { Json } from "../shared/json.js";
import { type Account, type Bank, isPayable, type Order, WOORI } from "./bank.js";
import { badInput, type Outcome, type Refused, refusedByBank } from "./codes.js";
import { CUSTOMER } from "./people.js";
import type { Service } from "./service.js";

/** 이체 조회 says what 이체 실행 would come to, and moves nothing. */
export const transferServices: Readonly<Record<string, Service>> = {
  getWooriAcctToWooriAcct: (body, { bank }) => look(planWithin(body, bank)),
  getWooriAcctToOtherAcct: (body, { bank }) => look(planElsewhere(body, bank)),
  executeWooriAcctToWooriAcct: (body, { bank }) => execute(planWithin(body, bank), bank),
  executeWooriAcctToOtherAcct: (body, { bank }) => execute(planElsewhere(body, bank), bank),
};

interface Plan {
  order: Order;
  account: Account;
}

/** Won for a transfer to another bank; within the bank there is none. */
const FEE = 500;

function planWithin(body: Json, bank: Bank): Plan | Refused {
  return plan(body, bank, WOORI, 0);
}

/** Whether the bank would take its own code here is not known, so the sandbox does. */
function planElsewhere(body: Json, bank: Bank): Plan | Refused {
  return plan(body, bank, String(body.RCV_BKCD ?? ""), FEE);
}

function plan(body: Json, bank: Bank, to: string, fee: number): Plan | Refused {
  const { WDR_ACNO, RCV_ACNO, TRN_AM, RCV_BKCD, PTN_PBOK_PRNG_TXT } = body;
  const missing = ["WDR_ACNO", "RCV_ACNO", "TRN_AM"].find((field) => !body[field]);
  if (missing) return badInput(missing, "SYSCD01000");
  const amount = Number(TRN_AM);
  if (!Number.isSafeInteger(amount) || amount <= 0) return badInput("TRN_AM");
  if (RCV_BKCD && RCV_BKCD !== to) return badInput("RCV_BKCD");
  if (!to) return badInput("RCV_BKCD", "SYSCD01000");
  const account = bank.account(WDR_ACNO);
  const recipient = bank.holderOf(to, String(RCV_ACNO));
  if (!account || !isPayable(account)) return refusedByBank("noAccount");
  if (!recipient || RCV_ACNO === WDR_ACNO) return refusedByBank("noRecipient");
  if (account.balance < amount + fee) return refusedByBank("noMoney");
  const memo = String(PTN_PBOK_PRNG_TXT ?? "");
  const parties = { from: account.ACNO, bank: to, to: String(RCV_ACNO), recipient };
  return { order: { kind: "transfer", ...parties, amount, fee, memo }, account };
}

function look(plan: Plan | Refused): Outcome {
  if ("refusal" in plan) return plan;
  const { account, order } = plan;
  return answer(order, account.balance - order.amount - order.fee);
}

function execute(plan: Plan | Refused, bank: Bank): Outcome {
  if ("refusal" in plan) return plan;
  bank.carryOut(plan.order);
  return answer(plan.order, plan.account.balance);
}

function answer({ recipient, fee }: Order, balance: number): Outcome {
  return { fields: { OWAC_FNM: CUSTOMER, BFTR_AF_BAL: balance, RNPE_FNM: recipient, FEE_AM: fee } };
}
