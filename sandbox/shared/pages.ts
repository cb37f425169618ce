/** A part of a list, and where the next part begins. */
export interface Slice<Row> {
  rows: Row[];
  /** Undefined: this is the last. */
  next: number | undefined;
}

/** @param start how many rows were given out before */
export function sliceAt<Row>(rows: readonly Row[], start: number, size: number): Slice<Row> {
  const end = start + size;
  return { rows: rows.slice(start, end), next: end < rows.length ? end : undefined };
}
