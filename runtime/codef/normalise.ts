import { mapPath } from "../paths.js";
import { toList } from "../to-list.js";

/**
 * Gives `data` the one shape that callers are promised: the lists in `many` are arrays even when CODEF sent the single item,
 * `{}`, `""` or null instead, and an object that CODEF sent as `[]`, `""` or null because it is empty is an object.
 */
export function normalise(data: unknown, many: readonly string[] = []): unknown {
  const listed = many.reduce((shaped, path) => mapPath(shaped, path, toList), data);
  const isEmpty = listed === "" || (Array.isArray(listed) && listed.length === 0 && !many.includes(""));
  return isEmpty ? {} : (listed ?? {});
}
