import { isMap } from "../json.js";
import type { Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import { idempotencyOf } from "../read/idempotency.js";
import type { Survey } from "../read/survey.js";
import { inputNames } from "./input-names.js";
import { keyProblem, problem, unknownKeys } from "./rule.js";

const key = "x-idempotency-key";

/** What may be repeated with a key says in which field the key goes, and nothing else says it. */
export function idempotencyKeys({ folder, operations }: Survey): Problem[] {
  return operations.flatMap((operation) => {
    const { retry, value, id } = operation;
    const given = value[key];
    if (given === undefined) {
      const mend = `name the field that carries the key as ${key}`;
      return retry === "idempotency-key" ? [keyProblem(operation, `${id} is repeated with a key: ${mend}`)] : [];
    }
    if (retry !== "idempotency-key") {
      const mend = "say x-retry: idempotency-key, or take it out";
      return [keyProblem(operation, `${key} is for what is repeated with a key: ${mend}`, key)];
    }
    const { field, seconds } = idempotencyOf(given) ?? {};
    if (field === undefined && !isMap(given)) return [];
    if (field === undefined) return [problem(operation, `${key} must be a field, or { field, lifetimeSeconds }`, key)];
    const names = inputNames(folder, operation);
    const at = isMap(given) ? [key, "field"] : [key];
    return [
      ...(isMap(given) ? unknownKeys(operation, Object.keys(given), ["field", "lifetimeSeconds"], key) : []),
      ...(isMap(given) && given.lifetimeSeconds !== undefined && !(seconds !== undefined && seconds > 0)
        ? [problem(operation, `${key}: lifetimeSeconds must be a number above 0`, key, "lifetimeSeconds")]
        : []),
      ...(names === undefined || names.includes(field)
        ? []
        : [
            problem(
              operation,
              `${key} names ${JSON.stringify(field)}, which is no field of the input${didYouMean(field, names)}`,
              ...at,
            ),
          ]),
    ];
  });
}
