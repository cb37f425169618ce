/**
 * The controls of the web socket over HTTP.
 * @module
 */
import { count, flag, text } from "../../shared/control-input.js";
import type { Control } from "../../shared/control-table.js";
import { isRecord, type Json } from "../../shared/json.js";
import type { KisSandbox } from "../controls.js";
import type { KisRecord } from "./controls.js";

export const REALTIME_CONTROLS: Readonly<Record<string, Control<KisSandbox>>> = {
  "realtime-tick"({ realtime }, body) {
    return { frames: realtime.tick(body.moves === undefined ? 1 : count(body, "moves")) };
  },
  "realtime-publish"({ realtime }, body) {
    const options = {
      ...(body.count !== undefined && { count: count(body, "count") }),
      ...(Array.isArray(body.extra) && { extra: body.extra.map(String) }),
    };
    return { sessions: realtime.publish(text(body, "trId"), text(body, "trKey"), recordsIn(body), options) };
  },
  "realtime-send"({ realtime }, body) {
    realtime.send(text(body, "text"));
    return {};
  },
  "realtime-heartbeat"({ realtime }) {
    realtime.heartbeat();
    return {};
  },
  "realtime-drop"({ realtime }) {
    return { sessions: realtime.drop() };
  },
  "realtime-offline"({ realtime }, body) {
    realtime.offline(flag(body, "on"));
    return {};
  },
  "realtime-silence"({ realtime }, body) {
    realtime.silence(flag(body, "on"));
    return {};
  },
  "realtime-replay"({ realtime }, body) {
    realtime.replay(flag(body, "on"));
    return {};
  },
  "realtime-refuse-next"({ realtime }, body) {
    realtime.refuseNext(text(body, "code"), body.times === undefined ? 1 : count(body, "times"));
    return {};
  },
  "realtime-forget-approval-keys"({ realtime }) {
    realtime.forgetApprovalKeys();
    return {};
  },
};

function recordsIn({ records }: Json): string | KisRecord | KisRecord[] {
  if (typeof records === "string") return records;
  const list = Array.isArray(records) ? records : [records];
  if (list.length > 0 && list.every(isKisRecord)) return list;
  throw new Error("records: a text, an object of columns or a list of such is needed");
}

function isKisRecord(value: unknown): value is KisRecord {
  return isRecord(value) && Object.values(value).every((column) => /^(string|number)$/.test(typeof column));
}
