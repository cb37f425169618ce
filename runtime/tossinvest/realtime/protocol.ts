import { performerOf } from "../../call/clients.js";
import type { ApiOperation } from "../../call/operation.js";
import type { Json } from "../../paths.js";
import type { ProviderPerformer } from "../../provider/operation.js";
import type { AllAtOnce, RealtimeProtocol } from "../../realtime/protocol.js";
import type { Tossinvest, TossinvestOptions } from "../client.js";
import { TossinvestReader } from "./reader.js";
import { PING_MS, REALTIME_DEFAULTS, REALTIME_URL } from "./settings.js";

/** All topics in one list, by their beginnings: `[{ id }, { type: "trade:kr", codes: ["005930"] }]`. It replaces the one before. */
function declaration(): AllAtOnce<Json>["declare"] {
  let count = 0;
  return (registrations) => {
    const topics = new Map<string, string[]>();
    for (const { trId, key } of registrations) topics.set(trId, [...(topics.get(trId) ?? []), key]);
    count += 1;
    return JSON.stringify([{ id: `r${count}` }, ...[...topics].map(([type, keys]) => ({ type, codes: keys }))]);
  };
}

const GET_ACCOUNTS: ApiOperation = {
  ...{ id: "account.getAccounts", method: "GET", path: "/api/v1/accounts" },
  ...{ retry: "safe", limit: "ACCOUNT" },
};

/** What listening needs of a client. */
export interface TossinvestRealtime {
  readonly protocol: RealtimeProtocol<Json>;
  readonly performer: ProviderPerformer;
  readonly accountSeq: number | string | undefined;
}

/** One connection for a client id: of an account the provider allows two, whose third closes the oldest. */
export function tossinvestProtocol(tossinvest: Tossinvest): TossinvestRealtime {
  const performer = performerOf<ProviderPerformer>(tossinvest, "tossinvest", "createTossinvest");
  const { clientId, onEvent, realtime = {}, accountSeq } = performer.options as TossinvestOptions;
  const { url = REALTIME_URL, ...own } = realtime;
  const protocol: RealtimeProtocol<Json> = {
    ...{ provider: "tossinvest", url, name: clientId, onEvent },
    settings: { ...REALTIME_DEFAULTS, ...own },
    async credentials(renew) {
      // A handshake does not say why it failed. A call does, and renews the token should that be why.
      if (renew) await performer.perform(GET_ACCOUNTS, {});
      return (await performer.tokens?.get())?.value ?? "";
    },
    headers: (token) => ({ Authorization: `Bearer ${token}` }),
    subscriptions: { declare: declaration() },
    ping: { text: "PING", everyMs: PING_MS },
    reader: (subscriptions, event) => new TossinvestReader(subscriptions, event),
  };
  return { protocol, performer, accountSeq };
}
