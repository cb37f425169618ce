import type { CallOptions as SharedOptions } from "../call/index.js";
import type { Device } from "./device.js";

export type { Reply } from "../call/index.js";

/** What one call may change of the client's settings. */
export interface CallOptions extends SharedOptions {
  /** Fields of the device block that are others than the client's. */
  device?: Partial<Device>;
  /** Further headers, such as `hashVAL` or `itcsno`, which some documents name without saying how to come by them. */
  headers?: Readonly<Record<string, string>>;
}
