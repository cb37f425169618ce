import type { Json } from "../shared/json.js";
import { badFormat } from "./wire.js";

/** An amount in won: up to twelve digits, more than nothing. @throws Refusal A0004 */
export function amountOf(value: unknown, field = "tran_amt"): number {
  if (typeof value !== "string" || !/^\d{1,12}$/.test(value) || Number(value) === 0) throw badFormat(field);
  return Number(value);
}

/**
 * On whose behalf a request is made: an account by its number or by its 핀테크이용번호, never both.
 * @throws Refusal A0004
 */
export function needRequester({
  req_client_account_num: account,
  req_client_bank_code: bank,
  req_client_fintech_use_num: fintech,
}: Json): void {
  if ((account === undefined) === (fintech === undefined)) throw badFormat("req_client_fintech_use_num");
  if (account !== undefined && bank === undefined) throw badFormat("req_client_bank_code");
}
