import { isRecord, type Json, mapPath } from "../paths.js";
import type { FaultAt } from "./fault.js";
import { spelled } from "./fields.js";
import { fillFlat, type Sources } from "./flat-input.js";
import { type ApiOperation, secretPaths } from "./operation.js";
import { checkLists, checkRequired, checkVariants, withDefaults } from "./rules.js";

/**
 * From what the caller passes to a complete body: names of the wire, defaults, the client's own values; then the rules.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`
 */
export function fillIn(operation: ApiOperation, input: unknown, sources: Sources, faultAt: FaultAt): Json {
  const flat = fillFlat(operation, input, sources, faultAt);
  if (flat) return flat;
  const given: Json = isRecord(input) ? input : {};
  const { defaults, from = {}, required = [], variants } = operation;
  checkLists(given, [...required, ...secretPaths(operation)], faultAt);
  let body = withDefaults(spelled(operation, given), defaults);
  for (const [path, word] of Object.entries(from)) {
    body = mapPath(body, path, (leaf) => leaf ?? sources[word]?.(path, given));
  }
  checkRequired(body, required, faultAt);
  if (variants) checkVariants(body, variants, faultAt);
  return body as Json;
}
