import { toKofinError } from "../../call/network.js";
import { InvalidInputError } from "../../errors/invalid-input.js";
import { cacheKey } from "./cache.js";
import { download } from "./download.js";
import { contextOf } from "./error.js";
import type { Master, MasterRow } from "./master.js";
import type { MasterOptions } from "./options.js";
import { type RowReader, rowReader } from "./rows.js";
import { beginsArchive, unzipped } from "./unzip.js";

/** As much as arrives at once from a network. */
const PIECE_BYTES = 0x10000;

/** A master file before it is read. */
interface Source {
  pieces: AsyncIterable<Uint8Array>;
  isArchive: boolean;
  /** Once it has been read to its end, and was sound. */
  keep?: () => Promise<void>;
}

/** Rows as they become known, some at a time. The file has been read to its end, and was sound, when the last are there. */
export async function* rowsOf<Row extends object>(
  master: Master<Row>,
  options: MasterOptions,
): AsyncGenerator<MasterRow<Row>[], void> {
  const reader: RowReader<Row> = rowReader(master, options.onFlaw);
  const { pieces, isArchive, keep } = await open(master, options);
  for await (const piece of isArchive ? unzipped(master, pieces) : pieces) {
    const rows = reader.push(piece);
    if (rows.length > 0) yield rows;
  }
  const last = reader.finish();
  await keep?.();
  yield last;
}

/** From the caller, from the cache, or from the host. */
async function open(master: Master<object>, options: MasterOptions): Promise<Source> {
  const { bytes, baseUrl = master.host, cache, signal, onProgress } = options;
  refuseEnded(master, signal);
  if (bytes) return { pieces: whole(bytes), isArchive: beginsArchive(bytes) };
  const isArchive = master.entry !== undefined;
  const url = addressOf(master, baseUrl);
  if (!cache) return { pieces: download(master, url, options), isArchive };
  const key = cacheKey(url, Date.now());
  const kept = await cache.get(key);
  if (kept) {
    onProgress?.({ read: kept.length, total: kept.length });
    return { pieces: whole(kept), isArchive };
  }
  const parts: Uint8Array[] = [];
  const pieces = noted(download(master, url, options), parts);
  return { pieces, isArchive, keep: () => cache.set(key, together(parts)) };
}

function refuseEnded(master: Master<object>, signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw toKofinError(signal.reason, { ...contextOf(master), mayHaveArrived: false, signal, clean: (text) => text });
}

function addressOf(master: Master<object>, baseUrl: string): URL {
  const context = contextOf(master);
  if (master.path === undefined) {
    const message = `${context.operation}: nobody knows its address; pass the file as bytes`;
    throw new InvalidInputError("INPUT_MISSING", message, { ...context, field: "bytes" });
  }
  try {
    return new URL(`${baseUrl.replace(/\/+$/, "")}${master.path}`);
  } catch (cause) {
    throw new InvalidInputError("INPUT_INVALID", `${context.operation}: baseUrl is no address`, {
      ...context,
      field: "baseUrl",
      cause,
    });
  }
}

/** Piece by piece, so that rows come a few at a time here as well. */
async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

async function* noted(pieces: AsyncIterable<Uint8Array>, parts: Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  for await (const piece of pieces) {
    parts.push(piece);
    yield piece;
  }
}

function together(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
