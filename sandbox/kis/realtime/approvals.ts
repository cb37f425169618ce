import { type Clock, DAY } from "../../shared/clock.js";
import { Issued } from "../../shared/issued.js";
import type { Identifiers } from "../../shared/random.js";

/** Approval keys (접속키) of one environment: each is good for a day. */
export class Approvals {
  readonly #ids: () => Identifiers;
  /** Whose they are: app keys. */
  readonly #issued: Issued<string>;

  constructor(clock: Clock, ids: () => Identifiers) {
    this.#ids = ids;
    this.#issued = new Issued(clock);
  }

  issue(appKey: string): string {
    const key = this.#ids().uuid();
    this.#issued.add(key, appKey, DAY);
    return key;
  }

  /** Whose key it is; undefined when it is nobody's any more. */
  appKeyOf(key: string): string | undefined {
    return this.#issued.holder(key);
  }

  clear(): void {
    this.#issued.clear();
  }
}
