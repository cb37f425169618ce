import { isMap } from "../json.js";

/** `x-idempotency-key: field`, or `{ field, lifetimeSeconds }`. Undefined when it names no field. */
export function idempotencyOf(value: unknown): { field: string; seconds?: number } | undefined {
  if (typeof value === "string") return { field: value };
  if (!isMap(value) || typeof value.field !== "string") return undefined;
  const { field, lifetimeSeconds: seconds } = value;
  return typeof seconds === "number" ? { field, seconds } : { field };
}
