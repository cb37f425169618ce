import type { Token } from "../../auth/token.js";
import { performerOf } from "../../call/clients.js";
import type { Json } from "../../paths.js";
import type { ProviderPerformer } from "../../provider/operation.js";
import type { RealtimeProtocol } from "../../realtime/protocol.js";
import type { Kiwoom, KiwoomOptions } from "../client.js";
import { login, type RefusalIn, refusals, register, remove } from "./messages.js";
import { KiwoomReader } from "./reader.js";
import { type KiwoomRealtimeOptions, MOST_ITEMS, REALTIME_DEFAULTS, REALTIME_URLS } from "./settings.js";

/** What listening needs of a client. */
export interface KiwoomRealtime {
  readonly protocol: RealtimeProtocol<Json>;
  readonly environment: string;
  /** Conditions that may be watched at a time. */
  readonly conditions: number;
  readonly refusalIn: RefusalIn;
}

/** One connection of a key for each of both paths. The token goes into the first message: the handshake's would not count. */
export function kiwoomProtocol(kiwoom: Kiwoom, path: string): KiwoomRealtime {
  const { tokens, options, advice } = performerOf<ProviderPerformer>(kiwoom, "kiwoom", "createKiwoom");
  const { clientId, environment, onEvent, realtime = {} } = options as KiwoomOptions & { clientId: string };
  const {
    url = REALTIME_URLS[environment],
    conditions = REALTIME_DEFAULTS.conditions,
    ...own
  } = realtime as KiwoomRealtimeOptions;
  const { conditions: _, ...defaults } = REALTIME_DEFAULTS;
  const refusalIn = refusals(advice);
  let sent: Token | undefined;
  const protocol: RealtimeProtocol<Json> = {
    ...{ provider: "kiwoom", url: `${url.replace(/\/$/, "")}${path}`, name: clientId, onEvent },
    settings: { ...defaults, ...own },
    async credentials(renew) {
      // Another client may have renewed it meanwhile.
      if (renew && sent) tokens?.invalidate(sent);
      sent = await tokens?.get();
      return sent?.value ?? "";
    },
    login,
    subscriptions: { most: MOST_ITEMS, subscribeAll: register, unsubscribe: remove },
    reader: (subscriptions, event) => new KiwoomReader(subscriptions, event, refusalIn),
  };
  return { protocol, environment, conditions, refusalIn };
}
