import { RATE_CODES } from "./advice.js";
import { Bucket } from "./bucket.js";
import { KIS_DEFAULTS, type KisLimits, LIMITS, type Rates } from "./defaults.js";
import type { KisEnvironment } from "./environments.js";
import { faultAt } from "./fault.js";

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

  /** KIS gave a token or refused to: it will give no other one for a minute. */
  tokenAnswered(): void {
    this.#tokens.pause(60_000 / this.#rates.tokenPerMinute);
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

/** A client a request is common on servers: those of one app key share a gate, which goes when nobody holds it any more. */
const gates = /* @__PURE__ */ new Map<string, WeakRef<Gate>>();

/**
 * The gate of an app key at a host. Where several clients say how fast it may go, the one made last is right.
 * @throws InvalidInputError `INPUT_INVALID` for numbers that are none
 */
export function gateFor(host: string, appKey: string, environment: KisEnvironment, limits?: KisLimits): Gate {
  const name = `${host} ${appKey}`;
  const rates = ratesOf(environment, limits);
  const known = gates.get(name)?.deref();
  if (known) {
    if (limits) known.setRates(rates);
    return known;
  }
  for (const [other, gate] of gates) if (!gate.deref()) gates.delete(other);
  const gate = new Gate(rates);
  gates.set(name, new WeakRef(gate));
  return gate;
}

function ratesOf(environment: KisEnvironment, { newCustomer, ...limits }: KisLimits = {}): Rates {
  const rates = { ...LIMITS[newCustomer && environment === "real" ? "newCustomer" : environment] };
  for (const [name, value] of Object.entries(limits) as [keyof Rates, unknown][]) {
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value > 0) || !Number.isFinite(value)) {
      throw faultAt({ id: "createKis" }, `limits.${name}`)("INPUT_INVALID", "must be a number above 0");
    }
    rates[name] = value;
  }
  return rates;
}
