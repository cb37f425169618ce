import type { Outbox } from "./outbox.js";
import type { InBatches } from "./protocol.js";
import type { Registration } from "./registration.js";

type Batch<Source> = readonly Registration<Source>[];

/** What a session asks for several at a time: which message names whom, for the answers do not say. */
export class Batches<Source> {
  readonly #messages: InBatches<Source>;
  readonly #outbox: Outbox;
  readonly #isWanted: (registration: Registration<Source>) => boolean;
  readonly #asked: (registration: Registration<Source>) => void;
  /** The one that waits for its turn and has room. */
  #open: Registration<Source>[] | undefined;
  /** What has left and is not answered yet, oldest first: those who were given up meanwhile included. */
  readonly #unanswered: Batch<Source>[] = [];
  readonly #left = new WeakSet<Registration<Source>>();

  /** @param asked told of each that has left */
  constructor(
    messages: InBatches<Source>,
    outbox: Outbox,
    isWanted: (registration: Registration<Source>) => boolean,
    asked: (registration: Registration<Source>) => void,
  ) {
    this.#messages = messages;
    this.#outbox = outbox;
    this.#isWanted = isWanted;
    this.#asked = asked;
  }

  ask(registrations: Batch<Source>): void {
    const { most } = this.#messages;
    const waiting = [...registrations];
    this.#open?.push(...waiting.splice(0, most - this.#open.length));
    while (waiting.length > 0) this.#add(waiting.splice(0, most));
  }

  /** What comes behind it may not leave before it: it may be the same feed and key. */
  leave(registration: Registration<Source>): void {
    this.#open = undefined;
    if (this.#left.has(registration)) this.#outbox.add(this.#messages.unsubscribe(registration));
  }

  /** @returns whom the answer is about that has just come */
  answered(): Batch<Source> {
    return this.#unanswered.shift() ?? [];
  }

  /** Asks for both halves of what was refused. */
  halve(batch: Batch<Source>): void {
    const middle = Math.ceil(batch.length / 2);
    for (const half of [batch.slice(0, middle), batch.slice(middle)]) this.again(half);
  }

  /** In a message of their own. */
  again(batch: Batch<Source>): void {
    this.#add([...batch]);
    this.#open = undefined;
  }

  #add(batch: Registration<Source>[]): void {
    this.#open = batch;
    let leaving: Batch<Source> = [];
    const text = () => {
      if (this.#open === batch) this.#open = undefined;
      leaving = batch.filter(this.#isWanted);
      return leaving.length === 0 ? undefined : this.#messages.subscribeAll(leaving);
    };
    this.#outbox.add(text, () => {
      this.#unanswered.push(leaving);
      for (const registration of leaving) {
        this.#left.add(registration);
        this.#asked(registration);
      }
    });
  }
}
