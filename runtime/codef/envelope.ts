/**
 * The envelope of an answer, also of one that is not quite what it should be.
 * @module
 */
import { isRecord, type Json } from "../paths.js";
import { SUCCESS_CODE, text } from "./operation.js";

/** The code of an answer that asks for 추가인증. */
export const TWO_WAY_CODE = "CF-03002";

/** The `result` of every CODEF answer. */
export interface CodefResult {
  code: string;
  message: string;
  extraMessage: string;
  transactionId: string | undefined;
}

/** A decoded answer: `result`, `data`, and whatever CODEF repeats of the request at the top level. */
export interface Envelope {
  result: CodefResult;
  data: unknown;
  raw: Json;
}

/** The envelope in `raw`, or undefined when there is no `result` in it. */
export function readEnvelope(raw: Json): Envelope | undefined {
  const { result } = raw;
  if (!isRecord(result) || typeof result.code !== "string") return undefined;
  const { code, message, extraMessage, transactionId } = result;
  return {
    result: {
      code,
      message: text(message) ?? "",
      extraMessage: text(extraMessage) ?? "",
      transactionId: text(transactionId),
    },
    data: raw.data,
    raw,
  };
}

/** Whether an answer asks for 추가인증: by its code, or by a flag beside CF-00000 as answers of 2019 did. */
export function asksTwoWay({ data, result }: Envelope): boolean {
  return result.code === TWO_WAY_CODE || (result.code === SUCCESS_CODE && isRecord(data) && data.continue2Way === true);
}

/** `data` was seen as a string of JSON; anything else stays. */
export function unpack(data: unknown): unknown {
  if (typeof data !== "string" || !/^\s*[[{]/.test(data)) return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/** Reads URL-encoded text with broken percent escapes, as far as it can be read. Undefined when no JSON object comes of it. */
export function readBroken(body: unknown): Json | undefined {
  if (typeof body !== "string") return undefined;
  try {
    const decoded: unknown = JSON.parse(decodeTolerantly(body.replaceAll("+", " ")));
    return isRecord(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

const utf8 = /* @__PURE__ */ new TextDecoder();

/** Decodes each run of good escapes by itself, bytes that are not UTF-8 become `\uFFFD`, and a broken escape stays as it is. */
function decodeTolerantly(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) =>
    utf8.decode(Uint8Array.from(run.slice(1).split("%"), (hex) => Number.parseInt(hex, 16))),
  );
}
