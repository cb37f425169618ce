import { Refused } from "../provider/behaviour.js";
import type { Json } from "../shared/json.js";

const PAGE_SIZE = 20;

/** Newest first, from where the cursor says. @throws Refused for a cursor that is none */
export function pageOf<T>(
  found: readonly T[],
  { cursor, limit = PAGE_SIZE }: Json,
): { items: T[]; nextCursor: string | null; hasNext: boolean } {
  const start = cursor === undefined ? 0 : Number(/^c(\d+)$/.exec(String(cursor))?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new Refused(400, "invalid-request", "cursor is none of this list");
  const end = start + Number(limit);
  const hasNext = end < found.length;
  return { items: found.slice(start, end), nextCursor: hasNext ? `c${end}` : null, hasNext };
}
