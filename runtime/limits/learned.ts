/**
 * What answers say of limits, in the headers that most providers use.
 * @module
 */
import type { AnswerError } from "../errors/answer.js";

/** Milliseconds to wait after an answer of too many requests that does not say how long. */
const TOO_MANY_MS = 1_000;

/** No answer keeps a client waiting for longer. */
const LONGEST_MS = 60_000;

/**
 * Milliseconds in which nothing should leave: `Retry-After` (seconds or a date), or the time until `X-RateLimit-Reset` when
 * `X-RateLimit-Remaining` is 0 (seconds from now, or since 1970).
 */
export function learnedPause({ status, headers }: Response, _error?: AnswerError): number | undefined {
  const isRefused = status === 429 || status === 503;
  const after = isRefused ? retryAfter(headers.get("Retry-After")) : undefined;
  if (after !== undefined) return Math.min(after, LONGEST_MS);
  const remaining = headers.get("X-RateLimit-Remaining") ?? headers.get("RateLimit-Remaining");
  const reset = Number(headers.get("X-RateLimit-Reset") ?? headers.get("RateLimit-Reset") ?? Number.NaN);
  if (remaining?.trim() === "0" && reset >= 0) {
    const isMoment = reset > 1_000_000_000;
    return Math.min(Math.max(0, isMoment ? reset * 1000 - Date.now() : reset * 1000), LONGEST_MS);
  }
  return status === 429 ? TOO_MANY_MS : undefined;
}

function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - Date.now());
}
