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
  const bankMeaningOf = meaningsOf(furtherResultCodes["bank-result-codes"]);
  const names = new Map(organizations.flatMap((domain) => domain.organizations.map(({ code, name }) => [code, name])));
  return {
    message({ code = SUCCESS, detail, about }) {
      if (code === SUCCESS) return "";
      // The number is all that the center says of what is wrong with an authorization.
      if (detail !== undefined) return `인증 파라미터 오류([${detail}])`;
      return [meaningOf(code), about && `(${about})`].filter(Boolean).join(" ");
    },
    bankMeaning: (code) => (code === BANK_SUCCESS ? "" : bankMeaningOf(code)),
    bankName: (code) => names.get(code) ?? "",
  };
}
