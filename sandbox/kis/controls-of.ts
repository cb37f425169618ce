import { type Order, remaining } from "../exchange/book/order.js";
import type { Market } from "../exchange/market/market.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import type { Traffic } from "../shared/traffic.js";
import type { SandboxWebSocketMaker } from "../web-sockets/types.js";
import type { Account } from "./account.js";
import type { KisAccountName, KisClientOptions, KisFault, KisOrder, KisSandbox } from "./controls.js";
import { CREDENTIALS, CUSTOMER, type Environment, HTS_ID } from "./credentials.js";
import type { EnvironmentState } from "./environment-state.js";
import { codesOf } from "./exchange-codes.js";
import { POLICY } from "./limits.js";
import { instrumentOf } from "./wallets.js";

/** What the controls take hold of. */
export interface ControlContext extends Pick<KisSandbox, "otherForms" | "realtime" | "webSocket"> {
  fetch: SandboxFetch;
  states: readonly EnvironmentState[];
  market: Market;
  traffic: Traffic<KisFault>;
}

export function controlsOf({ fetch, states, market, traffic, ...rest }: ControlContext): KisSandbox {
  const accounts = () => states.flatMap((state) => state.accounts.map((account) => ({ state, account })));
  const stateAt = (environment: Environment): EnvironmentState => {
    const state = states.find((one) => one.environment === environment);
    if (!state) throw new Error(`${environment} is no environment: say real or mock`);
    return state;
  };
  const accountAt = ({
    environment = "real",
    account: number = `${CUSTOMER}-01`,
  }: KisAccountName): { state: EnvironmentState; account: Account } => {
    const state = stateAt(environment);
    const account = state.account(number);
    if (!account) throw new Error(`There is no account ${number}: it looks like ${CUSTOMER}-01`);
    return { state, account };
  };
  const settle = () => {
    for (const { account } of accounts()) account.settle(market.now);
  };
  const orderAt = (number: string, environment: Environment) => {
    settle();
    const found = stateAt(environment).accounts.flatMap(({ book }) => {
      const order = book.find(number);
      return order ? [{ book, order }] : [];
    });
    const [first] = found;
    if (!first) throw new Error(`There is no order ${number}`);
    return first;
  };

  return {
    ...rest,
    options: clientOptions("real", fetch, rest.webSocket),
    mockOptions: clientOptions("mock", fetch, rest.webSocket),
    get requests() {
      return traffic.requests;
    },
    get tokensIssued() {
      return states.reduce((sum, { tokens }) => sum + tokens.issued, 0);
    },
    orders({ environment, account: number, code } = {}) {
      settle();
      return accounts()
        .filter(
          ({ state, account }) =>
            (environment ?? state.environment) === state.environment && (number ?? account.number) === account.number,
        )
        .flatMap(({ state, account }) =>
          account.book.orders.map((order) => orderOf(order, state.environment, account.number)),
        )
        .filter((order) => code === undefined || order.code === code)
        .sort((left, right) => left.at - right.at || left.number.localeCompare(right.number));
    },
    price: (code, where = "stock") => market.price(instrumentOf(code, where)),
    setPrice(code, price, where = "stock") {
      if (!(price > 0) || !Number.isFinite(price)) throw new Error("setPrice: a price above zero is needed");
      const instrument = instrumentOf(code, where);
      settle();
      market.pin(instrument, price);
      for (const { account } of accounts()) account.book.traded(instrument, price);
    },
    fill(number, { quantity, price, environment = "real" } = {}) {
      const { book, order } = orderAt(number, environment);
      book.fill(order, quantity, price);
    },
    reject(number, { environment = "real" } = {}) {
      const { book, order } = orderAt(number, environment);
      book.reject(order);
    },
    deposit(amount, currency = "KRW", whose = {}) {
      accountAt(whose).account.book.money.add(currency, amount, market.now, 0);
    },
    hold(holding, whose = {}) {
      const { state, account } = accountAt(whose);
      state.give(account, holding);
    },
    limit(environment, limits = POLICY[environment]) {
      stateAt(environment).limits.rates = limits;
    },
    failNext: (fault) => traffic.failNext(fault),
    delayNext: (milliseconds, selection) => traffic.delayNext(milliseconds, selection),
    expireTokens() {
      for (const { tokens } of states) tokens.expireAll();
    },
    dropTokens() {
      for (const { tokens } of states) tokens.dropAll();
    },
  };
}

function clientOptions<Which extends Environment>(
  environment: Which,
  fetch: SandboxFetch,
  webSocket: SandboxWebSocketMaker,
): KisClientOptions<Which> {
  return {
    environment,
    ...CREDENTIALS[environment],
    account: `${CUSTOMER}-01`,
    htsId: HTS_ID,
    fetch,
    limits: false,
    realtime: { webSocket, paceMs: 0 },
  };
}

function orderOf(order: Order, environment: Environment, account: string): KisOrder {
  const { number, kind, original, side, instrument, quantity, price, filled, cancelled, at } = order;
  const exchange = codesOf(instrument.exchange)?.order;
  return {
    environment,
    account,
    number,
    kind,
    ...(original !== undefined && { original }),
    side,
    code: instrument.code,
    ...(exchange !== undefined && { exchange }),
    quantity,
    ...(price !== undefined && { price }),
    filled,
    remaining: remaining(order),
    cancelled,
    at,
  };
}
