/**
 * `node warm-call.js <provider> <origin>`: the files that one call runs when all that it needs has been loaded by calls before it, as
 * a JSON list on standard output. Node's own files and those of the benchmarks are not among them. A process of its own: while
 * functions are counted, nothing runs as it does otherwise.
 */
import { type Profiler, Session } from "node:inspector";
import { setTimeout as sleep } from "node:timers/promises";
import { calls } from "./calls/all.js";

/** What a client loads in the background may run beside a call and be counted with it: of several calls the one with the fewest. */
const CALLS = 5;
const PAUSE_MS = 100;

async function filesOfOneCall(call: () => Promise<unknown>): Promise<string[]> {
  await call();
  const session = new Session();
  session.connect();
  await new Promise<void>((resolve) => session.post("Profiler.enable", () => resolve()));
  await new Promise<void>((resolve, reject) =>
    session.post("Profiler.startPreciseCoverage", { callCount: true }, (error) => (error ? reject(error) : resolve())),
  );
  let fewest: string[] | undefined;
  for (let count = 0; count < CALLS; count++) {
    await sleep(PAUSE_MS);
    // Taking what was counted sets the counters back.
    await take(session);
    await call();
    const files = (await take(session)).filter(hasRun).map(({ url }) => url);
    if (!fewest || files.length < fewest.length) fewest = files;
  }
  session.disconnect();
  return fewest ?? [];
}

function take(session: Session): Promise<Profiler.ScriptCoverage[]> {
  return new Promise((resolve, reject) =>
    session.post("Profiler.takePreciseCoverage", (error, taken) => (error ? reject(error) : resolve(taken.result))),
  );
}

const ownFolder = new URL(".", import.meta.url).href;

function hasRun({ url, functions }: Profiler.ScriptCoverage): boolean {
  const isCounted = url.startsWith("file:") && !url.startsWith(ownFolder);
  return isCounted && functions.some(({ ranges }) => ranges.some(({ count }) => count > 0));
}

const [provider = "", origin = ""] = process.argv.slice(2);
const call = calls[provider];
if (!call) throw new Error(`There is no call of "${provider}". There are: ${Object.keys(calls).join(", ")}`);
console.log(JSON.stringify((await filesOfOneCall(call.byKofin(origin))).toSorted()));
