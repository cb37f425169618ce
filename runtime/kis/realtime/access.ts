import type { EventListener } from "../../call/events.js";
import { type Kis, kisPerformerOf } from "../client.js";
import { REALTIME_URLS } from "../operation.js";
import { REALTIME_DEFAULTS, type RealtimeSettings } from "./settings.js";

/** What a connection needs of its client. */
export interface LiveAccess {
  readonly environment: "real" | "mock";
  readonly url: string;
  readonly appKey: string;
  readonly custtype: "P" | "B";
  readonly personalSecKey: string | undefined;
  readonly htsId: string | undefined;
  readonly settings: RealtimeSettings;
  readonly onEvent: EventListener | undefined;
  /** `renew`: the one at hand was refused. */
  approvalKey(renew: boolean): Promise<string>;
}

export function liveAccess(kis: Kis): LiveAccess {
  const { environment, appKey, htsId, corporate, onEvent, realtime, approvalKey } = kisPerformerOf(kis);
  const { url = REALTIME_URLS[environment], ...own } = realtime;
  return {
    environment,
    url,
    appKey,
    custtype: corporate ? "B" : "P",
    personalSecKey: corporate?.personalSecKey,
    htsId,
    settings: { ...REALTIME_DEFAULTS, ...own },
    onEvent,
    approvalKey,
  };
}
