/**
 * The controls of Toss Securities over HTTP.
 * @module
 */
import { PROVIDER_CONTROLS } from "../provider/control-routes.js";
import { count, flag, text } from "../shared/control-input.js";
import type { ControlTable } from "../shared/control-table.js";
import { isRecord } from "../shared/json.js";
import type { TossinvestSandbox } from "./controls.js";

/** There are no users to consent. */
const { consent: _, ...general } = PROVIDER_CONTROLS.controls;

function number(body: Readonly<Record<string, unknown>>, name: string): number {
  const value = Number(body[name]);
  if (!(value > 0)) throw new Error(`${name}: a number above 0 is needed`);
  return value;
}

export const TOSSINVEST_CONTROLS: ControlTable<TossinvestSandbox> = {
  show({ options: { fetch: _fetch, realtime: _realtime, ...options }, effects, tokensIssued, requests, realtime }) {
    return { options, effects, tokensIssued, requests, sessions: realtime.sessions };
  },
  controls: {
    ...general,
    "set-price"(toss, body) {
      toss.setPrice(text(body, "symbol"), number(body, "price"));
      return {};
    },
    "fill-order"(toss, body) {
      toss.fillOrder(text(body, "orderId"), {
        ...(body.quantity !== undefined && { quantity: number(body, "quantity") }),
        ...(body.price !== undefined && { price: number(body, "price") }),
      });
      return {};
    },
    "reject-order"(toss, body) {
      toss.rejectOrder(text(body, "orderId"));
      return {};
    },
    "process-next"(toss, body) {
      toss.processNext(count(body, "milliseconds"));
      return {};
    },
    "realtime-tick": (toss, body) => ({
      left: toss.realtime.tick(body.moves === undefined ? 1 : count(body, "moves")),
    }),
    "realtime-publish"(toss, body) {
      if (!isRecord(body.data)) throw new Error("data: a JSON object is needed");
      return { sessions: toss.realtime.publish(text(body, "topic"), body.data) };
    },
    "realtime-drop": (toss) => ({ dropped: toss.realtime.drop() }),
    "realtime-offline"(toss, body) {
      toss.realtime.offline(flag(body, "on"));
      return {};
    },
    "realtime-silence"(toss, body) {
      toss.realtime.silence(flag(body, "on"));
      return {};
    },
  },
};
