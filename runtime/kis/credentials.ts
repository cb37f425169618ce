import type { Account } from "./account.js";
import type { Corporate } from "./customer.js";
import type { KisEnvironment } from "./operation.js";

/** Who a client speaks for, once it is known to be there. */
export interface Credentials {
  environment: KisEnvironment;
  appKey: string;
  appSecret: string;
  account: Account | undefined;
  htsId: string | undefined;
  corporate: Corporate | undefined;
}

/** What of it must not stand in a text. */
export function secretsOf({ appKey, appSecret, account, htsId, corporate }: Credentials): unknown[] {
  return [appSecret, appKey, corporate?.personalSecKey, account?.CANO, htsId];
}
