import { fork } from "node:child_process";
import { once } from "node:events";

/** Runs `work` against a server process on loopback, and ends the process whatever becomes of the work. */
export async function withServer<T>(work: (origin: string) => Promise<T>): Promise<T> {
  const child = fork(new URL("server.js", import.meta.url));
  try {
    const [origin] = (await once(child, "message", { signal: AbortSignal.timeout(10_000) })) as [string];
    return await work(origin);
  } finally {
    child.kill();
  }
}
