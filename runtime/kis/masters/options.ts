import type { Transport } from "../../call/transport.js";
import type { MasterCache } from "./cache.js";
import type { MasterFlaw } from "./master.js";

/** How a master file is fetched and read. */
export interface MasterOptions {
  /** The file itself, as it was downloaded or out of its archive: nothing is fetched then. */
  bytes?: Uint8Array;
  /** How requests leave the process. Default the platform's `fetch`. */
  fetch?: Transport;
  /** Another host, such as a local sandbox or a mirror. Default that of the master. */
  baseUrl?: string;
  /** Keeps downloads until the Korean day is over: `memoryCache()`, or `fileCache` of `kofin/node`. Default none. */
  cache?: MasterCache;
  /** Milliseconds in which nothing arrives before it is given up. Default 30,000. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Told as the download goes on. */
  onProgress?: (progress: MasterProgress) => void;
  /** Told of every line that is not what the layout says. */
  onFlaw?: (flaw: MasterFlaw) => void;
}

export interface MasterProgress {
  /** Bytes that have arrived. */
  read: number;
  /** Bytes that there are. Undefined when the host does not say. */
  total: number | undefined;
}

/** Our choice: the largest file has about a megabyte, and comes at once or not at all. */
export const MASTER_TIMEOUT_MS = 30_000;
