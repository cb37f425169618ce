import type { Fault, FaultAt } from "../call/fault.js";
import type { Json } from "../paths.js";

/** An account number in its two parts. */
export interface Account {
  CANO: string;
  ACNT_PRDT_CD: string;
}

/** `12345678-01`, with or without the dash. @throws InvalidInputError `INPUT_INVALID` */
export function readAccount(account: unknown, fault: Fault): Account {
  const [, number, product] = /^(\d{8})-?(\d{2})$/.exec(String(account)) ?? [];
  if (!number || !product) throw fault("INPUT_INVALID", "must be 8 digits and 2 for the product, such as 12345678-01");
  return { CANO: number, ACNT_PRDT_CD: product };
}

/**
 * One part of the account number: from the input's `account`, or else the client's. What the caller passes by itself wins, but a
 * number without its product is not completed from another account's.
 */
export function accountPart(field: string, input: Json, own: Account | undefined, fault: FaultAt): string {
  const account = input.account === undefined ? own : readAccount(input.account, fault("account"));
  if (!account) throw fault("account")("INPUT_MISSING", "is missing: pass it here (12345678-01), or to createKis");
  if (field === "CANO") return account.CANO;
  const { CANO = account.CANO } = input;
  if (String(CANO) !== account.CANO) throw fault(field)("INPUT_MISSING", "is missing: it goes with CANO");
  return account.ACNT_PRDT_CD;
}
