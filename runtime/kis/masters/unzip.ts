import { need } from "../../need.js";
import { incomplete, unreadable } from "./error.js";
import { joined } from "./lines.js";
import type { Master } from "./master.js";

/**
 * The file in an archive, as the archive arrives. Needs the package `fflate` (an optional peer of kofin), which is loaded here.
 * @throws MasterError when the archive ends too early, is none, or does not hold the file; InvalidInputError `PACKAGE_MISSING`
 */
export async function* unzipped(
  master: Master<object>,
  archive: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const { Unzip, UnzipInflate } = await need("fflate", () => import("fflate"));
  const names: string[] = [];
  const pieces: Uint8Array[] = [];
  let state: "sought" | "open" | "read" = "sought";
  const unzip = new Unzip((file) => {
    names.push(file.name);
    if (state !== "sought" || !isWanted(file.name, master.entry)) return;
    state = "open";
    file.ondata = (error, piece, isLast) => {
      // It comes out of `push` again.
      if (error) throw error;
      pieces.push(piece);
      if (isLast) state = "read";
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const push = (piece: Uint8Array, isLast: boolean) => {
    try {
      unzip.push(piece, isLast);
    } catch (cause) {
      throw unreadable(master, "the archive is broken", cause);
    }
  };

  const ends = new ArchiveEnds();
  for await (const piece of archive) {
    ends.see(piece);
    if (!ends.isArchive) throw unreadable(master, "it is no zip archive");
    push(piece, false);
    yield* pieces.splice(0);
  }
  if (!ends.isWhole) throw incomplete(master, "the archive ends too early");
  push(new Uint8Array(), true);
  yield* pieces.splice(0);
  if (names.length === 0 || state === "sought")
    throw unreadable(master, `no ${master.entry ?? "file"} in the archive, only ${names.join(", ") || "nothing"}`);
  if (state === "open") throw incomplete(master, `${master.entry ?? names[0]} ends too early`);
}

/** Archives differ in capitals, and may put a folder before the name. Where no name is known, any file will do. */
function isWanted(name: string, entry: string | undefined): boolean {
  const own = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
  return entry === undefined ? own !== "" : own === entry.toLowerCase();
}

/** What an archive begins with: its first file, or its end when there is none. */
const BEGINNINGS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
];

export function beginsArchive(bytes: Uint8Array): boolean {
  return BEGINNINGS.some((beginning) => beginning.every((byte, at) => bytes[at] === byte));
}

/** The last record of an archive has 22 bytes and a comment, whose length is its last two. */
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

/** Both ends of an archive. Unpacking does not ask for the last record, so an archive without it would pass for a whole one. */
class ArchiveEnds {
  #first: Uint8Array = new Uint8Array();
  #last: Uint8Array = new Uint8Array();

  see(piece: Uint8Array): void {
    if (this.#first.length < 4) this.#first = joined(this.#first, piece.subarray(0, 4));
    this.#last = joined(this.#last, piece).slice(-(END_BYTES + LONGEST_COMMENT));
  }

  /** As far as one can see. */
  get isArchive(): boolean {
    return this.#first.length < 4 || beginsArchive(this.#first);
  }

  get isWhole(): boolean {
    const last = this.#last;
    for (let at = last.length - END_BYTES; at >= 0; at--) {
      const isRecord = last[at] === 0x50 && last[at + 1] === 0x4b && last[at + 2] === 0x05 && last[at + 3] === 0x06;
      const comment = (last[at + 20] ?? 0) + ((last[at + 21] ?? 0) << 8);
      if (isRecord && at + END_BYTES + comment === last.length) return true;
    }
    return false;
  }
}
