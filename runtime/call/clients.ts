import { faults } from "./fault.js";
import type { ApiOperation } from "./operation.js";
import type { CallOptions, Outcome } from "./reply.js";

/**
 * What functions reach through a client. Importing a function loads none of what carries it out: `perform` of `engine.ts`, with the
 * client's session.
 */
export interface Performer {
  readonly provider: string;
  perform(operation: ApiOperation, input: unknown, options?: CallOptions): Promise<Outcome>;
}

const performers = /* @__PURE__ */ new WeakMap<object, Performer>();

/** Kept apart from the client object, so that no log of the client shows a secret. */
export function keepPerformer<P extends Performer>(client: object, performer: P): void {
  performers.set(client, performer);
}

/** @throws InvalidInputError `INPUT_INVALID` when `client` was made by something else than `maker` */
export function performerOf<P extends Performer>(client: object, provider: string, maker: string): P {
  const performer = performers.get(client);
  if (performer?.provider === provider) return performer as P;
  throw faults(provider)({ id: maker }, "client")("INPUT_INVALID", `must be what ${maker} returned`);
}
