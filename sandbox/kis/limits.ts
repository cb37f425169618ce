import type { Clock } from "../shared/clock.js";

/** How many requests a second are answered; undefined is any number. */
export interface KisLimits {
  /** Of an app key. Further ones are EGW00201. */
  perSecond?: number;
  /** Of an account, for orders, balances and whatever else stands under `/trading/`. Further ones are EGW00215. */
  ledgerPerSecond?: number;
}

/** The policy of 2026-04-20. Of the ledger it is only known that it is less patient. */
export const POLICY = { real: { perSecond: 18 }, mock: { perSecond: 1 } } as const satisfies Record<string, KisLimits>;

/** Token buckets, by the clock of the sandbox. */
export class Limits {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { left: number; at: number }>();
  rates: KisLimits;

  constructor(clock: Clock, rates: KisLimits) {
    this.#clock = clock;
    this.rates = rates;
  }

  /** The code of the refusal, when it is too much. */
  flawOf(appKey: string, ledger: string | undefined): "EGW00201" | "EGW00215" | undefined {
    if (!this.#take(`app/${appKey}`, this.rates.perSecond)) return "EGW00201";
    return ledger === undefined || this.#take(`ledger/${ledger}`, this.rates.ledgerPerSecond) ? undefined : "EGW00215";
  }

  clear(): void {
    this.#buckets.clear();
  }

  #take(name: string, perSecond: number | undefined): boolean {
    if (perSecond === undefined) return true;
    const now = this.#clock();
    const bucket = this.#buckets.get(name) ?? { left: perSecond, at: now };
    bucket.left = Math.min(perSecond, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    this.#buckets.set(name, bucket);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }
}
