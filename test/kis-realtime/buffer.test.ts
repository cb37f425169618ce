import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FeedBuffer, type Overflow, type OverflowPolicy } from "../../runtime/realtime/buffer.js";

function bufferOf(size: number, policy: OverflowPolicy) {
  const told: Overflow<number>[] = [];
  const buffer = new FeedBuffer<number>({
    size,
    policy,
    onDropped: (overflow) => told.push(overflow),
    overflowed: () => new Error("slow"),
  });
  return { buffer, told };
}

/** Value n arrives at moment n. */
function fill(buffer: FeedBuffer<number>, from: number, to: number): void {
  for (let value = from; value <= to; value++) buffer.push(value, value);
}

async function read(buffer: FeedBuffer<number>, count: number): Promise<number[]> {
  const values: number[] = [];
  while (values.length < count) values.push((await buffer.next()).value ?? Number.NaN);
  return values;
}

describe("a buffer", () => {
  test("gives everything in its order to whoever is fast enough, before or after it comes", async () => {
    const { buffer, told } = bufferOf(10, "drop-oldest");
    const early = [buffer.next(), buffer.next()];
    fill(buffer, 1, 5);
    expect((await Promise.all(early)).map(({ value }) => value)).toEqual([1, 2]);
    expect(await read(buffer, 3)).toEqual([3, 4, 5]);
    expect(told).toEqual([]);
  });

  test("drop-oldest: the latest ones are kept, and the gap is told before the first of them", async () => {
    const { buffer, told } = bufferOf(3, "drop-oldest");
    fill(buffer, 1, 1);
    expect(await read(buffer, 1)).toEqual([1]);
    fill(buffer, 2, 8);
    expect(told).toEqual([]);
    expect(await read(buffer, 1)).toEqual([6]);
    expect(told).toEqual([{ dropped: 4, from: 1, to: 6, before: 1 }]);
    expect(await read(buffer, 2)).toEqual([7, 8]);
    expect(told).toHaveLength(1);
  });

  test("latest: one record waits", async () => {
    const { buffer, told } = bufferOf(1_000, "latest");
    fill(buffer, 1, 100);
    expect(await read(buffer, 1)).toEqual([100]);
    expect(told).toMatchObject([{ dropped: 99, to: 100, before: undefined }]);
  });

  test("end: what waits is delivered, then the error, then nothing", async () => {
    const { buffer, told } = bufferOf(2, "end");
    fill(buffer, 1, 9);
    expect(await read(buffer, 2)).toEqual([1, 2]);
    await expect(buffer.next()).rejects.toThrow("slow");
    expect(await buffer.next()).toEqual({ done: true, value: undefined });
    expect(told).toEqual([]);
  });

  test("an error reaches one of those who wait; the others are at the end", async () => {
    const { buffer } = bufferOf(2, "end");
    const waiting = [buffer.next(), buffer.next(), buffer.next()];
    buffer.end(new Error("lost"));
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual([
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(await buffer.next()).toEqual({ done: true, value: undefined });
  });

  test("clear throws away what waits", async () => {
    const { buffer } = bufferOf(9, "drop-oldest");
    fill(buffer, 1, 5);
    buffer.clear();
    buffer.push(6, 6);
    expect(await buffer.next()).toEqual({ done: true, value: undefined });
  });

  /** Records that come, by how many, and turns of a consumer to take some. */
  const story = fc.array(fc.tuple(fc.constantFrom("come", "take"), fc.integer({ min: 1, max: 9 })), { maxLength: 60 });

  test.each(["drop-oldest", "latest"] as const)("%s: what was not delivered was told, exactly", async (policy) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), story, async (size, steps) => {
        const { buffer, told } = bufferOf(size, policy);
        const got: number[] = [];
        let sent = 0;
        let waiting = 0;
        for (const [what, count] of steps) {
          if (what === "come") {
            fill(buffer, sent + 1, sent + count);
            sent += count;
            waiting = Math.min(waiting + count, policy === "latest" ? 1 : size);
          } else {
            const many = Math.min(count, waiting);
            got.push(...(await read(buffer, many)));
            waiting -= many;
          }
        }
        got.push(...(await read(buffer, waiting)));
        const missing = Array.from({ length: sent }, (_, at) => at + 1).filter((value) => !got.includes(value));
        expect(got).toEqual([...got].sort((a, b) => a - b));
        expect(new Set(got).size).toBe(got.length);
        expect(told.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(missing.length);
        for (const { before = 0, to, dropped } of told) {
          expect(missing.filter((value) => value > before && value < to)).toHaveLength(dropped);
        }
      }),
    );
  });

  test("a record costs the same however many wait", () => {
    const { buffer } = bufferOf(100_000, "drop-oldest");
    const started = performance.now();
    fill(buffer, 1, 1_000_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
