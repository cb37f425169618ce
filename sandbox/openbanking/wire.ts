/**
 * What the center says in every answer, from the server's side.
 * @module
 */
import type { Json } from "../shared/json.js";

export const SUCCESS = "A0000";
export const BANK_SUCCESS = "000";
/** The bank refused: `bank_rsp_code` says why. */
export const BY_BANK = "A0002";
/** The row of a list was refused: its `bank_rsp_code` says why. */
export const BY_ROW = "A0009";

/** An answer in the making: the head is put on when it is sent. */
export interface Answer {
  /** Default A0000. */
  code?: string;
  /** What it is about: a field, or a scope. */
  about?: string | undefined;
  /** Of an O0001: the number at the end of its message, which says what is wrong. */
  detail?: string;
  data?: Json;
}

/** Ends a request: thrown where it is found out, answered where all requests arrive. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(code: string, answer: Omit<Answer, "code"> = {}) {
    super(code);
    this.answer = { code, ...answer };
  }
}

/** The request does not have the form that the API asks for; `field` is where. */
export function badFormat(field: string): Refusal {
  return new Refusal("A0004", { about: field });
}

/** An O0001, whose number (`3000114`) says what is wrong, and `about` which parameter. */
export function authFlaw(detail: string, about?: string): Refusal {
  return new Refusal("O0001", { detail, about });
}
