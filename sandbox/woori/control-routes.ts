/**
 * The controls of Woori's mock over HTTP.
 * @module
 */
import { count, flag } from "../shared/control-input.js";
import { type ControlTable, trafficControls } from "../shared/control-table.js";
import type { WooriFault, WooriSandbox } from "./controls.js";

export const WOORI_CONTROLS: ControlTable<WooriSandbox> = {
  show(woori) {
    const { appKey, secretKey, token } = woori.options;
    return { appKey, secretKey, token, ledger: woori.ledger(), requests: woori.requests };
  },
  controls: {
    ...trafficControls<WooriFault>((body) => (body.wrapped === undefined ? {} : { wrapped: flag(body, "wrapped") })),
    "expire-token"(woori) {
      return { token: woori.expireToken() };
    },
    limit(woori, body) {
      woori.limit(body.perSecond === undefined ? undefined : count(body, "perSecond"));
      return {};
    },
    printed(woori, body) {
      woori.printed(flag(body, "on"));
      return {};
    },
  },
};
