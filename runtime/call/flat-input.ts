import { isRecord, type Json } from "../paths.js";
import type { FaultAt } from "./fault.js";
import type { ApiOperation } from "./operation.js";

/**
 * Where the client takes a value from that callers may leave out, by the word of the spec's `x-from`. Undefined leaves the field
 * out; a source whose value must be there throws.
 */
export type Sources = Readonly<Record<string, (path: string, input: Json) => unknown>>;

/**
 * From what the caller passes to a complete body, for inputs of plain fields: the way of most calls. Undefined for what has lists,
 * other names or ways to be filled in: `fillIn` knows those.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`
 */
export function fillFlat(
  operation: ApiOperation,
  input: unknown,
  sources: Sources,
  faultAt: FaultAt,
): Json | undefined {
  const given = input ?? {};
  if (!isRecord(given)) throw faultAt("input")("INPUT_INVALID", "must be an object");
  if (!isFlat(operation)) return undefined;
  const { defaults, from, required = [] } = operation;
  const body = { ...given };
  for (const name in defaults) body[name] ??= defaults[name];
  for (const name in from) body[name] ??= sources[from[name] ?? ""]?.(name, given);
  for (const name of required) {
    if (body[name] === undefined || body[name] === null) throw faultAt(name)("INPUT_MISSING", "is missing");
  }
  return body;
}

const known = /* @__PURE__ */ new WeakMap<ApiOperation, boolean>();

/** Whether an operation takes nothing but fields of the input itself. */
function isFlat(operation: ApiOperation): boolean {
  let flat = known.get(operation);
  if (flat === undefined) {
    const { required, encrypted, files, sensitive, defaults, from, accepts, variants } = operation;
    const paths = [required, encrypted, files, sensitive, Object.keys({ ...defaults, ...from })];
    flat = !accepts && !variants && !/[.[]/.test(String(paths));
    known.set(operation, flat);
  }
  return flat;
}
