import type { AnswerError } from "../errors/answer.js";
import { Bucket } from "../limits/bucket.js";
import { RateLimiter } from "../limits/rate-limiter.js";
import { type SharedState, sharedLimiter } from "../limits/shared-state.js";
import { RATE_CODES } from "./advice.js";
import { KIS_DEFAULTS, type KisLimits, type Rates } from "./defaults.js";
import type { KisEnvironment, KisOperation } from "./operation.js";
import { ratesOf } from "./rates.js";

/** Where the calls of one app key wait for their turn, and its tokens. */
export class KisLimiter extends RateLimiter<KisOperation> {
  readonly #tokens = new Bucket({ perSecond: 1000 / KIS_DEFAULTS.tokenRateWaitMs, burst: 1 });
  #rates: Rates;

  constructor(rates: Rates) {
    const [ledger, calls] = bucketRates(rates);
    const pauseAfter = (_: Response, error?: AnswerError) =>
      error && RATE_CODES.includes(error.code) ? this.#rates.pauseMs : undefined;
    super(
      [
        // Orders and balances: what KIS counts as calls on the ledger (원장).
        { counts: ({ path }) => path.includes("/trading/"), rate: ledger },
        { counts: () => true, rate: calls },
      ],
      pauseAfter,
    );
    this.#rates = rates;
  }

  setRates(rates: Rates): void {
    this.#rates = rates;
    this.rates = bucketRates(rates);
  }

  /** Waits until a token may be asked for. */
  async tokenTurn(): Promise<void> {
    await this.#tokens.turn();
  }

  /** Milliseconds between two tokens. */
  get tokenGapMs(): number {
    return 60_000 / this.#rates.tokenPerMinute;
  }

  /** KIS gave a token, or refused to so soon after another one. */
  tokenAnswered(): void {
    this.#tokens.pause(this.tokenGapMs);
  }
}

function bucketRates({ perSecond, burst, ledgerPerSecond }: Rates) {
  return [
    { perSecond: ledgerPerSecond, burst: 1 },
    { perSecond, burst },
  ] as const;
}

/** Whose turn it is. */
interface Caller {
  environment: KisEnvironment;
  appKey: string;
  baseUrl: string;
}

/**
 * The limiter of an app key at a host. Where several clients say how fast it may go, the one made last is right.
 * @throws InvalidInputError `INPUT_INVALID` for limits that cannot be
 */
export function limiterFor(
  state: SharedState,
  { environment, appKey, baseUrl }: Caller,
  limits?: KisLimits,
): KisLimiter {
  const rates = ratesOf(environment, limits);
  return sharedLimiter(
    state,
    `kis ${baseUrl} ${appKey}`,
    () => new KisLimiter(rates),
    (known) => {
      if (limits) known.setRates(rates);
    },
  );
}
