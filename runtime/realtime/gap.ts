/** Records that did not reach a consumer, and between which moments. */
export interface Gap {
  /** `disconnected`: the socket was down. `overflow`: the consumer was slower than the feed. `garbled`: a frame could not be read. */
  reason: "disconnected" | "overflow" | "garbled";
  trId: string;
  key: string;
  /** Milliseconds since 1970: the last record before the gap, or the subscription when there was none. */
  from: number;
  /** Milliseconds since 1970: from here on everything is delivered again. */
  to: number;
  /** The last record before the gap, if there was one. */
  before: object | undefined;
  /** How many records were dropped; unknown when the socket was down. */
  dropped: number | undefined;
}
