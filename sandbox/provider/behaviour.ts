/**
 * What a provider does that no spec says: a mock of specs that is given it does so, and makes up the rest.
 * @module
 */
import type { Json } from "../shared/json.js";
import type { OwnCodes } from "./envelope.js";
import type { Inbound } from "./request.js";
import type { ProviderRoute } from "./routes.js";
import type { TokenState } from "./tokens.js";

export interface Behaviour {
  /** Its codes for what the mock itself refuses. */
  codes?: OwnCodes;
  /** The code for a token that does not count. */
  tokenCode?(state: TokenState): string;
  /** What a request has to bring besides a token. Throws `Refused`. */
  enter?(route: ProviderRoute, inbound: Inbound): void;
  /** How a refusal goes over the wire, where the code does not stand in a field of its own. */
  wording?(code: string, message: string): { code: string; message: string; status: number };
  /** What is known of an answer that is otherwise made up, by `module.operationId`: laid over it. Throws `Refused`. */
  facts?: Readonly<Record<string, Handler>>;
  /** What operations answer with, by `module.operationId`: what callers get. Undefined: it is made up. Throws `Refused`. */
  handlers: Readonly<Record<string, Handler>>;
  reset(): void;
}

export type Handler = (input: Json, inbound: Inbound) => unknown;

/** A request that the provider refuses. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message?: string) {
    super(message ?? "");
    this.status = status;
    this.code = code;
  }
}
