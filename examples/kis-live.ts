/**
 * What the realtime examples share: which stocks are meant, and when they end. With Ctrl-C, or after `--count 20` records:
 *
 *   node dist/examples/kis-realtime-trades.js 005930 000660 --count 20
 */
import { parseArgs } from "node:util";
import type { Gap, Subscription } from "kofin/kis";
import { sandbox } from "./kis-client.js";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { count: { type: "string" } } });

export const codes: readonly string[] = positionals.length > 0 ? positionals : ["005930", "000660", "035420"];

const ending = new AbortController();
process.once("SIGINT", () => ending.abort());

/** Ends every subscription; with the last one goes the connection. */
export const signal: AbortSignal = ending.signal;

let left = Number(values.count ?? Number.POSITIVE_INFINITY);

/** Reads a feed until it ends. */
export async function follow<Row extends object>(feed: Subscription<Row>, each: (row: Row) => void): Promise<void> {
  for await (const row of feed) {
    if (left <= 0) break;
    each(row);
    left -= 1;
    if (left <= 0) ending.abort();
  }
}

/** Waits for everything that is followed. The market of the sandbox moves meanwhile; that of KIS does by itself. */
export async function all(followed: readonly Promise<void>[]): Promise<void> {
  const stop = sandbox?.realtime.start();
  try {
    await Promise.all(followed);
  } finally {
    // Where one feed fails the others end, too.
    ending.abort();
    stop?.();
  }
}

/** Whoever must not miss anything looks up what happened between these moments. */
export function warn({ reason, trId, key, from, to, dropped }: Gap): void {
  const length = ((to - from) / 1_000).toFixed(1);
  console.warn(`${trId} ${key}: ${dropped ?? "some"} records are missing, of ${length} seconds (${reason})`);
}
