/**
 * What the participating institutions (참가기관) say in an answer: in its `bank_rsp_code`, and in those of the items of its lists.
 * @module
 */
import type { Advice } from "../errors/advice.js";
import { type AnswerContext, ProviderError, type Refusal } from "../errors/answer.js";
import { isRecord, type Json } from "../paths.js";
import { bankAdviceOf } from "./advice.js";
import { BANK_SUCCESS, type ItemFailure, text } from "./operation.js";

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

/** An institution's words; no advice when nobody knows the code. */
export interface AdvisedWords extends BankWords {
  advice: Advice | undefined;
}

/** An item of a list that comes with a `bank_rsp_code` of its own. */
interface CodedItem {
  list: string;
  index: number;
  item: Json;
}

export function codedItems(data: Json): CodedItem[] {
  const lists = Object.keys(data).filter((list) => Array.isArray(data[list]));
  return lists.flatMap((list) =>
    (data[list] as unknown[]).flatMap((item, index) =>
      isRecord(item) && text(item.bank_rsp_code) ? [{ list, index, item }] : [],
    ),
  );
}

/** The items that were refused while the answer as a whole was not. */
export function failuresIn(data: Json, clean: (text: string) => string): ItemFailure[] {
  return codedItems(data).flatMap(({ list, index, item }) => {
    const words = refusalIn(item, clean);
    return words ? [{ list, index, ...words, advice: words.advice ?? "report" }] : [];
  });
}

/** The words that decide: of the answer itself, or else of the item that is worst off. Undefined when nobody refused. */
export function decidingWords(data: Json, clean: (text: string) => string): AdvisedWords | undefined {
  const own = refusalIn(data, clean);
  if (own) return own;
  const refused = codedItems(data).flatMap(({ item }) => refusalIn(item, clean) ?? []);
  // One item of which nobody knows what became of it outweighs those that are known to have failed.
  return refused.find(({ advice = "check-outcome" }) => advice === "check-outcome") ?? refused[0];
}

function refusalIn(part: Json, clean: (text: string) => string): AdvisedWords | undefined {
  const bankCode = text(part.bank_rsp_code);
  if (!bankCode || bankCode === BANK_SUCCESS) return undefined;
  return { bankCode, bankMessage: clean(text(part.bank_rsp_message) ?? ""), advice: bankAdviceOf(bankCode) };
}
