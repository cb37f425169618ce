import { isMap, type JsonMap } from "../json.js";

const structure = ["properties", "required", "items", "oneOf", "anyOf", "additionalProperties"] as const;

/**
 * `over` on top of `base`: fields merge one by one and keep the order of `base`, `required` is the union, everything else of
 * `over` wins. A named schema whose structure is changed is not that schema any more, so the name goes.
 */
export function mergeSchemas(base: JsonMap, over: JsonMap): JsonMap {
  const merged: JsonMap = { ...base, ...over };
  if (!("x-name" in over) && structure.some((key) => key in over)) delete merged["x-name"];
  if (isMap(base.properties) && isMap(over.properties)) {
    merged.properties = mergeFields(base.properties, over.properties);
  }
  if (Array.isArray(base.required) && Array.isArray(over.required)) {
    merged.required = [...new Set([...base.required, ...over.required])];
  }
  if (isMap(base.items) && isMap(over.items)) merged.items = mergeSchemas(base.items, over.items);
  return merged;
}

function mergeFields(base: JsonMap, over: JsonMap): JsonMap {
  const merged: JsonMap = { ...base };
  for (const [name, field] of Object.entries(over)) {
    const before = merged[name];
    merged[name] = isMap(before) && isMap(field) ? mergeSchemas(before, field) : field;
  }
  return merged;
}
