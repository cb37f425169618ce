/**
 * A local mock of the providers, driven by the specs. It runs in process, without a port, or behind `kofin sandbox`.
 *
 * Needs the packages `hono` and `yaml`; to be served, `@hono/node-server`.
 * @module
 */
import { createApp } from "./app.js";
import { mockCodef } from "./codef/index.js";
import { mockKis } from "./kis/index.js";
import { mockMasters } from "./kis/masters/index.js";
import { mockOpenBanking } from "./openbanking/index.js";
import { abortable } from "./shared/abortable.js";
import { received } from "./shared/dropped.js";
import { lazily } from "./shared/lazily.js";
import { type SandboxFetch, toRequest } from "./shared/sandbox-fetch.js";
import { specs } from "./shared/specs.js";
import type { Sandbox, SandboxOptions } from "./types.js";
import { mockWoori } from "./woori/index.js";

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
export type { Sandbox, SandboxOptions } from "./types.js";
export type { WooriBalance, WooriTransfer } from "./woori/bank.js";
export { WOORI_SMS_CODE } from "./woori/certifications.js";
export type { WooriFault, WooriLedger, WooriSandbox } from "./woori/controls.js";
export type { WooriSandboxOptions } from "./woori/index.js";

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
  const { lazy: mocks, made } = lazily({
    codef: () => mockCodef(specsOf("codef"), settings, codef),
    kis: () => mockKis(specsOf("kis"), settings, kis),
    masters: () => mockMasters(specsOf("kis"), settings),
    openBanking: () => mockOpenBanking(specsOf("openbanking"), settings, openBanking),
    woori: () => mockWoori(specsOf("woori"), settings, woori),
  });

  const answer = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = toRequest(input, init);
    return abortable(request, async () => received(await app.fetch(request)));
  };
  const fetch: SandboxFetch = Object.assign(answer, { getBody: true } as const);
  const { lazy: controls } = lazily({
    codef: () => mocks.codef.controls(fetch),
    kis: () => mocks.kis.controls(fetch),
    openBanking: () => mocks.openBanking.controls(fetch),
    woori: () => mocks.woori.controls(fetch),
  });
  const sandbox: Sandbox = Object.assign(controls, {
    fetch,
    reset() {
      for (const mock of made()) mock.reset();
    },
  });
  const app = createApp(sandbox, mocks);
  return sandbox;
}
