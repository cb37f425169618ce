/**
 * What Woori adds to operations and options.
 * @module
 */
import { faults } from "../call/fault.js";
import type { ApiOperation } from "../call/operation.js";
import type { CallOptions as SharedOptions } from "../call/reply.js";
import type { Device } from "./device.js";

export type { Reply } from "../call/reply.js";

/** What the runtime has to know of an operation of Woori: written by the generator, never by hand. */
export interface WooriOperation extends ApiOperation {
  /**
   * Input that the document types as a number (N, D): leaves as a JSON number wherever one holds it exactly as written. All other
   * numbers leave as text, the form in which the examples of 2021 write every number.
   */
  readonly numbers?: readonly string[];
  /** What took the place of an operation of 2019, as `module/operationId`. */
  readonly successor?: string;
}

/** What one call may change of the client's settings. */
export interface CallOptions extends SharedOptions {
  /** Fields of the device block that are others than the client's. */
  device?: Partial<Device>;
  /** Further headers, such as `hashVAL` or `itcsno`, which some documents name without saying how to come by them. */
  headers?: Readonly<Record<string, string>>;
}

/** What a call knows besides its input. */
export interface CallContext {
  device: Device;
  headers: Readonly<Record<string, string>>;
}

/** Makes the error for one field of what a caller passes. */
export const faultAt = /* @__PURE__ */ faults("woori");

/** Whether an operation belongs to the business APIs: they speak in `{ dataHeader, dataBody }`, those below `/oap/` do not. */
export function isBusiness({ path }: Pick<WooriOperation, "path">): boolean {
  return path.startsWith("/oai/");
}
