import type { Clock } from "../../shared/clock.js";
import type { Identifiers } from "../../shared/random.js";
import { DAY } from "../time.js";

/** Approval keys (접속키) of one environment: each is good for a day. */
export class Approvals {
  readonly #clock: Clock;
  readonly #ids: () => Identifiers;
  readonly #known = new Map<string, { appKey: string; expiresAt: number }>();

  constructor(clock: Clock, ids: () => Identifiers) {
    this.#clock = clock;
    this.#ids = ids;
  }

  issue(appKey: string): string {
    const key = this.#ids().uuid();
    this.#known.set(key, { appKey, expiresAt: this.#clock() + DAY });
    return key;
  }

  /** Whose key it is; undefined when it is nobody's any more. */
  appKeyOf(key: string): string | undefined {
    const known = this.#known.get(key);
    return known && known.expiresAt > this.#clock() ? known.appKey : undefined;
  }

  clear(): void {
    this.#known.clear();
  }
}
