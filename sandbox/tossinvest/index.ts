/**
 * Toss Securities: one token for a client, accounts with orders that are filled and are known again by their `clientOrderId`, conditional
 * orders, and a web socket. What these do not answer is made of the specs.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import type { Behaviour } from "../provider/behaviour.js";
import type { ProviderMockOptions } from "../provider/controls.js";
import { mockOfSpecs } from "../provider/index.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import { webSocketOf } from "../web-sockets/web-socket.js";
import { ACCOUNT_HEADER, Brokerage } from "./brokerage.js";
import { conditionalHandlers } from "./conditional-handlers.js";
import type { TossinvestSandbox } from "./controls.js";
import { orderHandlers } from "./orders.js";
import { quoteHandlers } from "./quotes.js";
import { Server } from "./realtime/server.js";

export interface MockTossinvest extends MockProvider {
  controls(fetch: SandboxFetch): TossinvestSandbox;
}

export function mockTossinvest(
  provider: Provider | undefined,
  settings: MockSettings,
  options: ProviderMockOptions = {},
): MockTossinvest {
  const brokerage = new Brokerage(settings, (event, book) => server.told(event, book));
  const behaviour: Behaviour = {
    codes: {
      invalid: { status: 400, code: "invalid-request" },
      "nothing-there": { status: 404, code: "stock-not-found" },
      "key-reused": { status: 422, code: "idempotency-key-conflict" },
      "in-progress": { status: 409, code: "request-in-progress" },
      "too-many": { status: 429, code: "rate-limit-exceeded" },
    },
    tokenCode: (state) => ({ revoked: "token-revoked", expired: "expired-token" })[state as string] ?? "invalid-token",
    enter({ operation }, inbound) {
      if (operation.parameters.some(({ name }) => name === ACCOUNT_HEADER)) brokerage.bookOf(inbound);
    },
    handlers: { ...orderHandlers(brokerage), ...conditionalHandlers(brokerage), ...quoteHandlers(brokerage) },
    reset() {
      brokerage.reset();
      server.reset();
    },
  };
  const mock = mockOfSpecs("tossinvest", provider, settings, options, behaviour);
  const server = new Server(brokerage, settings.clock, (token) => mock.isGood(token));
  const webSocket = webSocketOf(server);
  return {
    fetch: (request) => mock.fetch(request),
    reset: () => mock.reset(),
    controls(fetch) {
      const general = mock.controls(fetch);
      const own: Omit<TossinvestSandbox, keyof typeof general> & Pick<TossinvestSandbox, "options"> = {
        get options() {
          const { clientId = "", clientSecret = "", ...rest } = general.options;
          return { ...rest, clientId, clientSecret, accountSeq: 1, realtime: { webSocket, paceMs: 0 as const } };
        },
        webSocket,
        realtime: server,
        setPrice: (symbol, price) => brokerage.setPrice(symbol, price),
        fillOrder(orderId, { quantity, price } = {}) {
          const { book, order } = brokerage.orderCalled(orderId);
          book.fill(order, quantity, price);
        },
        rejectOrder(orderId) {
          const { book, order } = brokerage.orderCalled(orderId);
          book.reject(order);
        },
        processNext: (milliseconds) => brokerage.processNext(milliseconds),
      };
      const all = { ...Object.getOwnPropertyDescriptors(general), ...Object.getOwnPropertyDescriptors(own) };
      return Object.defineProperties({}, all) as TossinvestSandbox;
    },
  };
}
