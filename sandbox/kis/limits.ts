import type { Clock } from "../shared/clock.js";
import { TokenBuckets } from "../shared/rate-limits.js";

/** How many requests a second are answered; undefined is any number. */
export interface KisLimits {
  /** Of an app key. Further ones are EGW00201. */
  perSecond?: number;
  /** Of an account, for orders, balances and whatever else stands under `/trading/`. Further ones are EGW00215. */
  ledgerPerSecond?: number;
}

/** The policy of 2026-04-20. Of the ledger it is only known that it is less patient. */
export const POLICY = { real: { perSecond: 18 }, mock: { perSecond: 1 } } as const satisfies Record<string, KisLimits>;

/** The limits of one environment. */
export class Limits {
  readonly #buckets: TokenBuckets;
  rates: KisLimits;

  constructor(clock: Clock, rates: KisLimits) {
    this.#buckets = new TokenBuckets(clock);
    this.rates = rates;
  }

  /** The code of the refusal, when it is too much. */
  flawOf(appKey: string, ledger: string | undefined): "EGW00201" | "EGW00215" | undefined {
    if (this.#isExceeded(`app/${appKey}`, this.rates.perSecond)) return "EGW00201";
    return ledger !== undefined && this.#isExceeded(`ledger/${ledger}`, this.rates.ledgerPerSecond)
      ? "EGW00215"
      : undefined;
  }

  clear(): void {
    this.#buckets.clear();
  }

  #isExceeded(name: string, perSecond: number | undefined): boolean {
    return perSecond !== undefined && this.#buckets.take(name, perSecond).retryAfterMs > 0;
  }
}
