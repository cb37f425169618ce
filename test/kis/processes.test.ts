import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { root } from "../../bench/package-root.js";
import { type Loopback, serve } from "../support/loopback.js";
import { price } from "./operations.js";
import { success, tokenAnswer, tokenRefusal } from "./scripted.js";

const run = promisify(execFile);
const PROCESSES = 8;

let directory: string;
let server: Loopback;
/** What was asked for, and with which tokens the calls came. */
let tokenRequests = 0;
let bearers: string[] = [];

beforeEach(async () => {
  tokenRequests = 0;
  bearers = [];
  directory = await mkdtemp(join(tmpdir(), "kofin-processes-"));
  server = await serve(async (request) => {
    if (new URL(request.url).pathname !== "/oauth2/tokenP") {
      bearers.push(request.headers.get("authorization") ?? "");
      return success({ output: { stck_prpr: "71500" } });
    }
    tokenRequests += 1;
    // Slow enough for all of them to come while it is on its way; a second one is refused for a minute.
    if (tokenRequests > 1) return tokenRefusal("EGW00133");
    await new Promise((resolve) => setTimeout(resolve, 500));
    return tokenAnswer("the only token");
  });
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

/** What each process does: nothing but one call. */
function program(password: string | undefined): string {
  const from = (path: string) => JSON.stringify(join(root, path));
  const store = JSON.stringify({ directory, ...(password !== undefined && { password }) });
  return `
    import { call, createKis } from ${from("runtime/kis/index.ts")};
    import { fileStore } from ${from("runtime/node/index.ts")};
    const kis = createKis({
      environment: "real",
      appKey: "the app key of all processes",
      appSecret: "its secret",
      baseUrl: ${JSON.stringify(server.origin)},
      store: fileStore(${store}),
    });
    const { data } = await call(kis, ${JSON.stringify(price)}, { FID_INPUT_ISCD: "005930" });
    console.log(data.output.stck_prpr);`;
}

it.each([
  ["plain", undefined],
  ["encrypted", "correct horse"],
])(
  "eight processes that start cold with one %s file store issue one token between them",
  async (_, password) => {
    const loader = join(root, "node_modules", "tsx", "dist", "loader.mjs");
    const options = ["--import", loader, "--input-type=module", "--eval", program(password)];
    const ran = await Promise.all(Array.from({ length: PROCESSES }, () => run(process.execPath, options)));
    expect(ran.map(({ stdout }) => stdout.trim())).toEqual(Array(PROCESSES).fill("71500"));
    expect(tokenRequests).toBe(1);
    expect(bearers).toEqual(Array(PROCESSES).fill("Bearer the only token"));
  },
  300_000,
);
