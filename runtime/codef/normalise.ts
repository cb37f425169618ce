import { isRecord, mapPath } from "../paths.js";

/**
 * Gives `data` the one shape that callers are promised: the lists in `many` are arrays even when CODEF sent the single item,
 * `{}`, `""` or null instead, and an object that CODEF sent as `[]`, `""` or null because it is empty is an object.
 */
export function normalise(data: unknown, many: readonly string[] = []): unknown {
  const listed = many.reduce((shaped, path) => mapPath(shaped, path, toList), data);
  const isEmpty = listed === "" || (Array.isArray(listed) && listed.length === 0 && !many.includes(""));
  return isEmpty ? {} : (listed ?? {});
}

function toList(value: unknown): unknown {
  if (Array.isArray(value) || value === undefined) return value;
  const empty = value === null || value === "" || (isRecord(value) && Object.keys(value).length === 0);
  return empty ? [] : [value];
}
