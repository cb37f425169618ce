/**
 * What became of a transfer of which nobody knows. Only ever looks: the transfer is never sent again.
 * @module
 */
import { toKofinError } from "../../call/network.js";
import { sleep } from "../../call/sleep.js";
import { AnswerError, DecodeError, HttpError } from "../../errors/answer.js";
import { KofinError } from "../../errors/kofin-error.js";
import { NetworkError } from "../../errors/network.js";
import { OutcomeUnknownError } from "../../errors/outcome-unknown.js";
import { isRecord, type Json } from "../../paths.js";
import { kstDate, kstTime } from "../../seoul-time.js";
import { bankAdviceOf } from "../advice.js";
import { BankError } from "../bank-error.js";
import type { OpenBanking } from "../client.js";
import { call, performerFor } from "../functions.js";
import { type CallOptions, faultAt, type OpenBankingOperation, type Reply } from "../operation.js";
import { BANK_SUCCESS, text } from "../response.js";
import type { TransferReference } from "./before-send.js";

export interface SettleOptions extends Pick<CallOptions, "signal" | "timeoutMs"> {
  /** How often to look at most. Default 7. */
  attempts?: number;
  /** Milliseconds before the second look, doubled for each one after it. Default 3,000: all looks together take three minutes. */
  delayMs?: number;
  /**
   * Milliseconds in which a transfer may still arrive at the bank: until then "there is no such transfer" is no answer. Counted from the
   * end of the call for its error, by a clock that nobody sets, and from `tranDtime` for a `reference`. Default 180,000: three times
   * what a call has by default. More than the `timeoutMs` of the call, always.
   */
  lateMs?: number;
}

/** `done`: the money has moved. `not-done`: it has not, and will not. `unknown`: the bank is still at it, or could not be asked. */
export interface Settlement {
  status: "done" | "not-done" | "unknown";
  /** `bank_rsp_code` of the transfer: 000, 701 when there never was one, or why it failed. Undefined when nothing was heard of it. */
  bankCode: string | undefined;
  /** The last answer of `transfer/result`, as far as there was one. */
  reply?: Reply<unknown>;
  /** Why the last look brought no answer. */
  error?: KofinError;
}

/** How often to look, and milliseconds before the second look, doubled for each one after it. */
const LOOKS = 7;
const LOOK_DELAY_MS = 3_000;
const LATE_MS = 180_000;
/** So close to midnight the bank may date a transfer on the day before or after: it does so when it arrives, and by its own clock. */
const MIDNIGHT_MS = 600_000;

/** `transfer/transferResult` of the specs. */
const RESULT: OpenBankingOperation = {
  id: "transfer.transferResult",
  method: "POST",
  path: "/v2.0/transfer/result",
  retry: "safe",
  auth: { institution: ["oob", "sa"] },
  from: { tran_dtime: "tranDtime" },
};

/** 원거래 없음, and the center's word for the same. */
const NO_SUCH_TRANSFER = "701";
const NO_RECORDS = "A0310";

/**
 * Finds out what became of a withdrawal or a deposit whose call ended with an OutcomeUnknownError. Takes the error, or the
 * `reference` that a `beforeSend` hook wrote down, in any process and at any time. With the institution's own token.
 *
 * Only this settles it. To send the transfer again under its old bank_tran_id is another call: the center refuses it on the same day
 * alone, and what that call fails with says nothing of the first.
 *
 * "There is no such transfer" (701) is believed when nothing can be under way any more: see `lateMs`. Until then the answer is
 * `unknown`, and settling goes on whenever it is called again. Around midnight the neighbouring day is looked at as well, because the
 * bank dates a transfer when it arrives, by its own clock.
 * @throws InvalidInputError `INPUT_INVALID` for anything but a transfer; what `transfer/result` is refused with for good
 * @example
 * const { status } = await settleTransfer(openBanking, error);
 * if (status === "not-done") … // and only then it may be made anew
 */
export async function settleTransfer(
  openBanking: OpenBanking,
  transfer: OutcomeUnknownError | TransferReference,
  options: SettleOptions = {},
): Promise<Settlement> {
  const { attempts = LOOKS, delayMs = LOOK_DELAY_MS, lateMs = LATE_MS, ...callOptions } = options;
  const { now } = performerFor(openBanking).settings;
  const reference = checkReference(transfer instanceof OutcomeUnknownError ? transfer.reference : transfer);
  const signal = options.signal ?? new AbortController().signal;
  const ageMs = () =>
    transfer instanceof OutcomeUnknownError ? performance.now() - transfer.endedAt : ageOf(reference, now());
  for (let look = 1; ; look++) {
    // What is old enough when it is looked for, and not when the answer comes.
    const isOver = ageMs() >= lateMs;
    const seen = await lookUp(openBanking, reference, callOptions);
    if (seen.status !== "unknown" && seen.status !== "missing") return { ...seen, status: seen.status };
    if (seen.status === "missing" && isOver) return { ...seen, status: "not-done" };
    if (look >= attempts) return { ...seen, status: "unknown" };
    await sleep(delayMs * 2 ** (look - 1), signal).catch(ended(signal));
  }
}

