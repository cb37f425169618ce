import type { Door, Signature } from "../call/index.js";
import type { HttpClient } from "../call/http.js";
import { isRecord } from "../paths.js";
import { putCredentials } from "./credentials.js";
import type { Device } from "./device.js";
import type { WooriOperation } from "./operation.js";
import { verdict } from "./verdict.js";
import { type Baggage, toWire } from "./wire.js";

/** What the calls of a client have in common. */
export type Settings = Pick<
  Door<WooriOperation>,
  "transport" | "timeoutMs" | "retries" | "retryDelayMs" | "onEvent" | "foreignMiddleware"
> & { http: HttpClient };

/** The way to the bank for one call, which remembers the tokens that it has sent. */
export function doorOf(settings: Settings, baggage: Baggage, input: unknown): Door<WooriOperation> {
  const { credentials, device } = baggage;
  const { appKey, secretKey, token } = credentials;
  const sent: string[] = [];
  let withoutSpec = false;
  return {
    provider: "woori",
    ...settings,
    prepare(operation, given) {
      withoutSpec = operation.id === operation.path;
      return toWire(operation, given, baggage);
    },
    async sign({ operation, headers }): Promise<Signature> {
      const signed = await putCredentials(headers, operation, credentials);
      if (!signed) return {};
      sent.push(signed.value);
      // A text of the caller's is all there is: nobody can renew it.
      return typeof token === "object" ? { refuse: () => token.invalidate(signed) } : {};
    },
    read: verdict,
    // Without a spec nobody knows what of the input is secret, so all of it is.
    secrets: () => [appKey, secretKey, ...sent, ...personal(device), ...(withoutSpec ? leaves(input) : [])],
  };
}

/** Whose device it is; its model and versions are anybody's. */
function personal(device: Device): string[] {
  return [device.UTZPE_CNCT_IPAD, device.UTZPE_CNCT_MCHR_UNQ_ID, device.UTZPE_CNCT_TEL_NO_TXT];
}

function leaves(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  return isRecord(value) ? Object.values(value).flatMap(leaves) : [value];
}
