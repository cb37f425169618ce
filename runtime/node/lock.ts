import { setTimeout as sleep } from "node:timers/promises";
import { need } from "../need.js";

/**
 * A process that dies leaves its lock behind; after this long without a sign of life it is free for the next one. Who holds it gives
 * one every five seconds, by the package's timer, so that work may take as long as it takes.
 */
const STALE_MS = 10_000;

/** Pause before another look at a lock that is held; half of it is left to chance, so that many who wait do not all come at once. */
const PAUSE_MS = 50;

/** Waits until no other process holds the lock of `file`, for as long as it takes. Returns what sets it free. */
export async function lock(file: string): Promise<() => Promise<void>> {
  const lockfile = (await need("proper-lockfile", () => import("proper-lockfile"))).default;
  for (;;) {
    try {
      // `onCompromised`: this process slept so long that another took the lock. The work is half done, so it goes on: better two
      // tokens than a process that is thrown out of its work.
      const release = await lockfile.lock(file, { realpath: false, stale: STALE_MS, onCompromised: () => {} });
      return () => release().catch(() => {});
    } catch (error) {
      // The package's own repeats would go on for ever where a folder cannot be written.
      if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    }
    await sleep(PAUSE_MS * (0.5 + Math.random() / 2));
  }
}
