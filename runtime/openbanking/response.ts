/**
 * From an answer to a reply, for answers that are a plain success.
 * @module
 */
import type { Received } from "../call/http.js";
import { isShaped, makeReply, readJson } from "../call/reply.js";
import { isRecord, type Json } from "../paths.js";
import type { ItemFailure, OpenBankingCall, Reply } from "./operation.js";

/** O0000 is the one of the OAuth paths. */
export const SUCCESS: readonly unknown[] = ["A0000", "O0000"];

export const BANK_SUCCESS = "000";

/** Where others than the center say how it went: a participating institution, that of an earlier claim, the 계좌통합센터. */
export const INSTITUTION_CODES = [
  { code: "bank_rsp_code", message: "bank_rsp_message", success: BANK_SUCCESS },
  { code: "claim_bank_rsp_code", message: "claim_bank_rsp_message", success: BANK_SUCCESS },
  { code: "ainfo_rsp_code", message: "ainfo_rsp_message", success: "0000" },
] as const;

/** Only texts with something in them count as texts: anything may arrive. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether what was sent moves money: only then there is something to find it by. */
export function isTransfer(request: OpenBankingCall["request"]): boolean {
  return request?.reference !== undefined && "checkType" in request.reference;
}

/**
 * Undefined for anything that has to be looked at closer: whenever somebody refused, nobody says what became of a transfer, or fields
 * have to be put into shape.
 */
export function readReply({ operation, request }: OpenBankingCall, received: Received): Reply<unknown> | undefined {
  const { response, body } = received;
  const raw = response.ok && !isShaped(operation) ? readJson(body) : undefined;
  if (!raw || !SUCCESS.includes(raw.rsp_code)) return undefined;
  const said = saidIn(raw);
  if (said.includes("refused")) return undefined;
  return said.length === 0 && isTransfer(request) ? undefined : toReply(raw, raw, response);
}

/** What the institutions (참가기관) say: of the answer itself, and of each item of its lists. Empty when none says anything. */
export function saidIn(data: Json): ("done" | "refused")[] {
  const items = Object.values(data).filter(Array.isArray).flat().filter(isRecord);
  return [data, ...items].flatMap((part) =>
    INSTITUTION_CODES.flatMap(({ code, success }) => {
      const told = text(part[code]);
      return told === undefined ? [] : told === success ? "done" : "refused";
    }),
  );
}

/** The reply of an answer from which nothing is to be thrown. */
export function toReply(raw: Json, data: Json, response: Response, failures: ItemFailure[] = []): Reply<unknown> {
  const shown = {
    data,
    code: text(raw.rsp_code) ?? "",
    message: text(raw.rsp_message) ?? "",
    transactionId: text(raw.api_tran_id),
    bankCode: text(raw.bank_rsp_code),
    failures,
  };
  return makeReply(shown, { raw, response });
}
