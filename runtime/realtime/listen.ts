import { emit } from "../call/events.js";
import { faults } from "../call/fault.js";
import { FeedBuffer, type OverflowPolicy } from "./buffer.js";
import { connectionOf, forget } from "./connections.js";
import { RealtimeError } from "./error.js";
import type { FeedRecord } from "./feed.js";
import type { Gap } from "./gap.js";
import type { RealtimeProtocol } from "./protocol.js";
import { type Consumer, type OwnMessages, type RecordCodec, Registration } from "./registration.js";

/** Records that may wait for a slow consumer. */
export const BUFFER_SIZE = 1_000;

export interface FeedOptions {
  /** Ends the subscription; the loop over it ends, too, without an error. */
  signal?: AbortSignal;
  /** Records that may wait for a slow consumer. Default 1,000. */
  bufferSize?: number;
  /** What goes when more would wait. Default `drop-oldest`; see `OverflowPolicy`. */
  overflow?: OverflowPolicy;
  /** Told of everything that did not reach this consumer. The client's `onEvent` hears of it as well. */
  onGap?: (gap: Gap) => void;
}

/**
 * A feed that is being read: loop over it with `for await`. Leaving the loop, `close()` and the signal of the options end it; the
 * last one to end closes the connection.
 */
export interface Subscription<Row extends object, Extra = readonly string[]>
  extends AsyncIterableIterator<FeedRecord<Row, Extra>, void> {
  readonly trId: string;
  readonly key: string;
  /** Resolves when the provider has acknowledged it; rejects with what it was refused with. */
  readonly ready: Promise<void>;
  close(): void;
}

/** What is listened to. */
export interface Listening<Source> {
  protocol: RealtimeProtocol<Source>;
  /** `module.operationId` */
  id: string;
  trId: string;
  key: string;
  /** What the key stands for, in the words of the spec. */
  keyKind?: string;
  codec: RecordCodec<Source>;
  refill?: Refill;
  /** Registrations of this feed at a time, where the provider limits those by themselves. */
  most?: number;
  /** Messages of its own. */
  own?: OwnMessages<Source>;
}

/** What brings back, after a gap, what a feed is about. */
export interface Refill {
  /** Read anew from elsewhere. It is delivered to whoever has missed something, behind what has arrived by then. */
  read(gap: Gap, signal: AbortSignal): AsyncIterable<object>;
  /** By what a record is known: what the feed itself has told since the gap is newer, and is not told again. */
  idOf(record: object): string | undefined;
}

/**
 * Subscribes to a feed. Consumers of the same feed and key share one registration.
 * @throws InvalidInputError `INPUT_INVALID`, or `REGISTRATIONS_FULL`: nothing was sent
 */
export function subscribe<Row extends object, Source, Extra = readonly string[]>(
  { protocol, id, trId, key, keyKind, codec, refill, most = Number.POSITIVE_INFINITY, own }: Listening<Source>,
  options: FeedOptions,
): Subscription<Row, Extra> {
  const { provider, settings } = protocol;
  const fault = (field: string) => faults(provider)({ id }, field);
  const connection = connectionOf(protocol);
  const known = connection.get(trId, key);
  const { registrations } = settings;
  if (!known && (connection.size >= registrations || connection.sizeOf(trId) >= most)) {
    const what = `allow ${Math.min(registrations, most)} at a time: end one before the next`;
    throw fault("registrations")("REGISTRATIONS_FULL", what);
  }
  const registration = known ?? new Registration<Source>(id, trId, key, codec, keyKind, own);

  const { signal, bufferSize = BUFFER_SIZE, overflow = "drop-oldest", onGap } = options;
  if (!Number.isSafeInteger(bufferSize) || bufferSize < 1) {
    throw fault("bufferSize")("INPUT_INVALID", "must be a whole number from 1 on");
  }
  const refilling = new AbortController();
  /** What has arrived since the gap that is being filled. */
  let live: Set<string | undefined> | undefined;
  const fill = async (gap: Gap, { read, idOf }: Refill) => {
    live = new Set();
    try {
      for await (const record of read(gap, refilling.signal)) {
        if (refilling.signal.aborted) return;
        if (!live.has(idOf(record))) buffer.push(record as FeedRecord<Row, Extra>, Date.now());
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!refilling.signal.aborted)
        emit(protocol.onEvent, () => ({ type: "realtime", provider, what: "unfilled", trId, reason }));
    } finally {
      live = undefined;
    }
  };
  const tell = (gap: Gap) => {
    emit(protocol.onEvent, () => ({ type: "realtime", provider, what: "gap", trId, reason: gap.reason }));
    // What is being read is what there is now, so that one reading fills what opens meanwhile.
    if (refill && !live) fill(gap, refill);
    try {
      onGap?.(gap);
    } catch (error) {
      // A caller's mistake is the caller's to see; the records go on.
      queueMicrotask(() => {
        throw error;
      });
    }
  };
  const buffer = new FeedBuffer<FeedRecord<Row, Extra>>({
    size: bufferSize,
    policy: overflow,
    onDropped: (dropped) => tell({ reason: "overflow", trId, key, ...dropped }),
    overflowed() {
      leave();
      const message = `${id}: ${bufferSize} records wait for a consumer that is slower than the feed`;
      return new RealtimeError("CONSUMER_SLOW", message, { provider, operation: id });
    },
  });
  let acknowledge: (outcome?: { error: unknown }) => void = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    acknowledge = (outcome) => (outcome ? reject(outcome.error) : resolve());
  });
  // Whoever does not look at `ready` hears of a refusal in the loop.
  ready.catch(() => {});

  const consumer: Consumer = {
    buffer: {
      push(record, at) {
        live?.add(refill?.idOf(record));
        buffer.push(record as FeedRecord<Row, Extra>, at);
      },
      end(error) {
        acknowledge(error === undefined ? undefined : { error });
        buffer.end(error);
        leave();
      },
    },
    since: undefined,
    onReady: () => acknowledge(),
    onGap: tell,
  };
  const leave = () => {
    refilling.abort();
    signal?.removeEventListener("abort", close);
    registration.consumers.delete(consumer);
    if (registration.consumers.size === 0) connection.remove(registration);
    if (connection.isIdle) forget(protocol, connection);
  };
  const close = () => {
    acknowledge();
    leave();
    buffer.clear();
  };

  const subscription: Subscription<Row, Extra> = {
    trId,
    key,
    ready,
    close,
    next: () => buffer.next(),
    async return() {
      close();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => subscription,
  };
  if (signal?.aborted) {
    close();
    return subscription;
  }
  signal?.addEventListener("abort", close);
  registration.join(consumer);
  if (!known) connection.add(registration);
  return subscription;
}
