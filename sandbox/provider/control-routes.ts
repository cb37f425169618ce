/**
 * The controls of a mock that is made of specs alone, over HTTP.
 * @module
 */
import { count, flag, optionalText, selection, text } from "../shared/control-input.js";
import { type ControlTable, trafficControls } from "../shared/control-table.js";
import type { ProviderFault, ProviderSandbox } from "./controls.js";

export const PROVIDER_CONTROLS: ControlTable<ProviderSandbox> = {
  show({ options: { fetch: _, ...options }, effects, tokensIssued, requests }) {
    return { options, effects, tokensIssued, requests };
  },
  controls: {
    ...trafficControls<ProviderFault>((body) => optionalText(body, "message")),
    "answer-next"(provider, body) {
      if (!("data" in body)) throw new Error("data: what the next request gets is needed");
      provider.answerNext(body.data, selection(body));
      return {};
    },
    "expire-token"(provider) {
      return { token: provider.expireToken() ?? null };
    },
    limit(provider, body) {
      const isDocumented = body.documented !== undefined && flag(body, "documented");
      const rate = body.perSecond === undefined ? undefined : count(body, "perSecond");
      provider.limit(isDocumented ? "documented" : rate);
      return {};
    },
    consent(provider, body) {
      const deny = body.deny !== undefined && flag(body, "deny");
      return { location: provider.consent(text(body, "url"), { deny }) };
    },
  },
};
