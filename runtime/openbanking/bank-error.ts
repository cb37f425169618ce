import { type AnswerContext, ProviderError, type Refusal } from "../errors/answer.js";

/**
 * A participating institution (참가기관) refused, or an item of a list that it answers one by one. `code` is the center's `rsp_code`,
 * which may even be A0000; the reason is `bankCode`, and `advice` is about that one.
 */
export class BankError extends ProviderError {
  /** 참가기관 응답코드 */
  readonly bankCode: string;
  readonly bankMessage: string;

  constructor(refusal: Omit<Refusal, "extraMessage">, bank: BankWords, context: AnswerContext) {
    super({ ...refusal, extraMessage: [bank.bankCode, bank.bankMessage].filter(Boolean).join(" ") }, context);
    this.bankCode = bank.bankCode;
    this.bankMessage = bank.bankMessage;
  }
}

/** What the institution said: `bank_rsp_code` and `bank_rsp_message`. */
export interface BankWords {
  bankCode: string;
  bankMessage: string;
}
