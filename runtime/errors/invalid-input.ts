import { type ErrorContext, KofinError } from "./kofin-error.js";

/**
 * The caller's input or configuration cannot be sent; nothing left the process.
 * Codes: `INPUT_MISSING`, `INPUT_INVALID`, `PUBLIC_KEY_MISSING`, `PUBLIC_KEY_INVALID`, `CREDENTIALS_MISSING`.
 */
export class InvalidInputError extends KofinError {
  /** Path of the field at fault, such as `accountList[].password`. */
  readonly field: string | undefined;

  constructor(code: string, message: string, context: ErrorContext & { field?: string | undefined }) {
    super(code, message, context);
    this.field = context.field;
  }
}
