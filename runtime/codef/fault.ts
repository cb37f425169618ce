import type { Fault } from "../call/fault.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import type { CodefOperation } from "./operation.js";

export type { Fault };

export function faultAt({ id }: Pick<CodefOperation, "id">, field: string): Fault {
  return (code, what, cause) =>
    new InvalidInputError(code, `${id}: ${field} ${what}`, { provider: "codef", operation: id, field, cause });
}