function ended(signal: AbortSignal): (error: unknown) => never {
  const failure = { provider: "openbanking", operation: RESULT.id, mayHaveArrived: false, signal, clean: String };
  return (error) => {
    throw toKofinError(error, failure);
  };
}

type Look = Omit<Settlement, "status"> & { status: Settlement["status"] | "missing" };

async function lookUp(openBanking: OpenBanking, reference: TransferReference, options: CallOptions): Promise<Look> {
  const { checkType, orgBankTranId, orgTranAmt } = reference;
  const days = daysOf(reference);
  const list = days.map((day, index) => ({
    tran_no: String(index + 1),
    org_bank_tran_id: orgBankTranId,
    org_bank_tran_date: day,
    org_tran_amt: orgTranAmt,
  }));
  const input = { check_type: checkType, req_cnt: String(days.length), req_list: list };
  try {
    const reply = await call<Json>(openBanking, RESULT, input, { ...options, retries: 0 });
    return outcomeOf(reply, days.length);
  } catch (error) {
    if (!(error instanceof KofinError)) throw error;
    if (error instanceof BankError && error.bankCode === NO_SUCH_TRANSFER) {
      return { status: "missing", bankCode: NO_SUCH_TRANSFER, error };
    }
    if (error.code === NO_RECORDS) return { status: "missing", bankCode: undefined, error };
    if (!mayPass(error)) throw error;
    return { status: "unknown", bankCode: undefined, error };
  }
}

/** What the items say together: any success is one, and "no such transfer" has to be said of every day. */
function outcomeOf(reply: Reply<Json>, days: number): Look {
  const list = Array.isArray(reply.data.res_list) ? reply.data.res_list : [];
  const codes = list.flatMap((item) => (isRecord(item) ? (text(item.bank_rsp_code) ?? []) : []));
  const bankCode = codes.find((code) => code !== NO_SUCH_TRANSFER) ?? codes[0];
  const told = { bankCode, reply };
  if (codes.includes(BANK_SUCCESS)) return { status: "done", ...told, bankCode: BANK_SUCCESS };
  if (codes.length < days || codes.some(isOpen)) return { status: "unknown", ...told };
  return { status: bankCode === NO_SUCH_TRANSFER ? "missing" : "not-done", ...told };
}

/** Still under way, or a code that nobody knows. */
function isOpen(code: string): boolean {
  return (bankAdviceOf(code) ?? "check-outcome") === "check-outcome";
}

/** Whether another look may find things better. */
function mayPass(error: KofinError): boolean {
  if (error instanceof NetworkError) return error.code !== "ABORTED";
  if (error instanceof HttpError || error instanceof DecodeError) return true;
  return error instanceof AnswerError && (error.advice === "retry" || error.advice === "check-outcome");
}

/** The day it was sent on, and its neighbour when it was sent close to midnight. */
function daysOf({ orgBankTranDate, tranDtime }: TransferReference): string[] {
  const sent = kstTime(tranDtime);
  if (sent === undefined) return [orgBankTranDate];
  return [...new Set([kstDate(sent - MIDNIGHT_MS), orgBankTranDate, kstDate(sent + MIDNIGHT_MS)])].sort();
}

/** Milliseconds since it was written at the latest, by the clock of the system; none where that cannot be told. */
function ageOf({ tranDtime }: TransferReference, now: number): number {
  const second = kstTime(tranDtime);
  return second === undefined ? 0 : now - (second + 999);
}

function checkReference(reference: object): TransferReference {
  const given = reference as Partial<Record<keyof TransferReference, unknown>>;
  const fault = faultAt({ id: "settleTransfer" }, "transfer");
  const isTransfer = given.checkType === "1" || given.checkType === "2";
  const texts = [given.orgBankTranId, given.orgBankTranDate, given.orgTranAmt, given.tranDtime];
  if (isTransfer && texts.every((value) => typeof value === "string")) return given as TransferReference;
  throw fault("INPUT_INVALID", "must be the OutcomeUnknownError of a withdrawal or a deposit, or its reference");
}
