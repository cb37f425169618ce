import { emit } from "../../call/events.js";
import { InvalidInputError } from "../../errors/invalid-input.js";
import type { Kis } from "../client.js";
import { type LiveAccess, liveAccess } from "./access.js";
import { FeedBuffer, type OverflowPolicy } from "./buffer.js";
import type { Connection } from "./connection.js";
import { connectionOf, forget } from "./connections.js";
import { RealtimeError } from "./error.js";
import type { Feed, FeedRecord } from "./feed.js";
import type { Gap } from "./gap.js";
import { type Consumer, Registration } from "./registration.js";
import { BUFFER_SIZE } from "./settings.js";

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

export interface NoticeOptions extends FeedOptions {
  /** Whose notices. Default the client's `htsId`. */
  htsId?: string;
}

/**
 * A feed that is being read: loop over it with `for await`. Leaving the loop, `close()` and the signal of the options end it; the
 * last one to end closes the connection.
 */
export interface Subscription<Row extends object> extends AsyncIterableIterator<FeedRecord<Row>, void> {
  readonly trId: string;
  readonly key: string;
  /** Resolves when KIS has acknowledged it; rejects with what it was refused with. */
  readonly ready: Promise<void>;
  close(): void;
}

/**
 * Subscribes to a feed. Used by generated functions. Consumers of the same feed and key share one registration.
 * @throws InvalidInputError `MOCK_UNSUPPORTED`, `INPUT_MISSING`, `INPUT_INVALID`, or `REGISTRATIONS_FULL`: KIS allows 41 at a time.
 * Nothing was sent.
 */
export function listen<Row extends object>(
  kis: Kis,
  feed: Feed<Row>,
  key: string | undefined,
  options: FeedOptions = {},
): Subscription<Row> {
  const access = liveAccess(kis);
  const { trId, trKey } = addressOf(access, feed, key);
  const connection = connectionOf(access);
  const known = connection.get(trId, trKey);
  if (!known) checkRoom(access, connection, feed);
  const registration = known ?? new Registration(feed, trId, trKey);

  const { signal, bufferSize = BUFFER_SIZE, overflow = "drop-oldest", onGap } = options;
  if (!Number.isSafeInteger(bufferSize) || bufferSize < 1) {
    throw fault(feed, "INPUT_INVALID", "bufferSize", "must be a whole number from 1 on");
  }
  const tell = (gap: Gap) => {
    emit(access.onEvent, () => ({ type: "realtime", provider: "kis", what: "gap", trId, reason: gap.reason }));
    try {
      onGap?.(gap);
    } catch (error) {
      // A caller's mistake is the caller's to see; the records go on.
      queueMicrotask(() => {
        throw error;
      });
    }
  };
  const buffer = new FeedBuffer<FeedRecord<Row>>({
    size: bufferSize,
    policy: overflow,
    onDropped: (dropped) => tell({ reason: "overflow", trId, key: trKey, ...dropped }),
    overflowed() {
      leave();
      return slowConsumer(feed, bufferSize);
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
      push: (record, at) => buffer.push(record as FeedRecord<Row>, at),
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
    signal?.removeEventListener("abort", close);
    registration.consumers.delete(consumer);
    if (registration.consumers.size === 0) connection.remove(registration);
    if (connection.size === 0) forget(access, connection);
  };
  const close = () => {
    acknowledge();
    leave();
    buffer.clear();
  };

  const subscription: Subscription<Row> = {
    trId,
    key: trKey,
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

function addressOf({ environment, htsId }: LiveAccess, feed: Feed<object>, key: string | undefined) {
  const trId = feed.trId[environment];
  if (!trId)
    throw fault(
      feed,
      "MOCK_UNSUPPORTED",
      "environment",
      "is mock, which does not serve this feed: it takes a real app key",
    );
  const trKey = key ?? (feed.key === "htsId" ? htsId : undefined);
  if (!trKey) throw fault(feed, "INPUT_MISSING", feed.key, "is missing");
  return { trId, trKey };
}

function checkRoom({ settings }: LiveAccess, { size }: Connection, feed: Feed<object>): void {
  if (size < settings.registrations) return;
  const what = `allow ${settings.registrations} at a time: end one before the next`;
  throw fault(feed, "REGISTRATIONS_FULL", "registrations", what);
}

function slowConsumer({ id }: Feed<object>, size: number): RealtimeError {
  const message = `${id}: ${size} records wait for a consumer that is slower than the feed`;
  return new RealtimeError("CONSUMER_SLOW", message, { provider: "kis", operation: id });
}

function fault({ id }: Feed<object>, code: string, field: string, what: string): InvalidInputError {
  return new InvalidInputError(code, `${id}: ${field} ${what}`, { provider: "kis", operation: id, field });
}
