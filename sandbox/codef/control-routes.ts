/**
 * The controls of CODEF's mock over HTTP.
 * @module
 */
import { flag, optionalText, text } from "../shared/control-input.js";
import { type ControlTable, trafficControls } from "../shared/control-table.js";
import { isRecord, type Json } from "../shared/json.js";
import type { CodefSandbox } from "./controls.js";
import type { TwoWayStep } from "./two-way.js";

export const CODEF_CONTROLS: ControlTable<CodefSandbox> = {
  show: ({ publicKey, tokensIssued, requests }) => ({ publicKey, tokensIssued, requests }),
  controls: {
    async certificate(codef, body) {
      const { certificate, key, pfx, password } = await codef.certificate(body);
      const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
      return { certificate: base64(certificate), key: base64(key), pfx: base64(pfx), password };
    },
    script(codef, body) {
      codef.script(text(body, "operation"), steps(body));
      return {};
    },
    approve: (codef, body) => ({ approved: codef.approve(optionalText(body, "jti").jti) }),
    single(codef, body) {
      codef.single(flag(body, "on"));
      return {};
    },
    "expire-tokens"(codef) {
      codef.expireTokens();
      return {};
    },
    ...trafficControls(() => ({})),
    decrypt: (codef, body) => ({ text: codef.decrypt(text(body, "value")) ?? null }),
  },
};

function steps({ steps: given }: Json): TwoWayStep[] {
  const list: unknown[] = Array.isArray(given) ? given : [];
  if (!Array.isArray(given) || !list.every((step) => isRecord(step) && typeof step.method === "string")) {
    throw new Error("steps: a list of { method, answer } is needed");
  }
  return list as TwoWayStep[];
}
