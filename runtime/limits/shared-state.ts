/**
 * What clients share: a client a request is common on servers, and providers count by key.
 * @module
 */
import { memoryStore, type TokenStore } from "../auth/token-store.js";
import type { Transport } from "../call/transport.js";

/** What the clients share that can meet the same servers. */
export interface SharedState {
  /** The tokens of clients that bring no store. */
  readonly store: TokenStore;
  /** By provider, host and key; each goes when nobody holds it any more. */
  readonly limiters: Map<string, WeakRef<object>>;
}

let network: SharedState | undefined;
const others = /* @__PURE__ */ new WeakMap<Transport, SharedState>();

/** All clients on the network share one; what is no network has a state of its own, such as a sandbox. */
export function sharedStateOf(transport: Transport | undefined): SharedState {
  if (!transport || transport.network) {
    network ??= createSharedState();
    return network;
  }
  const state = others.get(transport) ?? createSharedState();
  others.set(transport, state);
  return state;
}

function createSharedState(): SharedState {
  return { store: memoryStore(), limiters: new Map() };
}

/** The limiter of this name, made by the first who asks. `known` is called for all who ask later. */
export function sharedLimiter<L extends object>(
  { limiters }: SharedState,
  name: string,
  make: () => L,
  known?: (limiter: L) => void,
): L {
  const limiter = limiters.get(name)?.deref() as L | undefined;
  if (limiter) {
    known?.(limiter);
    return limiter;
  }
  for (const [other, held] of limiters) if (!held.deref()) limiters.delete(other);
  const made = make();
  limiters.set(name, new WeakRef(made));
  return made;
}
