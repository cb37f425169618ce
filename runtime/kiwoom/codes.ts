import { isRecord } from "../paths.js";

/**
 * The code of a refusal. Kiwoom writes it into the text of `return_msg`: `[1511:…]` the gateway's, `[2000](RC4058:…)` the ledger's (원장).
 * Without either, `return_code` itself. Two operations are printed with `returnCode` and `returnMsg`.
 * @returns undefined when the answer says nothing of the kind
 */
export function codeIn(answer: unknown): string | undefined {
  if (!isRecord(answer)) return undefined;
  const { return_code, returnCode, return_msg, returnMsg } = answer;
  const text = String(return_msg ?? returnMsg ?? "");
  const inText = /\[2000\]\s*\((\w+):/.exec(text)?.[1] ?? /\[(\d{4}):/.exec(text)?.[1];
  const code = return_code ?? returnCode;
  return inText ?? (typeof code === "number" || typeof code === "string" ? String(code) : undefined);
}
