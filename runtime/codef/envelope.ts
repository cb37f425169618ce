import { isRecord, type Json } from "../paths.js";
import { SUCCESS_CODE } from "./reply.js";
import { text } from "./text.js";

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
