/**
 * A local stand-in of the providers, driven by the specs. It runs in process, without a port, or behind `kofin sandbox`.
 *
 * Needs the packages `hono` and `yaml`; to be served, `@hono/node-server`.
 * @module
 */
import type { Provider } from "../generator/model.js";
import { createApp } from "./app.js";
import type { CodefSandbox } from "./codef/controls.js";
import { type CodefSandboxOptions, codefRoom } from "./codef/index.js";
import type { KisSandbox } from "./kis/controls.js";
import { type KisSandboxOptions, kisRoom } from "./kis/index.js";
import { mastersRoom } from "./kis/masters/index.js";
import type { OpenBankingSandbox } from "./openbanking/controls.js";
import { type OpenBankingSandboxOptions, openBankingRoom } from "./openbanking/index.js";
import { abortable } from "./shared/abortable.js";
import type { Clock } from "./shared/clock.js";
import { received } from "./shared/dropped.js";
import { lazily } from "./shared/lazily.js";
import { type SandboxFetch, toRequest } from "./shared/sandbox-fetch.js";
import { specs } from "./shared/specs.js";
import type { WooriSandbox } from "./woori/controls.js";
import { type WooriSandboxOptions, wooriRoom } from "./woori/index.js";

export type { SandboxCertificate, SandboxCertificateOptions } from "./codef/certificate/types.js";
export type { CodefSandbox, Fault } from "./codef/controls.js";
export type { CodefSandboxOptions } from "./codef/index.js";
export { SCENARIOS, type Scenario } from "./codef/scenarios.js";
export { type Environment, PUBLIC_CLIENT, type SandboxClient } from "./codef/tokens.js";
export type { TwoWayStep } from "./codef/two-way.js";
export type {
  KisAccountName,
  KisClientOptions,
  KisFault,
  KisOrder,
  KisOrderSelection,
  KisSandbox,
} from "./kis/controls.js";
export type { KisCredentials } from "./kis/credentials.js";
export type { KisSandboxOptions } from "./kis/index.js";
export type { KisLimits } from "./kis/limits.js";
export type {
  KisRealtime,
  KisRealtimeMessage,
  KisRealtimeOptions,
  KisRealtimeSession,
  KisRecord,
  PublishOptions,
  SandboxCloseEvent,
  SandboxWebSocket,
  SandboxWebSocketMaker,
} from "./kis/realtime/controls.js";
export type { KisHolding, KisMarket, KisWallet } from "./kis/wallets.js";
export type { ConsentChoice } from "./openbanking/consent.js";
export type {
  OpenBankingFault,
  OpenBankingLedger,
  OpenBankingSandbox,
  SandboxUser,
  SandboxUserAccount,
} from "./openbanking/controls.js";
export type { OpenBankingSandboxOptions } from "./openbanking/index.js";
export { OPEN_BANKING_INSTITUTION, type SandboxInstitution } from "./openbanking/institution.js";
export type { Limits as OpenBankingLimits } from "./openbanking/limits.js";
export type { SandboxAccount, SandboxPerson } from "./openbanking/people.js";
export type { TestDatum } from "./openbanking/test-data.js";
export type { OpenAnswer, OpenOutcome, OpenOutcomePlan } from "./openbanking/unknown.js";
export type { Selection } from "./shared/faults.js";
export type { ReceivedRequest } from "./shared/request-log.js";
export type { SandboxFetch } from "./shared/sandbox-fetch.js";
export type { WooriBalance, WooriTransfer } from "./woori/bank.js";
export { WOORI_SMS_CODE } from "./woori/certifications.js";
export type { WooriFault, WooriLedger, WooriSandbox } from "./woori/controls.js";
export type { WooriSandboxOptions } from "./woori/index.js";

export interface SandboxOptions {
  /** A specs folder, or specs that are loaded already. Default: the specs that come with kofin. */
  specs?: string | readonly Provider[];
  /** Decides everything that is made up. Default 1. */
  seed?: string | number;
  /** Default `Date.now`. */
  now?: Clock;
  codef?: CodefSandboxOptions;
  kis?: KisSandboxOptions;
  openBanking?: OpenBankingSandboxOptions;
  woori?: WooriSandboxOptions;
}

export interface Sandbox {
  /** Web `fetch`, answered by the sandbox: the host of the address does not matter, and nothing leaves the process. */
  readonly fetch: SandboxFetch;
  readonly codef: CodefSandbox;
  readonly kis: KisSandbox;
  readonly openBanking: OpenBankingSandbox;
  readonly woori: WooriSandbox;
  /** Forgets tokens, accounts, scripts, faults and requests: as new. */
  reset(): void;
}

/**
 * Makes a sandbox of its own: nothing is shared with another one but the RSA key. A provider's specs are read when it is first used.
 * @throws SpecError, then, when its specs are at fault
 * @example
 * const sandbox = createSandbox();
 * const codef = createCodef({ ...sandbox.codef.options });
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { specs: source, seed = 1, now = Date.now } = options;
  const settings = { seed, clock: now };
  const specsOf = (provider: string) =>
    typeof source === "object" ? source.find(({ name }) => name === provider) : specs(provider, source);
  const { codef, kis, openBanking, woori } = options;
  const { lazy: rooms, made } = lazily({
    codef: () => codefRoom(specsOf("codef"), settings, codef),
    kis: () => kisRoom(specsOf("kis"), settings, kis),
    masters: () => mastersRoom(specsOf("kis"), settings),
    openBanking: () => openBankingRoom(specsOf("openbanking"), settings, openBanking),
    woori: () => wooriRoom(specsOf("woori"), settings, woori),
  });

  const answer = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = toRequest(input, init);
    return abortable(request, async () => received(await app.fetch(request)));
  };
  const fetch: SandboxFetch = Object.assign(answer, { getBody: true } as const);
  const { lazy: controls } = lazily({
    codef: () => rooms.codef.controls(fetch),
    kis: () => rooms.kis.controls(fetch),
    openBanking: () => rooms.openBanking.controls(fetch),
    woori: () => rooms.woori.controls(fetch),
  });
  const sandbox: Sandbox = Object.assign(controls, {
    fetch,
    reset() {
      for (const room of made()) room.reset();
    },
  });
  const app = createApp(sandbox, rooms);
  return sandbox;
}
