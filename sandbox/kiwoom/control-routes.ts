/**
 * The controls of Kiwoom over HTTP.
 * @module
 */
import { PROVIDER_CONTROLS } from "../provider/control-routes.js";
import { count, flag, text } from "../shared/control-input.js";
import type { ControlTable } from "../shared/control-table.js";
import { isRecord } from "../shared/json.js";
import type { KiwoomSandbox } from "./controls.js";

/** There are no users to consent. */
const { consent: _, ...general } = PROVIDER_CONTROLS.controls;

function number(body: Readonly<Record<string, unknown>>, name: string): number {
  const value = Number(body[name]);
  if (!(value > 0)) throw new Error(`${name}: a number above 0 is needed`);
  return value;
}

export const KIWOOM_CONTROLS: ControlTable<KiwoomSandbox> = {
  show({ options: { fetch: _fetch, realtime: _realtime, ...options }, effects, tokensIssued, requests, realtime }) {
    return { options, effects, tokensIssued, requests, sessions: realtime.sessions };
  },
  controls: {
    ...(general as unknown as ControlTable<KiwoomSandbox>["controls"]),
    "set-price"(kiwoom, body) {
      const exchange = body.exchange === undefined ? undefined : text(body, "exchange");
      kiwoom.setPrice(text(body, "code"), number(body, "price"), exchange);
      return {};
    },
    "fill-order"(kiwoom, body) {
      kiwoom.fillOrder(text(body, "orderNumber"), {
        ...(body.quantity !== undefined && { quantity: number(body, "quantity") }),
        ...(body.price !== undefined && { price: number(body, "price") }),
      });
      return {};
    },
    "reject-order"(kiwoom, body) {
      kiwoom.rejectOrder(text(body, "orderNumber"));
      return {};
    },
    "realtime-tick": (kiwoom, body) => ({
      left: kiwoom.realtime.tick(body.moves === undefined ? 1 : count(body, "moves")),
    }),
    "realtime-publish"(kiwoom, body) {
      if (!isRecord(body.values)) throw new Error("values: a JSON object is needed, FID to text");
      const values = Object.fromEntries(Object.entries(body.values).map(([fid, value]) => [fid, String(value)]));
      const item = body.item === undefined ? {} : { item: text(body, "item") };
      return { sessions: kiwoom.realtime.publish({ type: text(body, "type"), ...item, values }) };
    },
    "realtime-ping"(kiwoom) {
      kiwoom.realtime.ping();
      return {};
    },
    "realtime-drop": (kiwoom) => ({ dropped: kiwoom.realtime.drop() }),
    "realtime-offline"(kiwoom, body) {
      kiwoom.realtime.offline(flag(body, "on"));
      return {};
    },
    "realtime-silence"(kiwoom, body) {
      kiwoom.realtime.silence(flag(body, "on"));
      return {};
    },
  },
};
