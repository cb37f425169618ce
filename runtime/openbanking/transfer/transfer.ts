/**
 * Transfers: what has to be right before one is sent, and what finds it again afterwards. Loads with the client.
 * @module
 */
import type { FaultAt } from "../../call/fault.js";
import { isRecord, type Json } from "../../paths.js";
import { kstDate } from "../../seoul-time.js";
import { faultAt, type OpenBankingOperation } from "../operation.js";
import type { BareReference, TransferReference } from "./before-send.js";

/** Twelve digits at most, and more than nothing. */
const AMOUNT = /^[1-9]\d{0,11}$/;

const RECIPIENT = ["recv_client_name", "recv_client_bank_code", "recv_client_account_num"];

/**
 * What a request that must not be repeated is found by: a transfer, once it has been checked, or anything else with a bank_tran_id.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`. Sources: the spec's conditions, and A0004 where they are not met.
 */
export function referenceOf(
  operation: OpenBankingOperation,
  body: Json,
  now: number,
): TransferReference | BareReference | undefined {
  const kind = /^\/v2\.0\/transfer\/(withdraw|deposit)\//.exec(operation.path)?.[1];
  if (kind) return checkTransfer(kind === "withdraw", body, now, (field) => faultAt(operation, field));
  const { bank_tran_id: bankTranId, tran_dtime: tranDtime } = body;
  if (typeof bankTranId !== "string") return undefined;
  return { bankTranId, ...(typeof tranDtime === "string" && { tranDtime }) };
}

function checkTransfer(isWithdrawal: boolean, body: Json, now: number, faultAt: FaultAt): TransferReference {
  const item = isWithdrawal ? body : onlyItem(body, faultAt);
  const at: FaultAt = isWithdrawal ? faultAt : (field) => faultAt(`req_list[].${field}`);
  // Both are filled in where a spec says so; a call without one has to bring them.
  if (item.bank_tran_id === undefined) throw at("bank_tran_id")("INPUT_MISSING", "is missing");
  if (body.tran_dtime === undefined) throw faultAt("tran_dtime")("INPUT_MISSING", "is missing");
  checkAmount(item, at);
  checkRequester(item, at);
  if (isWithdrawal) checkRecipient(item, at);
  else checkHolder(body, item, at);
  return {
    checkType: isWithdrawal ? "1" : "2",
    orgBankTranId: String(item.bank_tran_id),
    orgBankTranDate: kstDate(now),
    orgTranAmt: String(item.tran_amt),
    tranDtime: String(body.tran_dtime),
  };
}

/** A deposit is a list of one: 입금요청건수 is 1 by definition. */
function onlyItem(body: Json, faultAt: FaultAt): Json {
  const list = Array.isArray(body.req_list) ? body.req_list : [];
  if (list.length !== 1) throw faultAt("req_list")("INPUT_INVALID", `must hold one transfer, not ${list.length}`);
  if (body.req_cnt !== "1") throw faultAt("req_cnt")("INPUT_INVALID", 'must be "1"');
  const [item] = list;
  if (!isRecord(item)) throw faultAt("req_list[]")("INPUT_INVALID", "must be an object");
  return item;
}

function checkAmount(item: Json, at: FaultAt): void {
  const fault = at("tran_amt");
  if (item.tran_amt === undefined) throw fault("INPUT_MISSING", "is missing");
  if (!AMOUNT.test(String(item.tran_amt)))
    throw fault("INPUT_INVALID", "must be 1 to 12 digits, more than 0, without 0 in front");
}

/** 요청고객 is known by one account: its number with its bank, or its 핀테크이용번호. */
function checkRequester(item: Json, at: FaultAt): void {
  const account = item.req_client_account_num;
  const fintech = item.req_client_fintech_use_num;
  if (account === undefined && fintech === undefined) {
    throw at("req_client_account_num")("INPUT_MISSING", "or req_client_fintech_use_num is missing");
  }
  if (account !== undefined && fintech !== undefined) {
    throw at("req_client_fintech_use_num")("INPUT_INVALID", "must not stand beside req_client_account_num");
  }
  if (account !== undefined && item.req_client_bank_code === undefined) {
    throw at("req_client_bank_code")("INPUT_MISSING", "is missing: req_client_account_num needs it");
  }
}

/** 최종수취고객: all of it for a remittance (송금), and otherwise all or nothing. */
function checkRecipient(item: Json, at: FaultAt): void {
  const isRemittance = item.transfer_purpose === "TR";
  const missing = RECIPIENT.filter((name) => item[name] === undefined);
  const [first] = missing;
  if (!first || (missing.length === RECIPIENT.length && !isRemittance)) return;
  const why = isRemittance ? "transfer_purpose TR" : "the rest of recv_client_…";
  throw at(first)("INPUT_MISSING", `is missing: ${why} needs it`);
}

/** The name can only be checked against one that is told. A 핀테크이용번호 knows its holder. */
function checkHolder(body: Json, item: Json, at: FaultAt): void {
  if (body.name_check_option !== "on" || item.account_num === undefined) return;
  if (item.account_holder_name === undefined) {
    throw at("account_holder_name")("INPUT_MISSING", "is missing: name_check_option on needs it");
  }
}
