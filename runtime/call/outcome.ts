import { AnswerError, DecodeError, HttpError } from "../errors/answer.js";
import type { KofinError } from "../errors/kofin-error.js";
import { NetworkError } from "../errors/network.js";

/** Statuses below 500 under which a request may have been carried out all the same. */
const DOUBTFUL_STATUS = [408, 425, 499];

/**
 * Whether a failure leaves open if the operation happened: it may have arrived without an answer, the answer cannot be read, a
 * gateway broke down around it, or the provider itself says to look.
 */
export function leavesOpen(error: KofinError): boolean {
  if (error instanceof NetworkError) return error.mayHaveArrived;
  if (error instanceof DecodeError) return true;
  if (error instanceof HttpError) return error.status >= 500 || DOUBTFUL_STATUS.includes(error.status);
  return error instanceof AnswerError && error.advice === "check-outcome";
}
