import type { ApiOperation } from "../call/index.js";

/** What the runtime has to know of an operation of Woori: written by the generator, never by hand. */
export interface WooriOperation extends ApiOperation {
  /**
   * Input that the document types as a number (N, D): leaves as a JSON number wherever one holds it exactly as written. All other
   * numbers leave as text, the form in which the examples of 2021 write every number.
   */
  readonly numbers?: readonly string[];
  /** What took the place of an operation of 2019, as `module/operationId`. */
  readonly successor?: string;
}
