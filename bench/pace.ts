import { median } from "./row.js";

/** Calls under way at once: what a busy server has. */
const CONCURRENCY = 64;
const CALLS = 2_000;
const ROUNDS = 15;

type Side = () => Promise<unknown>;

/**
 * How many times as long `ours` takes as `theirs`. Both run in turns in this process, so that what else the machine does meets
 * both alike; the ratio of each round is taken before the median is.
 */
export function timesAsLong(ours: Side, theirs: Side): Promise<number> {
  return inTurns(
    () => manyOf(ours),
    () => manyOf(theirs),
  );
}

/** The same in CPU of this process, its own and the kernel's for it: what the server and the loopback take stays out. */
export function timesTheCpu(ours: Side, theirs: Side): Promise<number> {
  return inTurns(
    () => manyOf(ours),
    () => manyOf(theirs),
    cpuFor,
  );
}

/** The same of sides that are long enough by themselves. */
export async function inTurns(ours: Side, theirs: Side, measure = millisecondsFor): Promise<number> {
  for (const side of [ours, theirs, ours, theirs]) await side();
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever runs second meets the other's garbage: take turns.
    const order = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
    const times = new Map<Side, number>();
    for (const side of order) times.set(side, await measure(side));
    ratios.push((times.get(ours) ?? 0) / (times.get(theirs) ?? 0));
  }
  return median(ratios);
}

async function millisecondsFor(side: Side): Promise<number> {
  const started = performance.now();
  await side();
  return performance.now() - started;
}

async function cpuFor(side: Side): Promise<number> {
  const before = process.cpuUsage();
  await side();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

async function manyOf(side: Side): Promise<void> {
  let left = CALLS;
  const worker = async () => {
    while (left-- > 0) await side();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
