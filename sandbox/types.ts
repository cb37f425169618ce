/**
 * What a sandbox is, and what it is made with.
 * @module
 */
import type { Provider } from "../generator/model.js";
import type { CodefSandbox } from "./codef/controls.js";
import type { CodefSandboxOptions } from "./codef/index.js";
import type { KisSandbox } from "./kis/controls.js";
import type { KisSandboxOptions } from "./kis/index.js";
import type { KiwoomSandbox } from "./kiwoom/controls.js";
import type { OpenBankingSandbox } from "./openbanking/controls.js";
import type { OpenBankingSandboxOptions } from "./openbanking/index.js";
import type { ProviderMockOptions, ProviderSandbox } from "./provider/controls.js";
import type { Clock } from "./shared/clock.js";
import type { SandboxFetch } from "./shared/sandbox-fetch.js";
import type { TossinvestSandbox } from "./tossinvest/controls.js";
import type { WooriSandbox } from "./woori/controls.js";
import type { WooriSandboxOptions } from "./woori/index.js";

export interface SandboxOptions {
  /**
   * A specs folder, or specs that are loaded already. Default: the specs that come with kofin. Every provider of a folder is served, beside
   * those that kofin brings.
   */
  specs?: string | readonly Provider[];
  /** Decides everything that is made up. Default 1. */
  seed?: string | number;
  /** Default `Date.now`. */
  now?: Clock;
  codef?: CodefSandboxOptions;
  kis?: KisSandboxOptions;
  openBanking?: OpenBankingSandboxOptions;
  kiwoom?: ProviderMockOptions;
  tossinvest?: ProviderMockOptions;
  woori?: WooriSandboxOptions;
  /**
   * Further providers, or how the mocks of those behave that are among the specs: by name, what `provider.yaml` says, and options of the
   * mock.
   */
  providers?: Readonly<Record<string, ProviderMockOptions>>;
}

export interface Sandbox {
  /** Web `fetch`, answered by the sandbox: the host of the address does not matter, and nothing leaves the process. */
  readonly fetch: SandboxFetch;
  readonly codef: CodefSandbox;
  readonly kis: KisSandbox;
  readonly openBanking: OpenBankingSandbox;
  readonly kiwoom: KiwoomSandbox;
  readonly tossinvest: TossinvestSandbox;
  readonly woori: WooriSandbox;
  /** The mock of a provider that has nothing but specs, by the name of its folder. @throws Error when there is none of that name */
  provider(name: string): ProviderSandbox;
  /** The names of those. */
  readonly providers: readonly string[];
  /** Forgets tokens, accounts, scripts, faults and requests: as new. */
  reset(): void;
}
