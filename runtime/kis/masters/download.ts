import { withDeadline } from "../../call/deadline.js";
import { toKofinError } from "../../call/network.js";
import { HttpError } from "../../errors/answer.js";
import { KofinError } from "../../errors/kofin-error.js";
import { contextOf, incomplete, unreadable } from "./error.js";
import type { Master } from "./master.js";
import { MASTER_TIMEOUT_MS, type MasterOptions } from "./options.js";

/**
 * The bytes of a file as they arrive. Whoever stops asking for them ends the download.
 * @throws HttpError, NetworkError (`NETWORK`, `TIMEOUT`, `ABORTED`), MasterError when less arrives than was announced
 */
export async function* download(
  master: Master<object>,
  url: URL,
  { fetch = globalThis.fetch, signal, timeoutMs = MASTER_TIMEOUT_MS, onProgress }: MasterOptions,
): AsyncGenerator<Uint8Array, void> {
  const context = contextOf(master);
  const connection = new AbortController();
  const inTime = <T>(work: () => Promise<T>) => withDeadline({ signal, timeoutMs }, work);
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    const init = { method: "GET", headers: new Headers(), signal: connection.signal };
    const response = await inTime(() => fetch(url.href, init));
    const { status } = response;
    if (!response.ok)
      throw new HttpError(`HTTP_${status}`, `${context.operation}: HTTP ${status}`, { ...context, response });
    // A gateway's page may come with any status, and a file that is no archive could be mistaken for it.
    if (response.headers.get("Content-Type")?.includes("html")) {
      throw unreadable(master, "a web page came instead of the file");
    }
    const total = announced(response);
    const reader = response.body?.getReader();
    body = reader;
    let read = 0;
    for (;;) {
      const piece = reader && (await inTime(() => reader.read()));
      if (piece === undefined || piece.done) break;
      read += piece.value.length;
      onProgress?.({ read, total });
      yield piece.value;
    }
    if (total !== undefined && read < total) throw incomplete(master, `${read} of ${total} bytes arrived`);
  } catch (error) {
    if (error instanceof KofinError) throw error;
    throw toKofinError(error, { ...context, mayHaveArrived: true, signal, clean: (text) => text });
  } finally {
    connection.abort();
    // A transport may pay no heed to signals.
    body?.cancel().catch(() => {});
  }
}

/** How many bytes there will be. What is compressed on the way has another length when it arrives. */
function announced({ headers }: Response): number | undefined {
  const length = headers.get("Content-Length");
  return length === null || headers.has("Content-Encoding") ? undefined : Number(length);
}
