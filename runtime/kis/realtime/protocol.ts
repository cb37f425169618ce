import type { RealtimeProtocol } from "../../realtime/protocol.js";
import { type Kis, kisPerformerOf } from "../client.js";
import { type KisEnvironment, REALTIME_URLS } from "../operation.js";
import { type Caller, SUBSCRIBE, subscription, UNSUBSCRIBE } from "./control.js";
import type { Table } from "./frame.js";
import { KisReader } from "./reader.js";
import { REALTIME_DEFAULTS } from "./settings.js";

/** What listening needs of a client. */
export interface KisRealtime {
  readonly protocol: RealtimeProtocol<Table>;
  readonly environment: KisEnvironment;
  readonly htsId: string | undefined;
}

/** KIS allows an app key one session, and has no login: every subscription carries the approval key. */
export function kisProtocol(kis: Kis): KisRealtime {
  const { environment, appKey, htsId, corporate, onEvent, realtime, approvalKey } = kisPerformerOf(kis);
  const { url = REALTIME_URLS[environment], ...own } = realtime;
  const callerWith = (credentials: string): Caller => ({
    approvalKey: credentials,
    custtype: corporate ? "B" : "P",
    personalSecKey: corporate?.personalSecKey,
  });
  const protocol: RealtimeProtocol<Table> = {
    ...{ provider: "kis", url, name: appKey, onEvent },
    settings: { ...REALTIME_DEFAULTS, ...own },
    credentials: approvalKey,
    subscriptions: {
      subscribe: ({ trId, key }, credentials) => subscription(callerWith(credentials), SUBSCRIBE, trId, key),
      unsubscribe: ({ trId, key }, credentials) => subscription(callerWith(credentials), UNSUBSCRIBE, trId, key),
    },
    reader: (subscriptions, event) => new KisReader(subscriptions, event),
  };
  return { protocol, environment, htsId };
}
