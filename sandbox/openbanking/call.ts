/**
 * A request that has been let in, and what handlers ask of it again and again.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import { ymd } from "../shared/clock.js";
import type { Json } from "../shared/json.js";
import type { BankAccount } from "./bank.js";
import type { CenterState, ContractRole } from "./center-state.js";
import type { AgreementKind, Member, Registration } from "./registrations.js";
import type { Texts } from "./texts.js";
import type { Holder } from "./tokens.js";
import { type Answer, BANK_SUCCESS, BY_BANK, Refusal } from "./wire.js";

export interface Call {
  path: string;
  /** What the answer looks like. */
  data: Schema;
  /** Query or body, in texts, by the names of the spec. */
  input: Json;
  holder: Holder;
  useCode: string;
  /** When the request arrived. */
  now: number;
  center: CenterState;
  texts: Texts;
}

export type Handler = (call: Call) => Answer;

/** What the bank says of a request, or of one row of it. */
export function bankHead({ input, now, texts }: Call, code = BANK_SUCCESS, bankTranId = input.bank_tran_id): Json {
  return {
    bank_tran_id: bankTranId ?? "",
    bank_tran_date: ymd(now),
    bank_code_tran: "097",
    bank_rsp_code: code,
    bank_rsp_message: texts.bankMeaning(code),
  };
}

export function refusedByBank(call: Call, code: string): Refusal {
  return new Refusal(BY_BANK, { data: bankHead(call, code) });
}

/**
 * The institution's user that a request is about.
 * @throws Refusal A0313 when the token is another user's, A0337 for nobody of the institution's, A0014 for one who left
 */
export function memberOf({ center, useCode, holder }: Call, userSeqNo: unknown): Member {
  if (holder.userSeqNo !== undefined && holder.userSeqNo !== userSeqNo) throw new Refusal("A0313");
  const member = center.registrations.member(useCode, userSeqNo);
  if (!member) throw new Refusal("A0337");
  if (member.closed) throw new Refusal("A0014");
  return member;
}

/**
 * The registered account behind a 핀테크이용번호.
 * @throws Refusal A0304 for a number that the institution does not have, A0313 for another user's, A0323 after 해지
 */
export function registrationOf(call: Call, fintechUseNum = call.input.fintech_use_num): Registration {
  const found = call.center.registrations.find(fintechUseNum);
  if (!found || found.useCode !== call.useCode) throw new Refusal("A0304");
  memberOf(call, found.user.userSeqNo);
  return active(found);
}

/** What institutions that know account numbers ask with. */
export interface Numbered {
  userSeqNo: unknown;
  bankCode: unknown;
  accountNum: unknown;
}

/** The same for an account number. @throws Refusal A0323 when the user has not registered that account */
export function registrationAt(call: Call, { userSeqNo, bankCode, accountNum }: Numbered): Registration {
  const { user } = memberOf(call, userSeqNo);
  const { bank, registrations } = call.center;
  const found = registrations.of(call.useCode, bank.find(bankCode, accountNum));
  if (!found || found.user !== user) throw new Refusal("A0323");
  return active(found);
}

function active(registration: Registration): Registration {
  if (registration.cancelled) throw new Refusal("A0323");
  return registration;
}

const LACKING = {
  inquiry: { missing: "A0305", expired: "A0316" },
  transfer: { missing: "A0306", expired: "A0319" },
} as const;

/** @throws Refusal when the user does not allow it, or no longer */
export function needAgreement(registration: Registration, kind: AgreementKind): void {
  const { state } = registration[kind];
  if (state !== "agreed") throw new Refusal(LACKING[kind][state]);
}

/** The institution's own account that a request names. @throws Refusal A0322 when it is not registered for that */
export function contractAccount({ input, center, useCode }: Call, role: ContractRole): BankAccount {
  const contract = center.contracts.get(useCode);
  const isRegistered = contract?.registered.has(role) && input.cntr_account_num === contract[role].accountNum;
  if (!contract || !isRegistered) throw new Refusal("A0322");
  return contract[role];
}
