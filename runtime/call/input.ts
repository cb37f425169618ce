import { isRecord, type Json, mapPath } from "../paths.js";
import { spelled } from "./answer.js";
import type { Fault } from "./fault.js";
import type { ApiOperation } from "./operation.js";
import { checkLists, checkRequired, checkVariants, withDefaults } from "./rules.js";

/**
 * Where the client takes a value from that callers may leave out, by the word of the spec's `x-from`. Undefined leaves the field
 * out; a source whose value must be there throws.
 */
export type Sources = Readonly<Record<string, (path: string, input: Json) => unknown>>;

/**
 * From what the caller passes to a complete body: names of the wire, defaults, the client's own values; then the rules.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`
 */
export function fillIn(
  operation: ApiOperation,
  input: unknown,
  sources: Sources,
  faultAt: (field: string) => Fault,
): Json {
  const given = input ?? {};
  if (!isRecord(given)) throw faultAt("input")("INPUT_INVALID", "must be an object");
  const { defaults, from = {}, required = [], sensitive = [], variants } = operation;
  checkLists(given, [...required, ...sensitive], faultAt);
  let body = withDefaults(spelled(operation, given), defaults);
  for (const [path, word] of Object.entries(from)) {
    body = mapPath(body, path, (leaf) => leaf ?? sources[word]?.(path, given));
  }
  checkRequired(body, required, faultAt);
  if (variants) checkVariants(body, variants, faultAt);
  return body as Json;
}
