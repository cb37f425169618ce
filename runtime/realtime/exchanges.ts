import type { Advice } from "../errors/advice.js";
import type { Json } from "../paths.js";
import type { Outbox } from "./outbox.js";
import type { Timers } from "./timers.js";

/**
 * Says something on a session and waits for what is said to it. Whoever asked first is answered first, should an answer fit several.
 * Rejects with `SessionEnded` when the session is over, which is nobody's fault: what asked may ask anew on the next one.
 */
export type Exchange = (question: string, isAnswer: (answer: Json) => boolean) => Promise<Json>;

/** What takes a session and no subscription. Begun anew on the next session when one breaks. */
export interface Task {
  work(exchange: Exchange): Promise<void>;
  /** It came to nothing. */
  end(error: unknown): void;
}

/** The session ended before an answer was there. */
export class SessionEnded extends Error {}

/** The provider does not want what was asked for. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly advice: Advice,
  ) {
    super(message);
  }
}

interface Question {
  isAnswer(answer: Json): boolean;
  resolve(answer: Json): void;
  reject(error: unknown): void;
}

/** Questions on one session that are not answered yet, oldest first. */
export class Exchanges {
  readonly #open: Question[] = [];
  readonly #timers: Timers;
  readonly #lateMs: number;
  readonly #late: () => void;
  /** Absent until the session is open, and when it is over. */
  #outbox: Outbox | undefined;

  /** @param late told when there was no answer for `lateMs` */
  constructor(timers: Timers, lateMs: number, late: () => void) {
    this.#timers = timers;
    this.#lateMs = lateMs;
    this.#late = late;
  }

  readonly exchange: Exchange = (question, isAnswer) =>
    new Promise((resolve, reject) => {
      if (!this.#outbox) throw new SessionEnded();
      const one = { isAnswer, resolve, reject };
      this.#open.push(one);
      this.#outbox.add(question, () => {
        this.#timers.after(this.#lateMs, () => this.#open.includes(one) && this.#late());
      });
    });

  begin(outbox: Outbox): void {
    this.#outbox = outbox;
  }

  /** @returns whether somebody had asked for it */
  answered(answer: Json): boolean {
    const at = this.#open.findIndex(({ isAnswer }) => isAnswer(answer));
    const [found] = at < 0 ? [] : this.#open.splice(at, 1);
    found?.resolve(answer);
    return found !== undefined;
  }

  end(): void {
    this.#outbox = undefined;
    for (const { reject } of this.#open.splice(0)) reject(new SessionEnded());
  }
}
