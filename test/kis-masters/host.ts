import { inPieces } from "./writer.js";

/** What a path stands for: a file, an answer of its own, or what `fetch` throws. */
export type Hosted = (path: string) => Uint8Array | Response | Error | undefined;

export interface HostOptions {
  /** Bytes that arrive at once. Default all of them. */
  pieceBytes?: number;
  /** Whether it says how long a file is. Default true. */
  announced?: boolean;
  /** After so many bytes nothing comes any more: the connection ends, or hangs. */
  ends?: { after: number; how: "close" | "error" | "hang" };
}

/** A host of master files, and what it was asked for. */
export function host(answers: Hosted, { pieceBytes, announced = true, ends }: HostOptions = {}) {
  const asked: string[] = [];
  const state = { cancelled: 0, sent: 0 };
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    const answer = answers(new URL(url).pathname);
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) return answer;
    if (answer === undefined) return new Response("Not Found", { status: 404 });
    const whole = ends ? answer.subarray(0, ends.after) : answer;
    const pieces = inPieces(whole, pieceBytes ?? Math.max(1, whole.length));
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const piece = pieces.shift();
          if (piece) {
            state.sent += piece.length;
            controller.enqueue(Uint8Array.from(piece));
          } else if (ends?.how === "error") controller.error(new TypeError("terminated"));
          else if (ends?.how !== "hang") controller.close();
          else return new Promise(() => {});
        },
        cancel() {
          state.cancelled += 1;
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { headers: announced ? { "Content-Length": `${answer.length}` } : {} });
  };
  return { fetch, asked, state };
}
