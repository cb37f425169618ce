import { isRecord } from "../paths.js";
import type { KisOperation } from "./operation.js";

/** A call without a spec. */
export type KisRequest = {
  /** `/uapi/…` */
  path: string;
  /** `safe`: a mere look-up, which the library may send again by itself. Default `never`. */
  retry?: "safe" | "never";
  /** `N` asks for the page after the one before. */
  trCont?: "N";
} & (
  | {
      method?: "GET";
      /** With `account: "12345678-01"` CANO and ACNT_PRDT_CD are filled in, as for other operations. */
      query?: object;
      body?: undefined;
    }
  | { method: "POST"; body?: object; query?: undefined }
);

/** Names that hold secrets and personal data in calls without a spec. */
const SECRET_NAME = /^(cano|user_id|hts_id)$|acnt|acno|name|tel|phone|birth|addr|pswd|pass|secret|token|appkey/i;

/** The operation constant of a call without a spec. */
export function toOperation(trId: string, request: KisRequest): KisOperation {
  const { path, method = "GET", retry = "never", trCont } = request;
  const input = inputOf(request);
  const fields = isRecord(input) ? Object.keys(input) : [];
  return {
    id: path,
    method,
    path,
    retry,
    trId: { real: trId, mock: trId },
    sensitive: [...fields.filter((name) => SECRET_NAME.test(name)), "CANO"],
    ...(fields.includes("account") && { from: { CANO: "account", ACNT_PRDT_CD: "account" } }),
    ...(trCont && { trCont }),
  };
}

export function inputOf({ query, body }: KisRequest): unknown {
  return query ?? body ?? {};
}
