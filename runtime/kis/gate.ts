import { RATE_CODES } from "./advice.js";
import { Bucket } from "../limits/bucket.js";
import { KIS_DEFAULTS, type Rates } from "./defaults.js";

/** Where the calls of one app key wait for their turn. */
export class Gate {
  readonly #calls = new Bucket({ perSecond: 1, burst: 1 });
  readonly #ledger = new Bucket({ perSecond: 1, burst: 1 });
  readonly #tokens = new Bucket({ perSecond: 1000 / KIS_DEFAULTS.tokenRateWaitMs, burst: 1 });
  #rates: Rates;

  constructor(rates: Rates) {
    this.#rates = rates;
    this.setRates(rates);
  }

  setRates(rates: Rates): void {
    const { perSecond, burst, ledgerPerSecond } = rates;
    this.#rates = rates;
    this.#calls.rate = { perSecond, burst };
    this.#ledger.rate = { perSecond: ledgerPerSecond, burst: 1 };
  }

  /** Waits until a call to `path` may leave. */
  async turn(path: string, signal: AbortSignal): Promise<void> {
    if (isLedger(path)) await this.#ledger.turn(signal);
    await this.#calls.turn(signal);
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

  /** KIS refused a call: one of too many, should `code` say so. */
  refused(path: string, code: string): void {
    if (!RATE_CODES.includes(code)) return;
    const { pauseMs } = this.#rates;
    this.#calls.pause(pauseMs);
    if (isLedger(path)) this.#ledger.pause(pauseMs);
  }
}

/** Orders and balances: what KIS counts as calls on the ledger (원장). */
function isLedger(path: string): boolean {
  return path.includes("/trading/");
}
