import type { FeedBuffer } from "./buffer.js";
import type { Exchange } from "./exchanges.js";
import type { Gap } from "./gap.js";

/** Somebody who reads a feed. */
export interface Consumer {
  readonly buffer: Pick<FeedBuffer<object>, "push" | "end">;
  /** Since when records reach it; undefined until the feed was acknowledged. */
  since: number | undefined;
  onReady(): void;
  onGap(gap: Gap): void;
}

/** How many of the latest records are remembered, and for how many records after a resubscription they are looked for. */
const MEMORY = 32;

/** How records of a feed are made of what arrives, `Source`, and by what they are known again, `Trace`. */
export interface RecordCodec<Source = never, Trace = unknown> {
  /** The record that stands at `at`. */
  read(source: Source, at: number): object;
  /** Where it stood; `before` may be used again. Its text is put together when it is asked for, because keeping that would cost more. */
  trace(source: Source, at: number, before: Trace | undefined): Trace;
  text(trace: Trace): string;
  /** `never`: a new session repeats nothing of the one before, so that what looks the same is another record. */
  readonly repeats?: "never";
  /** What somebody who joins later has to be told first. */
  present?(): Iterable<object>;
}

/** Of a provider whose sessions repeat nothing. */
export const unrepeated = { trace: () => undefined, text: () => "", repeats: "never" } as const;

/** How a subscription is asked for and given up that takes other messages than the provider's usual ones. */
export interface OwnMessages<Source = never> {
  /** @returns what the provider said of it. Throws `Refused` when it does not want it. */
  subscribe(registration: Registration<Source>, exchange: Exchange): Promise<string>;
  unsubscribe(exchange: Exchange): Promise<unknown>;
}

/** One feed and key on the wire, whoever reads it. */
export class Registration<Source = never> {
  readonly consumers = new Set<Consumer>();
  /** This one as a list: what a record is delivered to. */
  readonly alone: readonly Registration<Source>[] = [this];
  /** `wanted`: not on this session yet; `asked`: on its way; `on`: acknowledged. */
  #state: "wanted" | "asked" | "on" = "wanted";
  #last: object | undefined;
  #lastAt = Date.now();
  /** Whether it was on when the session ended. */
  #broken = false;
  /** Where what was missed begins, until the next session has acknowledged it. */
  #gap: Pick<Gap, "from" | "before"> | undefined;
  readonly #recent: unknown[] = [];
  #slot = 0;
  /** What the session before has delivered; a new one may repeat it. */
  #known: Set<string> | undefined;
  #unchecked = 0;

  constructor(
    /** `module.operationId` */
    readonly id: string,
    readonly trId: string,
    readonly key: string,
    readonly codec: RecordCodec<Source>,
    /** What the key stands for, in the words of the spec. */
    readonly keyKind?: string,
    readonly own?: OwnMessages<Source>,
  ) {}

  get state(): "wanted" | "asked" | "on" {
    return this.#state;
  }

  join(consumer: Consumer): void {
    this.consumers.add(consumer);
    if (this.#state !== "on") return;
    const now = Date.now();
    ready(consumer, now);
    for (const record of this.codec.present?.() ?? []) consumer.buffer.push(record, now);
  }

  deliver(source: Source, at: number, now: number): void {
    if (this.#known && this.#isRepeated(this.#known, source, at)) return;
    if (this.codec.repeats !== "never") {
      this.#recent[this.#slot] = this.codec.trace(source, at, this.#recent[this.#slot]);
      this.#slot = (this.#slot + 1) % MEMORY;
    }
    const record = this.codec.read(source, at);
    this.#last = record;
    this.#lastAt = now;
    for (const { buffer } of this.consumers) buffer.push(record, now);
  }

  #isRepeated(known: ReadonlySet<string>, source: Source, at: number): boolean {
    // What the session before has left to be decrypted is not the next one repeating itself.
    if (this.#state === "wanted") return false;
    if (known.has(this.codec.text(this.codec.trace(source, at, undefined)))) return true;
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
    if (this.codec.repeats === "never") return;
    this.#known = new Set(this.#recent.map((trace) => this.codec.text(trace)));
    this.#unchecked = MEMORY;
  }

  /** The provider has said yes. After a loss everybody is told what was missed. */
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
