/**
 * 자금반환청구: asking for the money of a deposit back. The bank asks whoever has it, which takes a while.
 * @module
 */
import { ymd } from "../../shared/clock.js";
import type { Json } from "../../shared/json.js";
import { branchOf } from "../bank.js";
import { bankHead, type Call, type Handler, refusedByBank } from "../call.js";
import type { Transfer } from "../journal.js";
import { amountOf } from "../money.js";
import { BANK_SUCCESS, Refusal } from "../wire.js";

export const returnHandlers: Readonly<Record<string, Handler>> = {
  "/v2.0/return/claim": claim,
  "/v2.0/return/result": result,
};

const NO_SUCH_TRANSFER = "701";
const STATES = { open: "400", returned: BANK_SUCCESS, refused: "499" } as const;

function claim(call: Call) {
  const { input, center, useCode, now, texts } = call;
  const transfer = claimed(call);
  const { to } = transfer;
  const contract = center.contracts.get(useCode);
  const returnTo = [contract?.paying, contract?.collecting].find((own) => own?.accountNum === input.return_account_num);
  if (!to || transfer.outcome !== BANK_SUCCESS) throw refusedByBank(call, NO_SUCH_TRANSFER);
  if (!returnTo) throw new Refusal("A0322");
  const bankTranId = String(input.bank_tran_id);
  if (center.journal.hasClaim(transfer)) throw new Refusal("A0008");
  center.journal.addClaim({ useCode, bankTranId, date: ymd(now), transfer, returnTo, state: "open" });
  return {
    data: {
      ...bankHead(call),
      dps_bank_code_std: to.bankCode,
      wd_bank_code_std: transfer.from.bankCode,
      wd_bank_code_sub: branchOf(transfer.from.bankCode),
      wd_bank_name: texts.bankName(transfer.from.bankCode),
      org_bank_tran_date: transfer.date,
      org_bank_tran_id: transfer.bankTranId,
      org_dps_bank_code_std: to.bankCode,
      org_dps_account_num: input.org_dps_account_num ?? "",
      org_dps_fintech_use_num: input.org_dps_fintech_use_num ?? "",
      org_tran_amt: String(transfer.amount),
      return_account_num: returnTo.accountNum,
    },
  };
}

/** The deposit that a claim is about, named in full. @throws Refusal bank 701 */
function claimed(call: Call): Transfer {
  const { input, center, useCode } = call;
  const { org_bank_tran_id, org_bank_tran_date, org_tran_amt } = input;
  const wanted = {
    kind: "deposit",
    bankTranId: String(org_bank_tran_id),
    date: String(org_bank_tran_date),
    useCode,
  } as const;
  const transfer = center.journal.find(wanted);
  const amount = amountOf(org_tran_amt, "org_tran_amt");
  if (transfer?.amount !== amount || !isRecipient(transfer, input)) throw refusedByBank(call, NO_SUCH_TRANSFER);
  return transfer;
}

function isRecipient({ to, registration }: Transfer, input: Json): boolean {
  const { org_dps_fintech_use_num: fintech, org_dps_bank_code_std: bank, org_dps_account_num: account } = input;
  if (fintech !== undefined) return registration?.fintechUseNum === fintech;
  return to?.bankCode === bank && to?.accountNum === account;
}

function result(call: Call) {
  const { claim_bank_tran_date, claim_bank_tran_id } = call.input;
  const found = call.center.journal.findClaim(call.useCode, claim_bank_tran_date, claim_bank_tran_id);
  if (!found) throw new Refusal("A0310");
  const head = { ...bankHead(call, STATES[found.state], found.bankTranId), bank_tran_date: found.date };
  if (found.state === "refused") throw new Refusal("A0002", { data: head });
  return {
    data: { ...head, org_tran_amt: String(found.transfer.amount), return_account_num: found.returnTo.accountNum },
  };
}
