import { InvalidInputError } from "../errors/invalid-input.js";

/** Makes the error for one field of what a caller passes. */
export type Fault = (code: string, what: string, cause?: unknown) => InvalidInputError;

/** Makes the faults of an operation's fields. */
export type FaultAt = (field: string) => Fault;

/** Faults of one provider: `faults("acme")({ id: "payments.create" }, "amount")("INPUT_MISSING", "is missing")`. */
export function faults(provider: string): (operation: { id: string }, field: string) => Fault {
  return ({ id }, field) =>
    (code, what, cause) =>
      new InvalidInputError(code, `${id}: ${field} ${what}`, { provider, operation: id, field, cause });
}
