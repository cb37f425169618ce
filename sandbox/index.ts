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
import { abortable } from "./shared/abortable.js";
import type { Clock } from "./shared/clock.js";
import { specs } from "./shared/specs.js";

export type { CodefSandbox, Fault } from "./codef/controls.js";
export type { CodefSandboxOptions } from "./codef/index.js";
export { SCENARIOS, type Scenario } from "./codef/scenarios.js";
export { type Environment, PUBLIC_CLIENT, type SandboxClient } from "./codef/tokens.js";
export type { TwoWayStep } from "./codef/two-way.js";
export type { Selection } from "./shared/faults.js";
export type { ReceivedRequest } from "./shared/request-log.js";

export interface SandboxOptions {
  /** A specs folder, or specs that are loaded already. Default: the specs that come with kofin. */
  specs?: string | readonly Provider[];
  /** Decides everything that is made up. Default 1. */
  seed?: string | number;
  /** Default `Date.now`. */
  now?: Clock;
  codef?: CodefSandboxOptions;
}

export interface Sandbox {
  /** Web `fetch`, answered by the sandbox: the host of the address does not matter, and nothing leaves the process. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  readonly codef: CodefSandbox;
  /** Forgets tokens, accounts, scripts, faults and requests: as new. */
  reset(): void;
}

/**
 * Makes a sandbox of its own: nothing is shared with another one but the RSA key.
 * @throws SpecError when the specs are at fault
 * @example
 * const sandbox = createSandbox();
 * const codef = createCodef({ ...sandbox.codef.options });
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { specs: source, seed = 1, now = Date.now } = options;
  const providers = source === undefined || typeof source === "string" ? specs(source) : source;
  const room = codefRoom(
    providers.find(({ name }) => name === "codef"),
    { seed, clock: now },
    options.codef,
  );

  const fetch: Sandbox["fetch"] = (input, init) => {
    const request = input instanceof Request && !init ? input : new Request(input, init);
    return abortable(request.signal, async () => app.fetch(request));
  };
  const sandbox: Sandbox = { fetch, codef: room.controls(fetch), reset: () => room.reset() };
  const app = createApp(sandbox, { codef: room });
  return sandbox;
}
