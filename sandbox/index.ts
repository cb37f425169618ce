/**
 * A local mock of the providers, driven by the specs. It runs in process, without a port, or behind `kofin sandbox`.
 *
 * Needs the packages `hono` and `yaml`; to be served, `@hono/node-server`.
 * @module
 */
import { createApp, TAKEN_NAMES } from "./app.js";
import { mockCodef } from "./codef/index.js";
import { mockKis } from "./kis/index.js";
import { mockMasters } from "./kis/masters/index.js";
import { mockKiwoom } from "./kiwoom/index.js";
import { mockOpenBanking } from "./openbanking/index.js";
import { type MockOfSpecs, mockOfSpecs } from "./provider/index.js";
import { abortable } from "./shared/abortable.js";
import { received } from "./shared/dropped.js";
import { lazily } from "./shared/lazily.js";
import { type SandboxFetch, toRequest } from "./shared/sandbox-fetch.js";
import { specFolders, specs } from "./shared/specs.js";
import { mockTossinvest } from "./tossinvest/index.js";
import type { Sandbox, SandboxOptions } from "./types.js";
import { mockWoori } from "./woori/index.js";

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
} from "./kis/realtime/controls.js";
export type { KisHolding, KisMarket, KisWallet } from "./kis/wallets.js";
export { KIWOOM_ACCOUNT } from "./kiwoom/account.js";
export type { KiwoomClientOptions, KiwoomSandbox } from "./kiwoom/controls.js";
export type { KiwoomRealtime, KiwoomRecord, KiwoomSession } from "./kiwoom/realtime/server.js";
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
export type {
  Effect,
  ProviderClientOptions,
  ProviderFault,
  ProviderMockOptions,
  ProviderSandbox,
} from "./provider/controls.js";
export type { NetworkFault, Selection } from "./shared/faults.js";
export type { ReceivedRequest } from "./shared/request-log.js";
export type { SandboxFetch } from "./shared/sandbox-fetch.js";
export type { TrafficControls } from "./shared/traffic.js";
export { TOSSINVEST_ACCOUNTS } from "./tossinvest/accounts.js";
export type { TossinvestRealtime, TossinvestSandbox } from "./tossinvest/controls.js";
export type { Sandbox, SandboxOptions } from "./types.js";
export type { SandboxCloseEvent, SandboxWebSocket, SandboxWebSocketMaker } from "./web-sockets/types.js";
export type { WooriBalance, WooriTransfer } from "./woori/bank.js";
export { WOORI_SMS_CODE } from "./woori/certifications.js";
export type { WooriFault, WooriLedger, WooriSandbox } from "./woori/controls.js";
export type { WooriSandboxOptions } from "./woori/index.js";

/** Providers with a mock of their own. */
const BUILT_IN = ["codef", "kis", "kiwoom", "openbanking", "tossinvest", "woori"];

/**
 * Makes a sandbox of its own: nothing is shared with another one but the RSA key. A provider's specs are read when it is first used.
 * @throws SpecError, then, when its specs are at fault
 * @throws Error for a provider whose name is a path of another
 * @example
 * const sandbox = createSandbox();
 * const codef = createCodef({ ...sandbox.codef.options });
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { specs: source, seed = 1, now = Date.now, providers = {} } = options;
  const settings = { seed, clock: now };
  const specsOf = (provider: string) =>
    typeof source === "object" ? source.find(isCalled(provider)) : specs(provider, source);
  // Somebody's own folder need not have the specs that kofin brings.
  const builtIn = (provider: string) => specsOf(provider) ?? (typeof source === "string" ? specs(provider) : undefined);
  const { codef, kis, kiwoom, openBanking, tossinvest, woori } = options;
  const { lazy: mocks, made } = lazily({
    codef: () => mockCodef(builtIn("codef"), settings, codef),
    kis: () => mockKis(builtIn("kis"), settings, kis),
    kiwoom: () => mockKiwoom(builtIn("kiwoom"), settings, kiwoom),
    masters: () => mockMasters(builtIn("kis"), settings),
    openBanking: () => mockOpenBanking(builtIn("openbanking"), settings, openBanking),
    tossinvest: () => mockTossinvest(builtIn("tossinvest"), settings, tossinvest),
    woori: () => mockWoori(builtIn("woori"), settings, woori),
  });
  const names = furtherNames(source, providers);
  const { lazy: further, made: madeFurther } = lazily(
    Object.fromEntries(
      names.map((name) => [name, () => mockOfSpecs(name, specsOf(name), settings, providers[name])] as const),
    ),
  );

  const answer = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = withPlainPath(toRequest(input, init));
    return abortable(request, async () => received(await app.fetch(request)));
  };
  const fetch: SandboxFetch = Object.assign(answer, { getBody: true } as const);
  const { lazy: controls } = lazily({
    codef: () => mocks.codef.controls(fetch),
    kis: () => mocks.kis.controls(fetch),
    kiwoom: () => mocks.kiwoom.controls(fetch),
    openBanking: () => mocks.openBanking.controls(fetch),
    tossinvest: () => mocks.tossinvest.controls(fetch),
    woori: () => mocks.woori.controls(fetch),
  });
  const { lazy: furtherControls } = lazily(
    Object.fromEntries(names.map((name) => [name, () => mockNamed(name).controls(fetch)] as const)),
  );
  const mockNamed = (name: string): MockOfSpecs => {
    const mock = further[name];
    if (!mock) throw new Error(noSuchProvider(name, names));
    return mock;
  };
  const sandbox: Sandbox = Object.assign(controls, {
    fetch,
    providers: names,
    provider(name: string) {
      const found = furtherControls[name];
      if (!found) throw new Error(noSuchProvider(name, names));
      return found;
    },
    reset() {
      for (const mock of [...made(), ...madeFurther()]) mock.reset();
    },
  });
  const app = createApp(sandbox, mocks, () => names.map(mockNamed));
  return sandbox;
}

/** A base URL that ends with a slash, and a path that begins with one: servers take both for one. */
function withPlainPath(request: Request): Request {
  const url = new URL(request.url);
  if (!url.pathname.startsWith("//")) return request;
  url.pathname = url.pathname.replace(/^\/+/, "/");
  return new Request(url, request);
}

function isCalled(wanted: string): (provider: { name: string }) => boolean {
  return ({ name }) => name === wanted;
}

/** Providers that have nothing but specs. */
function furtherNames(source: SandboxOptions["specs"], providers: NonNullable<SandboxOptions["providers"]>): string[] {
  const found = typeof source === "object" ? source.map(({ name }) => name) : specFolders(source);
  const names = [...new Set([...found, ...Object.keys(providers)])].filter((name) => !BUILT_IN.includes(name));
  const taken = names.find((name) => TAKEN_NAMES.includes(name));
  if (taken !== undefined) {
    throw new Error(`A provider cannot be called ${taken} here: other paths begin so. Give its folder another name`);
  }
  return names;
}

function noSuchProvider(name: string, names: readonly string[]): string {
  if (BUILT_IN.includes(name))
    return `${name} has a mock of its own: see sandbox.codef, kis, kiwoom, openBanking, tossinvest and woori`;
  const known = names.length > 0 ? `there are ${names.join(", ")}` : "no further specs are there";
  return `No provider is called ${name}: ${known}`;
}
