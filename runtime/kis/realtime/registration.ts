import type { FeedBuffer } from "./buffer.js";
import type { Feed, FeedRecord } from "./feed.js";
import { readRecord, recordText, type Table } from "./frame.js";
import type { Gap } from "./gap.js";

/** Somebody who reads a feed. */
export interface Consumer {
  readonly buffer: Pick<FeedBuffer<FeedRecord<object>>, "push" | "end">;
  /** Since when records reach it; undefined until the feed was acknowledged. */
  since: number | undefined;
  onReady(): void;
  onGap(gap: Gap): void;
}

/** How many of the latest records are remembered, and for how many records after a resubscription they are looked for. */
const MEMORY = 32;

/** Where a record stood. Its text is put together when it is asked for: keeping the columns of every record would cost more. */
interface Recent {
  payload: string;
  at: number;
  width: number;
}

/** One `tr_id` and `tr_key` on the wire, whoever reads it. */
export class Registration {
  readonly consumers = new Set<Consumer>();
  /** This one as a list: what a record is delivered to. */
  readonly alone: readonly Registration[] = [this];
  /** `wanted`: not on this session yet; `asked`: on its way; `on`: acknowledged. */
  #state: "wanted" | "asked" | "on" = "wanted";
  #last: FeedRecord<object> | undefined;
  #lastAt = Date.now();
  /** Whether it was on when the session ended. */
  #broken = false;
  /** Where what was missed begins, until the next session has acknowledged it. */
  #gap: Pick<Gap, "from" | "before"> | undefined;
  readonly #recent: Recent[] = [];
  #slot = 0;
  /** What the session before has delivered; a new one may repeat it. */
  #known: Set<string> | undefined;
  #unchecked = 0;

  constructor(
    readonly feed: Feed<object>,
    readonly trId: string,
    readonly key: string,
  ) {}

  get state(): "wanted" | "asked" | "on" {
    return this.#state;
  }

  join(consumer: Consumer): void {
    this.consumers.add(consumer);
    if (this.#state === "on") ready(consumer, Date.now());
  }

  deliver(table: Table, at: number, now: number): void {
    if (this.#known && this.#isRepeated(this.#known, table, at)) return;
    this.#remember(table, at);
    const record = readRecord(this.feed, table, at);
    this.#last = record;
    this.#lastAt = now;
    for (const { buffer } of this.consumers) buffer.push(record, now);
  }

  #remember({ payload, width }: Table, at: number): void {
    const recent = this.#recent[this.#slot];
    if (recent) {
      recent.payload = payload;
      recent.at = at;
      recent.width = width;
    } else this.#recent[this.#slot] = { payload, at, width };
    this.#slot = (this.#slot + 1) % MEMORY;
  }

  #isRepeated(known: ReadonlySet<string>, { payload, width }: Table, at: number): boolean {
    // What the session before has left to be decrypted is not the next one repeating itself.
    if (this.#state === "wanted") return false;
    if (known.has(recordText(payload, at, width))) return true;
    this.#unchecked -= 1;
    if (this.#unchecked === 0) this.#known = undefined;
    return false;
  }

  /** The session is over: what comes now is missed. */
  lose(): void {
    if (this.#state === "on") this.#broken = true;
    this.#state = "wanted";
  }

  ask(): void {
    this.#state = "asked";
    if (!this.#broken) return;
    this.#broken = false;
    this.#gap = { from: this.#lastAt, before: this.#last };
    this.#known = new Set(this.#recent.map(({ payload, at, width }) => recordText(payload, at, width)));
    this.#unchecked = MEMORY;
  }

  /** KIS has said yes. After a loss everybody is told what was missed. */
  acknowledge(now: number): void {
    if (this.#state === "on") return;
    this.#state = "on";
    const gap = this.#gap;
    this.#gap = undefined;
    for (const consumer of this.consumers) {
      if (gap) this.#tell(consumer, { ...gap, reason: "disconnected", to: now });
      ready(consumer, now);
    }
  }

  /** A frame came that may have held records of this one. */
  garbled(now: number): void {
    const gap = { reason: "garbled", from: this.#lastAt, to: now, before: this.#last } as const;
    for (const consumer of this.consumers) this.#tell(consumer, gap);
  }

  end(error?: unknown): void {
    for (const { buffer } of this.consumers) buffer.end(error);
    this.consumers.clear();
  }

  /** Nobody missed anything before it was there. */
  #tell({ since, onGap }: Consumer, gap: Pick<Gap, "reason" | "from" | "to" | "before">): void {
    if (since === undefined) return;
    const own = since > gap.from ? { from: since, before: undefined } : {};
    onGap({ ...gap, ...own, trId: this.trId, key: this.key, dropped: undefined });
  }
}

function ready(consumer: Consumer, now: number): void {
  if (consumer.since !== undefined) return;
  consumer.since = now;
  consumer.onReady();
}
