/**
 * 다건요청: requests with one `id` at one institution share the user's authentication.
 * @module
 */
import type { Clock } from "../shared/clock.js";

/** How long CODEF keeps a request waiting, and a login open. */
const WAIT_LIMIT = 300_000;
const TIMED_OUT = "CF-01004";

/** How often waiting requests look at the clock, which need not be that of the machine. */
const LOOK_MILLISECONDS = 50;

/** Runs that are remembered: enough for any test, and an end for a server that runs for weeks. */
const RUN_LIMIT = 10_000;

/** One authentication of the user, and the requests that wait for it. */
export class SharedLogin {
  /** When the question that is being asked is over, by the sandbox's clock. */
  askedUntil = Number.POSITIVE_INFINITY;
  /** The result code it ended with. */
  outcome: string | undefined;
  readonly #clock: Clock;
  readonly #waiting = new Set<(code: string) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  settle(code: string): void {
    this.outcome ??= code;
    for (const tell of this.#waiting) tell(this.outcome);
  }

  /** The result code of the authentication, once it has one. Whoever hangs up stops waiting; whoever waits too long is told so. */
  wait(signal: AbortSignal): Promise<string> {
    if (this.outcome !== undefined) return Promise.resolve(this.outcome);
    const end = this.#clock() + WAIT_LIMIT;
    return new Promise((resolve) => {
      const tell = (code: string) => {
        clearInterval(timer);
        signal.removeEventListener("abort", hangUp);
        this.#waiting.delete(tell);
        resolve(code);
      };
      const hangUp = () => tell(TIMED_OUT);
      const timer = setInterval(() => this.#clock() >= end && tell(TIMED_OUT), LOOK_MILLISECONDS);
      this.#waiting.add(tell);
      signal.addEventListener("abort", hangUp);
      if (signal.aborted) hangUp();
    });
  }
}

interface Run {
  /** When its latest request came. */
  at: number;
  login: SharedLogin;
}

/** What a request finds: the login it takes part in, and whether it is the one to ask the user. */
export interface Place {
  login: SharedLogin;
  asks: boolean;
}

export class SharedLogins {
  readonly #clock: Clock;
  readonly #gap: number;
  readonly #runs = new Map<string, Run>();

  /** @param gap Milliseconds that must lie between two requests for the later one to join. */
  constructor(clock: Clock, gap: number) {
    this.#clock = clock;
    this.#gap = gap;
  }

  /** Undefined for a request that comes too soon after the one before: it opens a session of its own. */
  join(key: string): Place | undefined {
    const now = this.#clock();
    const run = this.#runs.get(key);
    const tooSoon = run !== undefined && now - run.at < this.#gap;
    const isOpen = run !== undefined && now - run.at < WAIT_LIMIT && isUsable(run.login, now);
    const login = run && (isOpen || tooSoon) ? run.login : new SharedLogin(this.#clock);
    this.#runs.delete(key);
    this.#runs.set(key, { at: now, login });
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > RUN_LIMIT && oldest !== undefined) this.#runs.delete(oldest);
    return tooSoon ? undefined : { login, asks: !isOpen };
  }

  clear(): void {
    for (const { login } of this.#runs.values()) login.settle(TIMED_OUT);
    this.#runs.clear();
  }
}

/** Whether later requests can rely on a login: the user is being asked, or has confirmed. */
function isUsable({ outcome, askedUntil }: SharedLogin, now: number): boolean {
  return outcome === undefined ? now <= askedUntil : outcome === "CF-00000";
}
