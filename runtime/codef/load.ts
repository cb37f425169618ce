let late: Promise<typeof import("./late.js")> | undefined;

/** Loads what a plain call that succeeds does not need, once; see `late.ts`. A load that failed is tried again. */
export function loadLate(): Promise<typeof import("./late.js")> {
  if (!late) {
    late = import("./late.js");
    late.catch(() => {
      late = undefined;
    });
  }
  return late;
}
