import { InvalidInputError } from "../errors/invalid-input.js";
import type { CodefOperation } from "./operation.js";

/** Makes the error for one field of an operation's input. */
export type Fault = (code: string, what: string, cause?: unknown) => InvalidInputError;

export function faultAt({ id }: CodefOperation, field: string): Fault {
  return (code, what, cause) =>
    new InvalidInputError(code, `${id}: ${field} ${what}`, { provider: "codef", operation: id, field, cause });
}
