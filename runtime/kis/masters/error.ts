import type { Advice } from "../../errors/advice.js";
import { type ErrorContext, KofinError } from "../../errors/kofin-error.js";
import type { Master } from "./master.js";

type Code = "MASTER_INCOMPLETE" | "MASTER_UNREADABLE";

/**
 * A master file cannot be used. Codes: `MASTER_INCOMPLETE` when it ends too early (advice `retry`), `MASTER_UNREADABLE` when it is not
 * what its layout says: no archive, another entry, other lines (advice `report`).
 */
export class MasterError extends KofinError {
  readonly advice: Advice;

  constructor(code: Code, message: string, context: ErrorContext) {
    super(code, message, context);
    this.advice = code === "MASTER_INCOMPLETE" ? "retry" : "report";
  }
}

/** What errors say they are about: `masters.kospi`. */
export function contextOf({ id }: Pick<Master<object>, "id">): { provider: string; operation: string } {
  return { provider: "kis", operation: `masters.${id}` };
}

export function incomplete(master: Pick<Master<object>, "id">, what: string): MasterError {
  return errorOf("MASTER_INCOMPLETE", contextOf(master), what);
}

export function unreadable(master: Pick<Master<object>, "id">, what: string, cause?: unknown): MasterError {
  return errorOf("MASTER_UNREADABLE", { ...contextOf(master), cause }, what);
}

function errorOf(code: Code, context: ErrorContext, what: string): MasterError {
  return new MasterError(code, `${context.operation}: ${what}`, context);
}
