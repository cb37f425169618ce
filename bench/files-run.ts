import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { calls } from "./calls/all.js";
import { withServer } from "./local-server.js";
import { type Row, row } from "./row.js";

/** How many files a reader passes who follows one call that succeeds: the generated one, kofin's and openapi-fetch's. */
export async function filesRun(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [provider, { name }] of Object.entries(calls)) {
    const files = await withServer((origin) => filesOfWarmCall(provider, origin));
    rows.push(row({ name: `${name}: files run by one warm call`, unit: "files", most: 20 }, files.length));
  }
  return rows;
}

const script = fileURLToPath(new URL("warm-call.js", import.meta.url));

async function filesOfWarmCall(provider: string, origin: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, provider, origin], { timeout: 30_000 });
  const files = JSON.parse(stdout) as string[];
  if (!files.some((file) => file.includes(`/generated/${provider}/`)))
    throw new Error(`The call of ${provider} ran nothing of it: ${stdout}`);
  return files;
}
