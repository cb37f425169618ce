import { kiwoom } from "../../generated/kiwoom/provider.js";
import { faults } from "../call/fault.js";
import { defineProvider, type ProviderOptions } from "../provider/define.js";
import type { Client } from "../provider/operation.js";
import { codeIn } from "./codes.js";
import type { KiwoomRealtimeOptions } from "./realtime/settings.js";

export interface KiwoomOptions
  extends Omit<ProviderOptions<typeof kiwoom>, "clientId" | "clientSecret" | "environment"> {
  /** `real`: orders move money. `mock` (모의투자) has keys of its own, and serves the Korea Exchange alone. */
  environment: "real" | "mock";
  /** 앱키. It stands for one account: several accounts are several keys. */
  appKey: string;
  /** 시크릿키 */
  secretKey: string;
  /** The connections for live data. */
  realtime?: KiwoomRealtimeOptions;
}

/** A client of Kiwoom. Hand it to its functions. */
export type Kiwoom = Client<"kiwoom">;

type Given = ProviderOptions<typeof kiwoom>;

/** With the names that every provider of its kind has. */
export const createByClientId = defineProvider(kiwoom, {
  fill: ({ clientId, clientSecret }: Given) => ({ appKey: () => clientId, secretKey: () => clientSecret }),
  secrets: ({ clientId }) => [clientId],
  codeOf: codeIn,
});

/**
 * Makes a client of Kiwoom (키움증권). Nothing is sent until the first call. While a token lives, asking again brings the same one, so
 * clients and processes may share it by one `store`; it is good only at the IP address that it was issued to (8010).
 * @throws InvalidInputError `CREDENTIALS_MISSING`, `INPUT_INVALID`
 * @example const kiwoom = createKiwoom({ environment: "mock", appKey, secretKey });
 */
export function createKiwoom({ appKey, secretKey, ...options }: KiwoomOptions): Kiwoom {
  const keys = { appKey, secretKey };
  for (const [name, key] of Object.entries(keys)) {
    const fault = faults("kiwoom")({ id: "createKiwoom" }, name);
    if (typeof key !== "string" || key === "") throw fault("CREDENTIALS_MISSING", "is missing (openapi.kiwoom.com)");
    if (!/^[\x21-\x7e]+$/.test(key))
      throw fault("INPUT_INVALID", "must be the key alone, without blanks or line breaks");
  }
  return createByClientId({ ...options, clientId: appKey, clientSecret: secretKey });
}
