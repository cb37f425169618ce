/**
 * What clients share: a client a request is common on servers, and KIS counts by app key.
 * @module
 */
import { memoryStore, type TokenStore } from "../auth/token-store.js";
import type { Transport } from "../call/transport.js";
import type { KisLimits } from "./defaults.js";
import type { KisEnvironment } from "./environments.js";
import { Gate } from "./gate.js";
import { ratesOf } from "./rates.js";

/** The clients that can meet the same servers. */
export interface Commons {
  /** The tokens of clients that bring no store. */
  readonly store: TokenStore;
  /** Of one app key at one host; each goes when nobody holds it any more. */
  readonly gates: Map<string, WeakRef<Gate>>;
}

let network: Commons | undefined;
const others = /* @__PURE__ */ new WeakMap<Transport, Commons>();

/** All clients on the network share one; what is no network is a world of its own, such as a sandbox. */
export function commonsOf(transport: Transport | undefined): Commons {
  if (!transport || transport.network) {
    network ??= createCommons();
    return network;
  }
  const commons = others.get(transport) ?? createCommons();
  others.set(transport, commons);
  return commons;
}

function createCommons(): Commons {
  return { store: memoryStore(), gates: new Map() };
}

/** Whose turn it is. */
export interface Caller {
  environment: KisEnvironment;
  appKey: string;
  baseUrl: string;
}

/**
 * The gate of an app key at a host. Where several clients say how fast it may go, the one made last is right.
 * @throws InvalidInputError `INPUT_INVALID` for limits that cannot be
 */
export function gateFor({ gates }: Commons, { environment, appKey, baseUrl }: Caller, limits?: KisLimits): Gate {
  const name = `${baseUrl} ${appKey}`;
  const rates = ratesOf(environment, limits);
  const known = gates.get(name)?.deref();
  if (known) {
    if (limits) known.setRates(rates);
    return known;
  }
  for (const [other, gate] of gates) if (!gate.deref()) gates.delete(other);
  const gate = new Gate(rates);
  gates.set(name, new WeakRef(gate));
  return gate;
}
