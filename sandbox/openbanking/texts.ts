import type { Provider } from "../../generator/model.js";
import { meaningsOf } from "../shared/meanings.js";
import { type Answer, BANK_SUCCESS, SUCCESS } from "./wire.js";

/** What codes mean and institutions are called, by the specs. */
export interface Texts {
  /** rsp_message of an answer: nothing for a success, as at the center. */
  message(answer: Answer): string;
  /** Of a bank_rsp_code. */
  bankMeaning(code: string): string;
  bankName(code: string): string;
}

export function textsOf(provider: Provider | undefined): Texts {
  const { resultCodes = [], furtherResultCodes = {}, organizations = [] } = provider ?? {};
  const meaningOf = meaningsOf(resultCodes);
  const detailOf = meaningsOf(furtherResultCodes["oauth-detail-result-codes"]);
  const bankMeaningOf = meaningsOf(furtherResultCodes["bank-result-codes"]);
  const names = new Map(organizations.flatMap((domain) => domain.organizations.map(({ code, name }) => [code, name])));
  return {
    message({ code = SUCCESS, detail, about }) {
      if (code === SUCCESS) return "";
      const meaning = detail === undefined ? meaningOf(code) : detailOf(detail);
      return [meaning, about && `(${about})`, detail && `[${detail}]`].filter(Boolean).join(" ");
    },
    bankMeaning: (code) => (code === BANK_SUCCESS ? "" : bankMeaningOf(code)),
    bankName: (code) => names.get(code) ?? "",
  };
}
