import type { Selection } from "../shared/faults.js";

/** Codes after which nobody knows whether money has moved. */
export const OPEN_CODES = ["A0001", "A0003", "A0007", "A0017"] as const;
export const OPEN_BANK_CODES = ["400", "803", "804", "819", "822"] as const;

/**
 * What a client sees of a transfer whose outcome stays open: a code of the center or of the bank, an HTTP status of 500 and above,
 * a connection that breaks, or nothing at all until it gives up.
 */
export type OpenAnswer = (typeof OPEN_CODES)[number] | (typeof OPEN_BANK_CODES)[number] | number | "drop" | "silence";

/** A transfer whose answer does not tell what became of it. */
export interface OpenOutcome {
  /** Whether the money moves. */
  happens: boolean;
  answer: OpenAnswer;
  /** rsp_code around a bank code: A0002, or A0009 and A0000 for lists. Default: A0002 of a withdrawal, A0009 of a deposit. */
  code?: string;
  /** How often 이체결과조회 says 처리 중 (bank 400) before it tells. Default 0. */
  stillProcessing?: number;
}

export type OpenOutcomePlan = OpenOutcome & Selection;

/** @throws Error when it is none */
export function checkOpenAnswer(answer: unknown): asserts answer is OpenAnswer {
  const words: readonly unknown[] = [...OPEN_CODES, ...OPEN_BANK_CODES, "drop", "silence"];
  const isStatus = typeof answer === "number" && answer >= 500 && answer <= 599;
  if (!isStatus && !words.includes(answer)) {
    throw new Error(`answer: ${words.join(", ")} or an HTTP status from 500 to 599 is needed`);
  }
}

/** Ends a request without an answer of the API. */
export class NoAnswer extends Error {
  readonly answer: number | "drop" | "silence";

  constructor(answer: number | "drop" | "silence") {
    super(String(answer));
    this.answer = answer;
  }
}
