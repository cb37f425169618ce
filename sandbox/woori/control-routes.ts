/**
 * The controls of Woori's mock over HTTP.
 * @module
 */
import { count, flag, selection, text } from "../shared/control-input.js";
import type { Json } from "../shared/json.js";
import type { WooriFault, WooriSandbox } from "./controls.js";

export const WOORI_CONTROLS: Readonly<Record<string, (woori: WooriSandbox, body: Json) => Json>> = {
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
  "fail-next"(woori, body) {
    woori.failNext(faultOf(body));
    return {};
  },
  "delay-next"(woori, body) {
    woori.delayNext(count(body, "milliseconds"), selection(body));
    return {};
  },
};

const FLAGS = ["drop", "silent", "carriedOut", "wrapped"] as const;

function faultOf(body: Json): WooriFault {
  const flags = FLAGS.flatMap((name) => (body[name] === undefined ? [] : [[name, flag(body, name)]]));
  return {
    ...(body.status !== undefined && { status: count(body, "status") }),
    ...(body.code !== undefined && { code: text(body, "code") }),
    ...(body.body !== undefined && { body: body.body }),
    ...Object.fromEntries(flags),
    ...selection(body),
  };
}
