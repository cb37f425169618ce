import { strToU8, Zip, ZipDeflate, ZipPassThrough, zipSync } from "fflate";
import { InvalidInputError } from "kofin";
import { focode, idxcode, loadMaster, MasterError, member, memoryCache } from "kofin/kis/masters";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failure } from "../support/failure.js";
import { host } from "./host.js";
import { cp949, joined, line, lines } from "./writer.js";

const file = lines(...["0001", "0002", "1001"].map((code) => line([1, "0"], [4, code], [40, `업종${code}`])));

/** As programs write archives that do not know yet how long a file will be: its length stands behind it. */
function streamed(files: Record<string, Uint8Array>, pack: typeof ZipDeflate | typeof ZipPassThrough): Uint8Array {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  for (const [name, bytes] of Object.entries(files)) {
    const entry = new pack(name);
    zip.add(entry);
    entry.push(bytes.subarray(0, 20));
    entry.push(bytes.subarray(20), true);
  }
  zip.end();
  return joined(...parts);
}

const archives: [string, Uint8Array][] = [
  ["compressed", zipSync({ "idxcode.mst": file })],
  ["stored", zipSync({ "idxcode.mst": file }, { level: 0 })],
  ["compressed, its length behind it", streamed({ "idxcode.mst": file }, ZipDeflate)],
  ["stored, its length behind it", streamed({ "idxcode.mst": file }, ZipPassThrough)],
  ["in capitals", zipSync({ "IDXCODE.MST": file })],
  ["in a folder", zipSync({ master: { "idxcode.mst": file } })],
  ["behind another", zipSync({ "readme.txt": strToU8("읽어 두세요\n"), "idxcode.mst": file })],
  [
    "behind another, its length behind it",
    streamed({ "readme.txt": strToU8("읽어 두세요\n"), "Idxcode.mst": file }, ZipDeflate),
  ],
  ["before another", zipSync({ "idxcode.mst": file, "zzz.txt": strToU8("끝") })],
  ["with a comment", withComment(zipSync({ "idxcode.mst": file }), "PK\x05\x06 comment")],
];

function withComment(archive: Uint8Array, comment: string): Uint8Array {
  const bytes = joined(archive, strToU8(comment));
  bytes[archive.length - 2] = comment.length;
  return bytes;
}

const load = (archive: Uint8Array, pieceBytes?: number) =>
  loadMaster(idxcode, { fetch: host(() => archive, { announced: false, ...(pieceBytes && { pieceBytes }) }).fetch });

describe.each(archives)("an archive, %s", (_, archive) => {
  it.each([1, 7, 64, 1_000_000])("is read as it arrives, %i bytes at a time", async (pieceBytes) => {
    const { rows } = await load(archive, pieceBytes);
    expect(rows.map(({ idx_code }) => idx_code)).toEqual(["0001", "0002", "1001"]);
  });

  it("that ends too early is an error, wherever it ends", async () => {
    const codes = new Map<string, number>();
    for (let length = 0; length < archive.length; length++) {
      const error = await failure(load(archive.subarray(0, length), 50), MasterError);
      codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
    }
    expect([...codes.keys()]).toContain("MASTER_INCOMPLETE");
    // Nothing at all is no archive; everything else might have become one.
    expect(codes.get("MASTER_UNREADABLE") ?? 0).toBeLessThanOrEqual(1);
  });
});

describe("what is no such archive", () => {
  const broken = () => {
    const archive = zipSync({ "idxcode.mst": file });
    // Within the compressed bytes, behind the name.
    archive.fill(0xff, 45, 60);
    return archive;
  };

  it.each([
    ["another file in it", zipSync({ "kospi_code.mst": file }), /no idxcode.mst in the archive, only kospi_code.mst/],
    ["no file in it", zipSync({}), /no idxcode.mst in the archive, only nothing/],
    ["plain bytes", file, /it is no zip archive/],
    ["broken inside", broken(), /the archive is broken/],
  ])("%s", async (_, archive, message) => {
    const error = await failure(load(archive), MasterError);
    expect([error.code, error.message]).toEqual(["MASTER_UNREADABLE", expect.stringMatching(message)]);
  });

  it("a kind of compression that nobody uses any more", async () => {
    const archive = zipSync({ "idxcode.mst": file });
    archive[8] = 6;
    expect(await failure(load(archive), MasterError)).toMatchObject({ code: "MASTER_UNREADABLE" });
  });
});

it("of a file whose name in an archive nobody knows, any file will do", async () => {
  const bytes = zipSync({ folder: { "focode.mst": lines(line([344, "OESZ26 C6000"])) } });
  expect((await loadMaster(focode, { bytes })).rows[0]?.sSrsCd).toBe("OESZ26 C6000");
});

describe("without fflate", () => {
  afterEach(() => {
    vi.doUnmock("fflate");
    vi.resetModules();
  });

  it("says which package to install, and reads what needs none", async () => {
    vi.doMock("fflate", () => {
      throw Object.assign(new Error("Cannot find package 'fflate'"), { code: "ERR_MODULE_NOT_FOUND" });
    });
    const cache = memoryCache();
    const options = {
      fetch: host((path) => (path.endsWith(".zip") ? zipSync({ "idxcode.mst": file }) : cp949("00901가0"))).fetch,
      cache,
    };
    const error = await failure(loadMaster(idxcode, options), InvalidInputError);
    expect(error).toMatchObject({ code: "PACKAGE_MISSING", field: "fflate" });
    expect(error.message).toContain("npm install fflate");
    expect((await loadMaster(member, options)).rows).toHaveLength(1);
    expect((await loadMaster(idxcode, { bytes: file })).rows).toHaveLength(3);
  });
});
