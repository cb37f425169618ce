import type { FeedBuffer } from "./buffer.js";
import type { Feed, FeedRecord } from "./feed.js";
import { readRecord, type Table } from "./frame.js";
import type { Gap } from "./gap.js";

/** Somebody who reads a feed. */
export interface Consumer {
  readonly buffer: Pick<FeedBuffer<FeedRecord<object>>, "push" | "end">;
  onReady(): void;
  onGap(gap: Gap): void;
}

/** How many of the latest records are remembered, to know them again after a resubscription. */
const MEMORY = 32;

/** One `tr_id` and `tr_key` on the wire, whoever reads it. */
export class Registration {
  readonly consumers = new Set<Consumer>();
  /** This one as a list: what a record is delivered to. */
  readonly alone: readonly Registration[] = [this];
  /** `asked`: on its way; `on`: acknowledged. */
  state: "wanted" | "asked" | "on" = "wanted";
  lastAt = Date.now();
  last: FeedRecord<object> | undefined;
  #lost = false;
  #tables: Table[] = [];
  #places: number[] = [];
  #delivered = 0;
  #known: Set<string> | undefined;

  constructor(
    readonly feed: Feed<object>,
    readonly trId: string,
    readonly key: string,
  ) {}

  deliver(table: Table, at: number, now: number): void {
    if (this.#known) {
      if (this.#known.has(textOf(table, at))) return;
      this.#known = undefined;
    }
    const slot = this.#delivered++ % MEMORY;
    this.#tables[slot] = table;
    this.#places[slot] = at;
    const record = readRecord(this.feed, table, at);
    this.last = record;
    this.lastAt = now;
    for (const { buffer } of this.consumers) buffer.push(record, now);
  }

  /** The socket is gone: whatever comes now is missed. */
  lose(): void {
    if (this.state === "on") this.#lost = true;
    this.state = "wanted";
  }

  /** KIS has said yes. After a loss, what it repeats of the past is not delivered again, and everybody is told what was missed. */
  acknowledge(now: number): void {
    if (this.state === "on") return;
    this.state = "on";
    if (this.#lost) {
      this.#lost = false;
      this.#known = new Set(this.#tables.map((table, slot) => textOf(table, this.#places[slot] ?? 0)));
      this.report({ reason: "disconnected", from: this.lastAt, to: now, before: this.last, dropped: undefined });
    }
    for (const consumer of this.consumers) consumer.onReady();
  }

  report(gap: Omit<Gap, "trId" | "key">): void {
    for (const consumer of this.consumers) consumer.onGap({ ...gap, trId: this.trId, key: this.key });
  }

  end(error?: unknown): void {
    for (const { buffer } of this.consumers) buffer.end(error);
    this.consumers.clear();
  }
}

function textOf({ values, width }: Table, at: number): string {
  return values.slice(at, at + width).join("^");
}
