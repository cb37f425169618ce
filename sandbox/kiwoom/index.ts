/**
 * Kiwoom: tokens, orders that are filled, the look-ups that tell what became of them, prices, and both web sockets. What these do not
 * answer is made of the specs.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import { type Behaviour, Refused } from "../provider/behaviour.js";
import type { ProviderMockOptions } from "../provider/controls.js";
import { mockOfSpecs } from "../provider/index.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import { webSocketOf } from "../web-sockets/web-socket.js";
import { domestic, foreign } from "./account.js";
import { Brokerage } from "./brokerage.js";
import type { KiwoomSandbox } from "./controls.js";
import { lookUps } from "./look-ups.js";
import { orderHandlers } from "./orders.js";
import { quotes } from "./quotes.js";
import { moveOf, orderNotice } from "./realtime/notices.js";
import { Server } from "./realtime/server.js";
import { CODES, worded } from "./refusals.js";

const MOCK_HOST = "https://mockapi.kiwoom.com";

/** 모의투자 refuses these although no document says so (measured 2026-07). */
const NOT_ON_MOCK: readonly string[] = ["kt00002", "kt00015", "kt00016", "kt00017"];

export interface MockKiwoom extends MockProvider {
  controls(fetch: SandboxFetch): KiwoomSandbox;
}

export function mockKiwoom(
  provider: Provider | undefined,
  settings: MockSettings,
  options: ProviderMockOptions = {},
): MockKiwoom {
  const brokerage = new Brokerage(settings, (event) => {
    const notice = orderNotice(event);
    if (notice) server.publish(notice);
  });
  const behaviour: Behaviour = {
    codes: CODES,
    wording: worded,
    tokenCode: () => "8005",
    enter({ operation }, { url, headers }) {
      if (url.origin !== MOCK_HOST) return;
      if (NOT_ON_MOCK.includes(headers.get("api-id") ?? "")) {
        throw new Refused(200, "RC9000", "모의투자에서는 해당업무가 제공되지 않습니다");
      }
      if (operation.environments && !operation.environments.includes("mock")) throw new Refused(200, "8104");
    },
    handlers: orderHandlers(brokerage),
    facts: { ...lookUps(brokerage), ...quotes(brokerage) },
    reset() {
      brokerage.reset();
      server.reset();
    },
  };
  const mock = mockOfSpecs("kiwoom", provider, settings, options, behaviour);
  const server = new Server({
    isGood: (token) => mock.isGood(token),
    // Sectors, gold and the like have codes of their own; what looks like a stock has to be one.
    knows: (_, { code, exchange }) =>
      exchange === undefined
        ? !/^[0-9A-Z]{6}(_NX|_AL)?$/.test(code) || domestic(code) !== undefined
        : !!foreign(code, exchange),
    move: (type, item) => moveOf(brokerage, type, item),
    conditions: (market) => [
      {
        seq: "0",
        name: "sandbox",
        stocks: market === "us" ? [{ code: "AAPL", exchange: "ND" }] : [{ code: "A005930" }],
      },
    ],
  });
  const webSocket = webSocketOf(server);
  return {
    fetch: (request) => mock.fetch(request),
    reset: () => mock.reset(),
    controls(fetch) {
      const general = mock.controls(fetch);
      const optionsFor = <Environment extends "real" | "mock">(environment: Environment) => {
        const { clientId: appKey = "", clientSecret: secretKey = "", baseUrl } = general.options;
        const realtime = { webSocket, paceMs: 0 as const };
        return {
          environment,
          appKey,
          secretKey,
          fetch,
          realtime,
          baseUrl: environment === "mock" ? MOCK_HOST : baseUrl,
        };
      };
      const own: Omit<KiwoomSandbox, keyof typeof general> & Pick<KiwoomSandbox, "options"> = {
        get options() {
          return optionsFor("real");
        },
        get mockOptions() {
          return optionsFor("mock");
        },
        webSocket,
        realtime: server,
        setPrice: (code, price, exchange) => brokerage.setPrice(code, price, exchange),
        fillOrder(orderNumber, { quantity, price } = {}) {
          brokerage.book.fill(brokerage.orderCalled(orderNumber), quantity, price);
        },
        rejectOrder: (orderNumber) => brokerage.book.reject(brokerage.orderCalled(orderNumber)),
      };
      const all = { ...Object.getOwnPropertyDescriptors(general), ...Object.getOwnPropertyDescriptors(own) };
      return Object.defineProperties({}, all) as KiwoomSandbox;
    },
  };
}
