import { AnswerError, DecodeError } from "../errors/answer.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import type { KofinError } from "../errors/kofin-error.js";
import type { RealtimeSettings } from "./settings.js";

/** A session that stood this long was a good one: the next loss starts with the shortest pause again. */
const STEADY_MS = 30_000;

/** How long to wait before the next attempt, and when to stop. */
export class ReconnectPolicy {
  readonly #settings: Pick<RealtimeSettings, "attempts" | "backoffMs">;
  /** Attempts in a row without a subscription that was acknowledged. */
  #failures = 0;
  #pause = 0;

  constructor(settings: Pick<RealtimeSettings, "attempts" | "backoffMs">) {
    this.#settings = settings;
  }

  /** Milliseconds; undefined when it has been tried often enough. */
  next(): number | undefined {
    const { attempts, backoffMs } = this.#settings;
    if (this.#failures >= attempts) return undefined;
    this.#failures += 1;
    return backoffMs[Math.min(this.#pause++, backoffMs.length - 1)] ?? 0;
  }

  /** A subscription was acknowledged. That alone shortens no pause: some sessions break right after. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** How long the session had stood that has just ended. */
  stood(ms: number): void {
    if (ms >= STEADY_MS) this.#pause = 0;
  }

  reset(): void {
    this.#failures = 0;
    this.#pause = 0;
  }
}

/** What a refusal says does not change by asking again; what a broken server says may. */
export function isFinal(error: unknown): error is KofinError {
  if (error instanceof InvalidInputError) return true;
  return (
    error instanceof AnswerError && !(error instanceof DecodeError) && error.status < 500 && error.advice !== "retry"
  );
}
