/**
 * KIS beside `cluefin-openapi`, the strongest TypeScript client there is: the same quote from the same server, with the same limits
 * out of the way. Their package is unmodified; only its base URL is another.
 */
import { KisHttpClient } from "cluefin-openapi";
import { undiciTransport } from "kofin/node";
import { gzippedBytes } from "./bundle.js";
import { TOKEN } from "./calls/call.js";
import { appKey, appSecret, kisCall, PLENTY } from "./calls/kis.js";
import { millisecondsToRun } from "./cold-import.js";
import { withServer } from "./local-server.js";
import { timesAsLong } from "./pace.js";
import { median, type Row, row } from "./row.js";

const RUNS = 15;

export async function besideCluefin(): Promise<Row[]> {
  return [await calls(), importTime(), await bundle()];
}

function calls(): Promise<Row> {
  return withServer(async (origin) => {
    const cluefin = new KisHttpClient({
      ...{ token: TOKEN, appKey, secretKey: appSecret, env: "prod" },
      ...{ rateLimitRequestsPerSecond: PLENTY, rateLimitBurst: PLENTY },
    });
    Object.assign(cluefin, { baseUrl: origin });
    const ratio = await timesAsLong(
      () => cluefin.domesticBasicQuote.getStockCurrentPrice({ fidCondMrktDivCode: "J", fidInputIscd: "005930" }),
      kisCall.byKofin(origin, { fetch: undiciTransport(), unlimited: true }),
    );
    return row({ name: "KIS: calls per second of kofin/node, against cluefin-openapi", unit: "x", least: 4 }, ratio);
  });
}

const OURS = `import { createKis } from "kofin/kis"; import { inquirePrice } from "kofin/kis/domestic-stock-quotations";`;
const THEIRS = `import { KisHttpClient } from "cluefin-openapi";`;

function importTime(): Row {
  const ratios: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const bare = millisecondsToRun("");
    ratios.push((millisecondsToRun(OURS) - bare) / (millisecondsToRun(THEIRS) - bare));
  }
  return row(
    { name: "KIS: import time of client and function, against cluefin-openapi", unit: "x", most: 0.2 },
    median(ratios),
  );
}

async function bundle(): Promise<Row> {
  const ours = `${OURS} export const load = (options, input) => inquirePrice(createKis(options), input);`;
  const theirs = `${THEIRS}
    export const load = (options, input) => new KisHttpClient(options).domesticBasicQuote.getStockCurrentPrice(input);`;
  const ratio =
    (await gzippedBytes(ours, { all: true })) / (await gzippedBytes(theirs, { platform: "node", all: true }));
  return row(
    { name: "KIS: bundle of one function with all its chunks, gzipped, against cluefin-openapi", unit: "x", most: 0.2 },
    ratio,
  );
}
