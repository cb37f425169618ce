import type { CallEvent } from "kofin";
import {
  createKis,
  type FeedRecord,
  type Kis,
  type KisOptions,
  type RealtimeOptions,
  type Subscription,
} from "kofin/kis";
import { createSandbox, type KisSandboxOptions, type Sandbox } from "kofin/sandbox";
import { expect } from "vitest";

/** Friday, 2026-11-20, 11:00 in Seoul: the market is open. */
export const NOW = Date.UTC(2026, 10, 20, 2);

/** A sandbox on a clock that stands still until a test moves it. By the clock of the machine its tokens may have ended: they are cheap. */
export function open(kis: KisSandboxOptions = {}) {
  const clock = { now: NOW };
  const sandbox = createSandbox({ now: () => clock.now, kis: { tokenGapMs: 0, ...kis } });
  return { sandbox, clock, kis: sandbox.kis, live: sandbox.kis.realtime };
}

export type RealtimeEvent = Extract<CallEvent, { type: "realtime" }>;

/** A client that wastes no time, and what it says of its connection. */
export function connect(
  { kis }: Sandbox,
  realtime: RealtimeOptions = {},
  { environment = "real", ...options }: Partial<KisOptions> = {},
): { client: Kis; events: RealtimeEvent[]; happened(what: RealtimeEvent["what"]): RealtimeEvent[] } {
  const events: RealtimeEvent[] = [];
  const base = environment === "real" ? kis.options : kis.mockOptions;
  const client = createKis({
    ...base,
    ...options,
    environment,
    realtime: { ...base.realtime, backoffMs: [0], ...realtime },
    onEvent: (event) => event.type === "realtime" && events.push(event),
  });
  return { client, events, happened: (what) => events.filter((event) => event.what === what) };
}

/** The next so many records. */
export async function take<Row extends object>(feed: Subscription<Row>, count: number): Promise<FeedRecord<Row>[]> {
  const rows: FeedRecord<Row>[] = [];
  while (rows.length < count) {
    const { value, done } = await feed.next();
    if (done) throw new Error(`It ended after ${rows.length} of ${count} records`);
    rows.push(value);
  }
  return rows;
}

/** Reads until the end; records so far can be looked at meanwhile. */
export function drain<Row extends object>(
  feed: Subscription<Row>,
): { rows: FeedRecord<Row>[]; ended: Promise<unknown> } {
  const rows: FeedRecord<Row>[] = [];
  const read = async () => {
    for await (const row of feed) rows.push(row);
  };
  return { rows, ended: read().catch((error: unknown) => error) };
}

/** One turn of the event loop: everything that is in flight in process arrives. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export async function until(check: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!check() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(check()).toBe(true);
}
