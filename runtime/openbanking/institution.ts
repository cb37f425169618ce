/**
 * What the participating institutions (참가기관) say in an answer: in its `bank_rsp_code`, and in those of the items of its lists.
 * @module
 */
import type { Advice } from "../errors/advice.js";
import { isRecord, type Json } from "../paths.js";
import { bankAdviceOf } from "./advice.js";
import type { BankWords } from "./bank-error.js";
import type { ItemFailure } from "./operation.js";
import { INSTITUTION_CODES, text } from "./response.js";

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

/** The words of whoever refused this part of an answer; undefined when nobody did. */
export function refusalIn(part: Json, clean: (text: string) => string): AdvisedWords | undefined {
  for (const { code, message, success } of INSTITUTION_CODES) {
    const bankCode = text(part[code]);
    if (!bankCode || bankCode === success) continue;
    return { bankCode, bankMessage: clean(text(part[message]) ?? ""), advice: bankAdviceOf(bankCode) };
  }
  return undefined;
}
