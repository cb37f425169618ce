import { isRecord } from "./paths.js";

/** A list, whatever arrived in its place: the single item, or `{}`, `""` and null where there is none. */
export function toList(value: unknown): unknown {
  if (Array.isArray(value) || value === undefined) return value;
  const isNothing = value === null || value === "" || (isRecord(value) && !Object.keys(value).length);
  return isNothing ? [] : [value];
}
