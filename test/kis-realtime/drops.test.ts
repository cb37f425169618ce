/**
 * Drops during a busy market: what a consumer gets and what it is told it did not get are, together, exactly what was sent.
 */
import type { Gap, Kis, Subscription } from "kofin/kis";
import { domesticOrderBook, domesticTrade, indexTrade, overseasTrade } from "kofin/kis/realtime";
import type { KisRealtime } from "kofin/sandbox";
import { serveSandbox } from "kofin/sandbox/serve";
import { describe, expect, test } from "vitest";
import { connect, open, turn, until } from "./setup.js";

/** Feeds, and the column of each that tells one record from another. */
const FEEDS = [
  { trId: "H0STCNT0", key: "005930", number: "ACML_VOL", listen: domesticTrade },
  { trId: "H0STCNT0", key: "000660", number: "ACML_VOL", listen: domesticTrade },
  { trId: "H0STCNT0", key: "035420", number: "ACML_VOL", listen: domesticTrade },
  { trId: "H0STASP0", key: "005930", number: "ACML_VOL", listen: domesticOrderBook },
  { trId: "HDFSCNT0", key: "DNASAAPL", number: "TVOL", listen: overseasTrade },
  { trId: "H0UPCNT0", key: "0001", number: "ACML_VOL", listen: indexTrade },
] as const;

type Row = Readonly<Record<string, string>>;

/** One subscription, with everything that happened to it. */
class Watched {
  readonly got: { number: number; at: number }[] = [];
  /** When each record was sent; the number of a record is its place, from one. */
  readonly sentAt: number[] = [0];
  readonly gaps: Gap[] = [];
  readonly ended: Promise<void>;
  readonly subscription: Subscription<object>;
  readonly #template: string[];
  readonly #place: number;

  constructor(
    kis: Kis,
    readonly feed: (typeof FEEDS)[number],
    template: Row,
  ) {
    const columns = Object.keys(template);
    this.#template = Object.values(template);
    this.#place = columns.indexOf(feed.number);
    this.subscription = feed.listen(kis, feed.key, {
      bufferSize: 1_000_000,
      onGap: (gap) => this.gaps.push(gap),
    });
    this.ended = this.#read();
  }

  async #read(): Promise<void> {
    for await (const row of this.subscription) this.got.push({ number: this.numberOf(row), at: Date.now() });
  }

  numberOf(row: object): number {
    return Number((row as Row)[this.feed.number]);
  }

  /** Sends the next records in one frame. */
  send(live: KisRealtime, count: number): void {
    const texts = Array.from({ length: count }, () => {
      const number = this.sentAt.push(Date.now()) - 1;
      return this.#template.with(this.#place, String(number)).join("^");
    });
    live.publish(this.feed.trId, this.feed.key, texts.join("^"), { count });
  }

  /** Stretches of records that were sent and never arrived. */
  missing(): { first: number; last: number }[] {
    const stretches: { first: number; last: number }[] = [];
    let expected = 1;
    for (const { number } of this.got) {
      if (number > expected) stretches.push({ first: expected, last: number - 1 });
      expected = number + 1;
    }
    if (expected < this.sentAt.length) stretches.push({ first: expected, last: this.sentAt.length - 1 });
    return stretches;
  }
}

/** Milliseconds that a record was on its way, at most. */
function latencyOf(watched: readonly Watched[]): number {
  const times = watched.flatMap(({ got, sentAt }) => got.map(({ number, at }) => at - (sentAt[number] ?? at)));
  return times.reduce((most, time) => Math.max(most, time), 0);
}

/** A record of each feed, to make others of. */
async function templates(kis: Kis, live: KisRealtime): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { listen, key } of FEEDS) {
    const subscription: Subscription<object> = listen(kis, key);
    await subscription.ready;
    live.tick();
    rows.push((await subscription.next()).value as Row);
    subscription.close();
  }
  return rows;
}

interface Storm {
  frames: number;
  drops: number;
  /** Frames that leave before others may do something. */
  burst: number;
}

/** Sends frames to all feeds in turn, and breaks the connection every now and then, in the middle of it, once it stands again. */
async function storm(live: KisRealtime, watched: readonly Watched[], { frames, drops, burst }: Storm): Promise<void> {
  const every = Math.floor(frames / (drops + 1));
  let dropped = 0;
  // A slow machine may take longer to come back than the frames last.
  for (let frame = 1; frame <= frames || (dropped < drops && frame <= 10 * frames); frame++) {
    watched[frame % watched.length]?.send(live, 1 + (frame % 3));
    const isDue = dropped < Math.min(drops, Math.floor(frame / every));
    if (isDue && watched.every(({ gaps }) => gaps.length === dropped)) dropped += live.drop();
    if (frame % burst === 0) await turn();
  }
  expect(dropped).toBe(drops);
}

