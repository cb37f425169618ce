/**
 * CODEF's body encoding and envelope, from the server's side.
 * @module
 */
import { isRecord, type Json } from "../shared/json.js";

/** A decoded request body, or the code that says why there is none. */
export type Decoded = { body: Json; code?: undefined } | { body?: undefined; code: "CF-00002" | "CF-00009" };

/**
 * Reads a request body: the URL-encoded text of a JSON object, the plain JSON, or `null`. URL decoding happens in either form, so a
 * `+` that was not encoded becomes a space, whatever the Content-Type says.
 */
export function decodeBody(text: string): Decoded {
  let plain: string;
  try {
    plain = decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return { code: "CF-00009" };
  }
  try {
    const body: unknown = JSON.parse(plain) ?? {};
    return isRecord(body) ? { body } : { code: "CF-00002" };
  } catch {
    return { code: "CF-00002" };
  }
}

/** URL-encodes as Java's URLEncoder does: a space becomes `+`. */
export function encodeAnswer(body: unknown): string {
  return encodeURIComponent(JSON.stringify(body)).replace(/%20|[!'()~]/g, (found) => JAVA_ENCODING[found] ?? found);
}

const JAVA_ENCODING: Record<string, string> = {
  "%20": "+",
  "!": "%21",
  "'": "%27",
  "(": "%28",
  ")": "%29",
  "~": "%7E",
};

/** An answer in the making: what is not said is filled in when it is sent. */
export interface Answer {
  code: string;
  extraMessage?: string;
  data?: unknown;
  /** What goes beside `result` and `data`. */
  echo?: Json;
}

export function refuse(code: string, extraMessage = ""): Answer {
  return { code, extraMessage, data: {} };
}

/** The body of HTTP 401, word for word as the official README prints it. */
export const INVALID_TOKEN = {
  error: "invalid_token",
  error_description: "Cannot convert access token to JSON",
  code: "CF-99997",
  message: "OAUTH2.0 토큰 에러입니다. 메시지를 확인하세요.",
} as const;

/** The body of HTTP 403: the client has no right to a group of products. */
export const ACCESS_DENIED = { error: "access_denied", error_description: "Access is denied" } as const;

/** Sends a text; the Content-Type is not one to rely on, as at CODEF. */
export function respond(body: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { "Content-Type": "text/plain;charset=UTF-8", ...headers } });
}
