import { InvalidInputError } from "../errors/invalid-input.js";
import type { CodefOperation } from "./operation.js";

/** Makes the error for one field of what a caller passes. */
export type Fault = (code: string, what: string, cause?: unknown) => InvalidInputError;

export function faultAt({ id }: Pick<CodefOperation, "id">, field: string): Fault {
  return (code, what, cause) =>
    new InvalidInputError(code, `${id}: ${field} ${what}`, { provider: "codef", operation: id, field, cause });
}
