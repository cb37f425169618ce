/** A mapping as YAML gives it. */
export type JsonMap = Record<string, unknown>;

export function isMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The mapping at `value`, or an empty one: for reading on where a wrong shape has been reported already. */
export function mapOf(value: unknown): JsonMap {
  return isMap(value) ? value : {};
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function stringsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
