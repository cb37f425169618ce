import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { InvalidInputError } from "kofin";
import { idxcode, kospi, loadMaster, type MasterCache, member, memoryCache, streamMaster } from "kofin/kis/masters";
import { fileCache } from "kofin/node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure } from "../support/failure.js";
import { host } from "./host.js";
import { cp949, line, lines } from "./writer.js";

const archiveOf = (name: string) => zipSync({ "idxcode.mst": lines(line([1, "0"], [4, "0001"], [40, name])) });
const korean = (time: string) => new Date(`2026-${time}+09:00`);

let directory: string;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(korean("11-21T10:00:00"));
  directory = join(await mkdtemp(join(tmpdir(), "kofin-masters-")), "inner", "masters");
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(join(directory, "..", ".."), { recursive: true, force: true });
});

/** A host whose file says how often it has been fetched. */
function counting() {
  let times = 0;
  return host((path) => {
    times += 1;
    return path.endsWith("memcode.mst") ? cp949("00901가0") : archiveOf(`${times}번째`);
  });
}

const nameOf = async (options: Parameters<typeof loadMaster>[1]) =>
  (await loadMaster(idxcode, options)).rows[0]?.idx_name;

describe.each<[string, () => MasterCache]>([
  ["memoryCache", memoryCache],
  ["fileCache", () => fileCache({ directory })],
])("%s", (_, make) => {
  it("keeps a file until the Korean day is over", async () => {
    const { fetch, asked } = counting();
    const cache = make();
    expect([await nameOf({ fetch, cache }), await nameOf({ fetch, cache })]).toEqual(["1번째", "1번째"]);
    vi.setSystemTime(korean("11-21T23:59:59"));
    expect(await nameOf({ fetch, cache })).toBe("1번째");
    // In UTC it is still the day before.
    vi.setSystemTime(korean("11-22T00:00:00"));
    expect(await nameOf({ fetch, cache })).toBe("2번째");
    expect(asked).toHaveLength(2);
  });

  it("keeps files apart, and those of other hosts", async () => {
    const { fetch, asked } = counting();
    const cache = make();
    await loadMaster(member, { fetch, cache });
    await nameOf({ fetch, cache });
    expect(await nameOf({ fetch, cache, baseUrl: "http://127.0.0.1:8787" })).toBe("3번째");
    expect(await nameOf({ fetch, cache })).toBe("2번째");
    expect((await loadMaster(member, { fetch, cache })).rows).toHaveLength(1);
    expect(asked).toHaveLength(3);
  });

  it("does without what is older, and keeps what is of the same day", async () => {
    const cache = make();
    await cache.set("20261120/host/a", cp949("1"));
    await cache.set("20261121/host/a", cp949("2"));
    await cache.set("20261121/host/b", cp949("3"));
    expect(
      await Promise.all(["20261120/host/a", "20261121/host/a", "20261121/host/b"].map((key) => cache.get(key))),
    ).toEqual([undefined, expect.objectContaining({ length: 1 }), expect.objectContaining({ length: 1 })]);
  });

  it.each([
    ["ends too early", host(() => archiveOf("가"), { ends: { after: 60, how: "close" }, announced: false })],
    ["holds something else", host(() => zipSync({ "idxcode.mst": cp949("<html>\n</html>") }))],
    ["breaks off", host(() => archiveOf("가"), { ends: { after: 60, how: "error" } })],
  ])("does not keep what %s", async (_what, { fetch }) => {
    const cache = make();
    await failure(loadMaster(idxcode, { fetch, cache }));
    const sound = counting();
    expect(await nameOf({ fetch: sound.fetch, cache })).toBe("1번째");
  });

  it("does not keep what was not read to its end", async () => {
    const long = lines(
      ...Array.from({ length: 100 }, (_unused, index) => line([1, "0"], [4, String(index)], [40, "업종"])),
    );
    const half = host(() => zipSync({ "idxcode.mst": long }, { level: 0 }), { pieceBytes: 100 });
    const cache = make();
    for await (const _row of streamMaster(idxcode, { fetch: half.fetch, cache })) break;
    const { fetch, asked } = counting();
    expect(await nameOf({ fetch, cache })).toBe("1번째");
    expect(asked).toHaveLength(1);
  });

  it("tells of a kept file that it is all there", async () => {
    const { fetch } = counting();
    const cache = make();
    await nameOf({ fetch, cache });
    const onProgress = vi.fn();
    await nameOf({ fetch, cache, onProgress });
    const { length } = archiveOf("1번째");
    expect(onProgress.mock.calls).toEqual([[{ read: length, total: length }]]);
  });

  it("is not asked about bytes that the caller has", async () => {
    const cache = { get: vi.fn(), set: vi.fn() };
    await loadMaster(idxcode, { bytes: archiveOf("가"), cache });
    expect([cache.get, cache.set].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });
});

describe("fileCache", () => {
  const names = async () => (await readdir(directory)).sort();

  it("shares files between processes, under names that say what they are", async () => {
    const { fetch, asked } = counting();
    await nameOf({ fetch, cache: fileCache({ directory }) });
    await nameOf({ fetch, cache: fileCache({ directory }) });
    expect(asked).toHaveLength(1);
    expect(await names()).toEqual(["kofin-20261121-new.real.download.dws.co.kr-common-master-idxcode.mst.zip"]);
    expect(new Uint8Array(await readFile(join(directory, (await names())[0] ?? "")))).toEqual(archiveOf("1번째"));
  });

  it("removes its own files of the days before, half-written ones among them, and nothing else", async () => {
    await mkdir(directory, { recursive: true });
    const others = ["20261120-mine.zip", "kofin-notes.txt", "kofin-20261122-host-a", "kofin-20261121-host-b"];
    for (const name of [...others, "kofin-20261120-host-a", "kofin-20261119-host-a.0000.tmp"])
      await writeFile(join(directory, name), "");
    await fileCache({ directory }).set("20261121/host/c", cp949("1"));
    expect(await names()).toEqual([...others, "kofin-20261121-host-c"].sort());
  });

  it("leaves no way out of its directory", async () => {
    await fileCache({ directory }).set("20261121/../../../etc/x", cp949("1"));
    expect(await names()).toEqual(["kofin-20261121-..-..-..-etc-x"]);
  });

  it("says when its directory cannot be used, and wants one", async () => {
    await mkdir(join(directory, ".."), { recursive: true });
    await writeFile(directory, "a file");
    const error = await failure(
      loadMaster(kospi, { fetch: counting().fetch, cache: fileCache({ directory }) }),
      InvalidInputError,
    );
    expect(error).toMatchObject({ code: "STORE_UNUSABLE", operation: "fileCache", field: "directory" });
    expect(() => fileCache({ directory: "" })).toThrow(InvalidInputError);
  });
});
