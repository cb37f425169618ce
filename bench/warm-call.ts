/**
 * `node warm-call.js <provider> <origin>`: the files that one call runs when all that it needs has been loaded by calls before it, as
 * a JSON list on standard output. Node's own files and those of the benchmarks are not among them. A process of its own: while
 * functions are counted, nothing runs as it does otherwise.
 */
import { type Profiler, Session } from "node:inspector";
import { calls } from "./calls/all.js";

/** The first one loads what it needs; the others may meet what it left to be done. */
const CALLS_BEFORE = 3;

async function filesOfOneCall(call: () => Promise<unknown>): Promise<string[]> {
  for (let count = 0; count < CALLS_BEFORE; count++) await call();
  const session = new Session();
  session.connect();
  await new Promise<void>((resolve) => session.post("Profiler.enable", () => resolve()));
  await new Promise<void>((resolve, reject) =>
    session.post("Profiler.startPreciseCoverage", { callCount: true }, (error) => (error ? reject(error) : resolve())),
  );
  await call();
  const scripts = await new Promise<Profiler.ScriptCoverage[]>((resolve, reject) =>
    session.post("Profiler.takePreciseCoverage", (error, taken) => (error ? reject(error) : resolve(taken.result))),
  );
  session.disconnect();
  return scripts.filter(hasRun).map(({ url }) => url);
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
