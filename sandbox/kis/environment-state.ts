import type { Listener } from "../exchange/book/book.js";
import type { BookEvent } from "../exchange/book/order.js";
import type { Market } from "../exchange/market/market.js";
import { bounded } from "../shared/bounded.js";
import type { Clock } from "../shared/clock.js";
import type { Identifiers } from "../shared/random.js";
import { Account } from "./account.js";
import type { Environment } from "./credentials.js";
import { type KisLimits, Limits } from "./limits.js";
import { Approvals } from "./realtime/approvals.js";
import { Tokens } from "./tokens.js";
import { PAID } from "./trading/orders.js";
import type { KisHolding, KisWallet } from "./wallets.js";
import { instrumentOf } from "./wallets.js";

export interface EnvironmentSettings {
  environment: Environment;
  apps: ReadonlyMap<string, string>;
  wallets: readonly KisWallet[];
  market: Market;
  clock: Clock;
  ids: () => Identifiers;
  limits: KisLimits;
  tokenGapMs: number;
}

/** One of the two servers: its keys, tokens and limits, and the accounts with their books. */
export class EnvironmentState {
  readonly environment: Environment;
  /** App key → app secret. */
  readonly apps: ReadonlyMap<string, string>;
  readonly tokens: Tokens;
  readonly approvals: Approvals;
  readonly limits: Limits;
  readonly #settings: EnvironmentSettings;
  readonly #accounts = new Map<string, Account>();
  readonly #listeners = new Set<Listener>();
  /** Where questions have got to that are asked page by page without a key. */
  readonly #cursors = bounded<{ at: number }>(1_000);
  #number = 0;

  constructor(settings: EnvironmentSettings) {
    const { environment, apps, clock, ids, limits, tokenGapMs } = settings;
    this.environment = environment;
    this.apps = apps;
    this.tokens = new Tokens(clock, ids, tokenGapMs);
    this.approvals = new Approvals(clock, ids);
    this.limits = new Limits(clock, limits);
    this.#settings = settings;
    this.#open();
  }

  get accounts(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  /** By its two parts, or by `12345678-01`. */
  account(customer = "", product?: string): Account | undefined {
    return this.#accounts.get(product === undefined ? customer : `${customer}-${product}`);
  }

  /** Hears of every order and every fill, until the function that comes back is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  cursor(question: string): { at: number } {
    return this.#cursors.get(question, () => ({ at: 0 }));
  }

  give(account: Account, { code, market = "stock", quantity, price }: KisHolding): void {
    const instrument = instrumentOf(code, market);
    const paid = price ?? this.#settings.market.price(instrument);
    account.book.give({ side: "buy", instrument, quantity, terms: PAID, said: {} }, paid);
  }

  reset(limits: KisLimits): void {
    this.tokens.reset();
    this.approvals.clear();
    this.limits.rates = limits;
    this.limits.clear();
    this.#accounts.clear();
    this.#cursors.clear();
    this.#number = 0;
    this.#open();
  }

  #open(): void {
    const { wallets, market } = this.#settings;
    const next = () => {
      this.#number += 1;
      return this.#number;
    };
    const tell = (event: BookEvent) => {
      for (const listener of this.#listeners) listener(event);
    };
    for (const { account: number, cash = {}, holdings = [] } of wallets) {
      const account = new Account(number, market, next, tell);
      this.#accounts.set(number, account);
      for (const [currency, amount] of Object.entries(cash)) {
        account.book.money.add(currency as keyof typeof cash, amount, market.now, 0);
      }
      for (const holding of holdings) this.give(account, holding);
    }
    // What is there at the beginning was never ordered: the first order is number one.
    this.#number = 0;
  }
}
