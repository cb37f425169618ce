/**
 * What generated functions are made of, and no more: importing one of them must not load the client.
 * @module
 */
import { type Performer, performerOf } from "../call/clients.js";
import type { Woori } from "./client.js";
import type { CallOptions, Reply, WooriOperation } from "./operation.js";

export type { CodeOf } from "../code.js";
export type { Decimal } from "../decimal.js";
export type { Woori } from "./client.js";
export type { CallOptions, Reply, WooriOperation } from "./operation.js";

/** Calls an operation. Used by generated functions; everything a function promises is written there. */
export async function call<Data>(
  woori: Woori,
  operation: WooriOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<Reply<Data>> {
  const performer: Performer = performerOf(woori, "woori", "createWoori");
  return (await performer.perform(operation, input, options)) as Reply<Data>;
}
