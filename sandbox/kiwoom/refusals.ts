/**
 * How Kiwoom refuses: HTTP 200, a class of the refusal in `return_code`, and the code itself inside the text.
 * @module
 */
import type { OwnCodes } from "../provider/envelope.js";

/** For what the mock itself refuses. */
export const CODES: OwnCodes = {
  invalid: { status: 200, code: "1511" },
  "no-such-path": { status: 200, code: "1504" },
  "too-many": { status: 429, code: "1700" },
};

interface Kind {
  returnCode: string;
  text: string;
  status?: number;
}

const LEDGER: Kind = { returnCode: "20", text: "[2000]" };

/** By what a code begins with. Codes of the ledger, which refuses orders, are not published: those of the mock begin with `SANDBOX`. */
const KINDS: readonly [RegExp, Kind][] = [
  [/^150/, { returnCode: "1", text: "잘못된 요청입니다" }],
  [/^151[3-6]/, { returnCode: "3", text: "인증에 실패했습니다" }],
  [/^1(687|7)/, { returnCode: "5", text: "허용된 요청 개수를 초과하였습니다", status: 429 }],
  [/^(15|19|802|803[0]|81)/, { returnCode: "2", text: "입력 값 오류입니다" }],
  [/^8/, { returnCode: "3", text: "인증에 실패했습니다" }],
];

/** A refusal as it goes over the wire. */
export function worded(code: string, message: string): { code: string; message: string; status: number } {
  const kind = KINDS.find(([pattern]) => /^\d{4}$/.test(code) && pattern.test(code))?.[1] ?? LEDGER;
  const { returnCode, text, status = 200 } = kind;
  const inside = kind === LEDGER ? `(${code}:${message})` : `[${code}:${message}]`;
  return { code: returnCode, message: text + inside, status };
}
