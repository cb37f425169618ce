import type { RequestLog } from "../shared/request-log.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import type { Account } from "./book/account.js";
import { type Order, remaining } from "./book/order.js";
import type { KisAccountName, KisClientOptions, KisOrder, KisSandbox } from "./controls.js";
import { CREDENTIALS, CUSTOMER, type Environment, HTS_ID } from "./credentials.js";
import type { Desk } from "./desk.js";
import { POLICY } from "./limits.js";
import type { Market } from "./market/market.js";
import type { SandboxWebSocketMaker } from "./realtime/controls.js";
import { instrumentOf } from "./wallets.js";

/** What the controls take hold of. */
export interface Handles extends Pick<KisSandbox, "otherForms" | "failNext" | "delayNext" | "realtime" | "webSocket"> {
  fetch: SandboxFetch;
  desks: readonly Desk[];
  market: Market;
  log: RequestLog;
}

export function controlsOf({ fetch, desks, market, log, ...rest }: Handles): KisSandbox {
  const accounts = () => desks.flatMap((desk) => desk.accounts.map((account) => ({ desk, account })));
  const deskAt = (environment: Environment): Desk => {
    const desk = desks.find((one) => one.environment === environment);
    if (!desk) throw new Error(`${environment} is no environment: say real or mock`);
    return desk;
  };
  const accountAt = ({
    environment = "real",
    account: number = `${CUSTOMER}-01`,
  }: KisAccountName): { desk: Desk; account: Account } => {
    const desk = deskAt(environment);
    const account = desk.account(number);
    if (!account) throw new Error(`There is no account ${number}: it looks like ${CUSTOMER}-01`);
    return { desk, account };
  };
  const settle = () => {
    for (const { account } of accounts()) account.settle(market.now);
  };
  const orderAt = (number: string, environment: Environment) => {
    settle();
    const found = deskAt(environment).accounts.flatMap(({ book }) => {
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
      return log.entries;
    },
    get tokensIssued() {
      return desks.reduce((sum, { tokens }) => sum + tokens.issued, 0);
    },
    orders({ environment, account: number, code } = {}) {
      settle();
      return accounts()
        .filter(
          ({ desk, account }) =>
            (environment ?? desk.environment) === desk.environment && (number ?? account.number) === account.number,
        )
        .flatMap(({ desk, account }) =>
          account.book.orders.map((order) => orderOf(order, desk.environment, account.number)),
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
      const { desk, account } = accountAt(whose);
      desk.give(account, holding);
    },
    limit(environment, limits = POLICY[environment]) {
      deskAt(environment).limits.rates = limits;
    },
    expireTokens() {
      for (const { tokens } of desks) tokens.expireAll();
    },
    dropTokens() {
      for (const { tokens } of desks) tokens.dropAll();
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
  return {
    environment,
    account,
    number,
    kind,
    ...(original !== undefined && { original }),
    side,
    code: instrument.code,
    ...(instrument.exchange && { exchange: instrument.exchange.order }),
    quantity,
    ...(price !== undefined && { price }),
    filled,
    remaining: remaining(order),
    cancelled,
    at,
  };
}
