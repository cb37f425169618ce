import { isMap, type JsonMap, listOf, mapOf } from "../json.js";
import type { SpecFolder } from "../read/folder.js";
import { addressOf, follow, type Located } from "../read/ref.js";

/**
 * The branches of a choice, each with the value by which its `discriminator` tells it from the others, so that TypeScript does, too. A
 * branch that says so itself stays as it is.
 */
export function discriminated(
  folder: SpecFolder,
  { propertyName, mapping }: JsonMap,
  places: readonly Located[],
  branches: readonly JsonMap[],
): JsonMap[] {
  if (typeof propertyName !== "string") return [...branches];
  return branches.map((branch, index) => {
    const place = places[index];
    const values = place === undefined ? [] : valuesOf(folder, mapOf(mapping), place);
    const field = mapOf(mapOf(branch.properties)[propertyName]);
    const isSaid = field.const !== undefined || listOf(field.enum).length === 1;
    if (values.length === 0 || isSaid || branch.type === "null") return branch;
    const [only] = values;
    const tag = values.length === 1 ? { type: "string", const: only } : { type: "string", enum: values };
    const rest = { type: "object", required: [propertyName], properties: { [propertyName]: tag } };
    return { allOf: [branch, rest] };
  });
}

/** Those that the mapping gives for it, or the name of the schema. */
function valuesOf(folder: SpecFolder, mapping: JsonMap, { source, value }: Located): string[] {
  const ref = isMap(value) ? value.$ref : undefined;
  if (typeof ref !== "string") return [];
  const found = follow(folder, source, ref);
  if ("broken" in found) return [];
  const name = String(found.path.at(-1));
  const mapped = Object.entries(mapping).filter(([, given]) => {
    if (given === name || given === ref) return true;
    const there = typeof given === "string" && given.includes("#") ? follow(folder, source, given) : undefined;
    return there !== undefined && !("broken" in there) && addressOf(there) === addressOf(found);
  });
  return mapped.length > 0 ? mapped.map(([tag]) => tag) : [name];
}
