/** How fast turns are given: `burst` at once after a pause, then one every `1 / perSecond`. */
export interface Rate {
  perSecond: number;
  burst: number;
}

interface Waiting {
  resolve(): void;
}

/**
 * A token bucket that is fair: whoever asked first goes first, and who gives up leaves the queue without a trace.
 * Counts on a clock that nobody sets (`performance.now`).
 */
export class Bucket {
  /** When the bucket would be full again. */
  #fullAt = 0;
  #pausedUntil = 0;
  readonly #queue = new Set<Waiting>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(public rate: Rate) {}

  /** Nothing when the turn is given at once. Rejects with the signal's reason when it ends first. */
  turn(signal?: AbortSignal): Promise<void> | undefined {
    if (this.#queue.size === 0 && this.#wait() <= 0) {
      this.#take();
      return undefined;
    }
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const waiting: Waiting = {
        resolve() {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        this.#queue.delete(waiting);
        if (this.#queue.size === 0) this.#rest();
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort);
      this.#queue.add(waiting);
      this.#serve();
    });
  }

  /** Gives no turn for `ms`, and none at once after that. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + ms);
    const { perSecond, burst } = this.rate;
    this.#fullAt = Math.max(this.#fullAt, this.#pausedUntil + ((burst - 1) * 1000) / perSecond);
  }

  /** Milliseconds until the next turn can be given. */
  #wait(): number {
    const { perSecond, burst } = this.rate;
    const filled = this.#fullAt - ((burst - 1) * 1000) / perSecond;
    return Math.max(filled, this.#pausedUntil) - performance.now();
  }

  #take(): void {
    this.#fullAt = Math.max(this.#fullAt, performance.now()) + 1000 / this.rate.perSecond;
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #serve(): void {
    if (this.#timer !== undefined) return;
    for (const waiting of this.#queue) {
      const wait = this.#wait();
      if (wait > 0) {
        this.#timer = setTimeout(() => {
          this.#rest();
          this.#serve();
        }, Math.ceil(wait));
        return;
      }
      this.#take();
      this.#queue.delete(waiting);
      waiting.resolve();
    }
  }
}