async function run(kis: Kis, live: KisRealtime, what: Storm): Promise<Watched[]> {
  const rows = await templates(kis, live);
  const watched = FEEDS.map((feed, place) => new Watched(kis, feed, rows[place] ?? {}));
  await Promise.all(watched.map(({ subscription }) => subscription.ready));
  await storm(live, watched, what);
  // Wherever the storm ended: the next record shows that nothing was lost for good.
  await until(() => live.sessions[0]?.subscriptions.length === FEEDS.length);
  for (const one of watched) one.send(live, 1);
  await until(() => watched.every(({ got, sentAt }) => got.at(-1)?.number === sentAt.length - 1));
  for (const { subscription } of watched) subscription.close();
  await Promise.all(watched.map(({ ended }) => ended));
  return watched;
}

/** @param onTheWay milliseconds that lie between a record's leaving and its arrival, by which bounds are told */
function checkGaps(one: Watched, drops: number, onTheWay: number): void {
  const { got, gaps, sentAt } = one;
  expect(got.every(({ number }, place) => place === 0 || number > (got[place - 1]?.number ?? 0))).toBe(true);
  expect(gaps).toHaveLength(drops);
  expect(gaps.map(({ reason }) => reason)).toEqual(Array(drops).fill("disconnected"));
  const stretches = one.missing();
  const told = new Map(gaps.map((gap) => [gap.before ? one.numberOf(gap.before) : 0, gap]));
  for (const { first, last } of stretches) {
    const gap = told.get(first - 1);
    expect(gap, `a gap after record ${first - 1}`).toBeDefined();
    if (!gap) continue;
    const { from, to } = gap;
    // Everything that is missing lies inside …
    expect(sentAt[first] ?? 0).toBeGreaterThanOrEqual(from - onTheWay);
    expect(sentAt[last] ?? 0).toBeLessThanOrEqual(to);
    // … and what arrived on either side of it does not.
    expect(sentAt[first - 1] ?? 0).toBeLessThanOrEqual(from);
    expect(got.find(({ number }) => number === last + 1)?.at ?? to).toBeGreaterThanOrEqual(to);
  }
  // Gaps without a stretch are losses in which nothing was sent: those say so by the record that comes next.
  for (const gap of gaps) expect(gap).toMatchObject({ trId: one.feed.trId, key: one.feed.key, dropped: undefined });
}

describe("20 drops", () => {
  test("during 100,000 frames: no subscription is lost, every gap is told with its bounds", async () => {
    const { sandbox, live } = open();
    const { client, happened } = connect(sandbox);
    const watched = await run(client, live, { frames: 100_000, drops: 20, burst: 100 });
    for (const one of watched) checkGaps(one, 20, latencyOf(watched));
    expect(happened("lost")).toHaveLength(20);
    expect(happened("gap")).toHaveLength(20 * FEEDS.length);
    const missing = watched.flatMap((one) => one.missing());
    expect(missing.length).toBeGreaterThanOrEqual(20);
    expect(live.sessions).toEqual([]);
  });

  test("over a real socket", async () => {
    const { sandbox, live } = open({ realtime: { tickMs: 1e9 } });
    const { url, close } = await serveSandbox(sandbox, { port: 0 });
    const { client } = connect(sandbox, {
      url: `${url.replace("http", "ws")}/tryitout`,
      webSocket: (await import("ws")).WebSocket,
      paceMs: 0,
    });
    const watched = await run(client, live, { frames: 20_000, drops: 20, burst: 20 });
    for (const one of watched) checkGaps(one, 20, latencyOf(watched));
    await until(() => live.sessions.length === 0);
    await close();
  });

  test("with a server that repeats the last frame to whoever subscribes: nothing is delivered twice", async () => {
    const { sandbox, live } = open();
    const { client } = connect(sandbox);
    const rows = await templates(client, live);
    const watched = FEEDS.map((feed, place) => new Watched(client, feed, rows[place] ?? {}));
    await Promise.all(watched.map(({ subscription }) => subscription.ready));
    live.replay(true);
    for (let drop = 0; drop < 20; drop++) {
      for (const one of watched) one.send(live, 1 + (drop % 3));
      await turn();
      live.drop();
      await until(() => live.sessions[0]?.subscriptions.length === FEEDS.length);
      await turn();
    }
    for (const one of watched) one.send(live, 1);
    await turn();
    for (const { subscription } of watched) subscription.close();
    for (const { got, sentAt, gaps } of watched) {
      expect(got.map(({ number }) => number)).toEqual(sentAt.map((_, number) => number).slice(1));
      expect(gaps).toHaveLength(20);
    }
  });
});
