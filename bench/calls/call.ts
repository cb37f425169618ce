import type { Transport } from "kofin";

/** One read-only call of a provider. */
export interface ProviderCall {
  /** The provider, as rows name it. */
  name: string;
  /** Makes a client for `origin` and gives what calls by it. */
  byKofin(origin: string, options?: CallerOptions): () => Promise<unknown>;
}

/** The same by hand: the same request to the same server, and the same decoded object. */
export interface ComparedCall extends ProviderCall {
  /** What anybody would write with `fetch`; `further` goes into its init. */
  byHand(origin: string): (further?: RequestInit) => Promise<unknown>;
}

export interface CallerOptions {
  /** Default the platform's `fetch`. */
  fetch?: Transport;
  /** Limits that a bench of many calls a second never meets, in place of the provider's own. */
  unlimited?: boolean;
}

/** What the server of the benchmarks gives to whoever asks for a token. */
export const TOKEN = "bench-token";
