/**
 * The controls of KIS's mock over HTTP.
 * @module
 */
import { isCurrency } from "../exchange/market/exchanges.js";
import { count, flag, optionalText, text } from "../shared/control-input.js";
import { type ControlTable, trafficControls } from "../shared/control-table.js";
import type { Json } from "../shared/json.js";
import type { KisAccountName, KisFault, KisSandbox } from "./controls.js";
import type { Environment } from "./credentials.js";
import type { KisLimits } from "./limits.js";
import { REALTIME_CONTROLS } from "./realtime/control-routes.js";

export const KIS_CONTROLS: ControlTable<KisSandbox> = {
  show(kis) {
    const { options, mockOptions, tokensIssued, requests } = kis;
    const { sessions, messages } = kis.realtime;
    return { options, mockOptions, orders: kis.orders(), sessions, messages, tokensIssued, requests };
  },
  controls: {
    ...REALTIME_CONTROLS,
    orders(kis, body) {
      return { orders: kis.orders({ ...whose(body), ...optionalText(body, "code") }) };
    },
    price(kis, body) {
      return { price: kis.price(text(body, "code"), optionalText(body, "market").market) };
    },
    "set-price"(kis, body) {
      kis.setPrice(text(body, "code"), amount(body, "price"), optionalText(body, "market").market);
      return {};
    },
    fill(kis, body) {
      kis.fill(text(body, "number"), {
        ...(body.quantity !== undefined && { quantity: count(body, "quantity") }),
        ...(body.price !== undefined && { price: amount(body, "price") }),
        ...environmentIn(body),
      });
      return {};
    },
    reject(kis, body) {
      kis.reject(text(body, "number"), environmentIn(body));
      return {};
    },
    deposit(kis, body) {
      const currency = optionalText(body, "currency").currency ?? "KRW";
      if (!isCurrency(currency)) throw new Error(`currency: ${currency} is not traded here`);
      kis.deposit(amount(body, "amount"), currency, whose(body));
      return {};
    },
    hold(kis, body) {
      const holding = {
        code: text(body, "code"),
        quantity: count(body, "quantity"),
        ...optionalText(body, "market"),
        ...(body.price !== undefined && { price: amount(body, "price") }),
      };
      kis.hold(holding, whose(body));
      return {};
    },
    limit(kis, body) {
      const rates = LIMITS.filter((name) => body[name] !== undefined).map((name) => [name, amount(body, name)]);
      const isLifted = body.off !== undefined && flag(body, "off");
      const limits: KisLimits | undefined = rates.length > 0 || isLifted ? Object.fromEntries(rates) : undefined;
      kis.limit(environmentIn(body).environment ?? "real", limits);
      return {};
    },
    "expire-tokens"(kis) {
      kis.expireTokens();
      return {};
    },
    "drop-tokens"(kis) {
      kis.dropTokens();
      return {};
    },
    "other-forms"(kis, body) {
      kis.otherForms(flag(body, "on"));
      return {};
    },
    ...trafficControls<KisFault>((body) => optionalText(body, "message")),
  },
};

const LIMITS = ["perSecond", "ledgerPerSecond"] as const;
function whose(body: Json): KisAccountName {
  return { ...environmentIn(body), ...optionalText(body, "account") };
}

function environmentIn(body: Json): { environment?: Environment } {
  const { environment } = body;
  if (environment === undefined) return {};
  if (environment !== "real" && environment !== "mock") throw new Error("environment: real or mock is needed");
  return { environment };
}

/** A number with or without decimals. */
function amount(body: Json, name: string): number {
  const value = body[name];
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`${name}: a number is needed`);
  return value;
}
