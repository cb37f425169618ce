/**
 * KIS and Kiwoom beside `cluefin-openapi`, the strongest TypeScript client there is: the same quote from the same server, with the same
 * limits out of the way. Their package is unmodified; only its base URL is another.
 */
import { KisHttpClient, KiwoomClient } from "cluefin-openapi";
import { undiciTransport } from "kofin/node";
import { gzippedBytes } from "./bundle.js";
import { type ProviderCall, TOKEN } from "./calls/call.js";
import { appKey, appSecret, kisCall, PLENTY } from "./calls/kis.js";
import { kiwoomCall } from "./calls/kiwoom.js";
import { millisecondsToRun } from "./cold-import.js";
import { withServer } from "./local-server.js";
import { timesAsLong } from "./pace.js";
import { median, type Row, row } from "./row.js";

const RUNS = 15;

/** What stands side by side: a quote by them and by us, as calls and as programs. */
interface Pair {
  name: string;
  /** Makes their client for a server. */
  theirs(origin: string): () => Promise<unknown>;
  ours: ProviderCall;
  theirProgram: { client: string; call: string };
  ourProgram: { imports: string; call: string };
}

const limits = { rateLimitRequestsPerSecond: PLENTY, rateLimitBurst: PLENTY };

const pairs: readonly Pair[] = [
  {
    name: "KIS",
    theirs(origin) {
      const client = new KisHttpClient({ token: TOKEN, appKey, secretKey: appSecret, env: "prod", ...limits });
      Object.assign(client, { baseUrl: origin });
      const input = { fidCondMrktDivCode: "J", fidInputIscd: "005930" };
      return () => client.domesticBasicQuote.getStockCurrentPrice(input);
    },
    ours: kisCall,
    theirProgram: { client: "KisHttpClient", call: "domesticBasicQuote.getStockCurrentPrice(input)" },
    ourProgram: {
      imports: `import { createKis } from "kofin/kis"; import { inquirePrice } from "kofin/kis/domestic-stock-quotations";`,
      call: "inquirePrice(createKis(options), input)",
    },
  },
  {
    name: "Kiwoom",
    theirs(origin) {
      const client = new KiwoomClient({ token: TOKEN, env: "prod", ...limits });
      Object.assign(client, { baseUrl: origin });
      return () => client.domesticStockInfo.getStockInfo({ stkCd: "005930" });
    },
    ours: kiwoomCall,
    theirProgram: { client: "KiwoomClient", call: "domesticStockInfo.getStockInfo(input)" },
    ourProgram: {
      imports: `import { createKiwoom } from "kofin/kiwoom"; import { stockInfo } from "kofin/kiwoom/domestic-stock-info";`,
      call: "stockInfo(createKiwoom(options), input)",
    },
  },
];

export async function besideCluefin(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const pair of pairs) rows.push(await calls(pair), importTime(pair), await bundle(pair));
  return rows;
}

function calls({ name, theirs, ours }: Pair): Promise<Row> {
  return withServer(async (origin) => {
    const options = { fetch: undiciTransport(), unlimited: true };
    const ratio = await timesAsLong(theirs(origin), ours.byKofin(origin, options));
    return row(
      { name: `${name}: calls per second of kofin/node, against cluefin-openapi`, unit: "x", least: 4 },
      ratio,
    );
  });
}

function importOf({ client }: Pair["theirProgram"]): string {
  return `import { ${client} } from "cluefin-openapi";`;
}

function importTime({ name, theirProgram, ourProgram }: Pair): Row {
  const ratios: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const bare = millisecondsToRun("");
    const ours = millisecondsToRun(ourProgram.imports) - bare;
    ratios.push(ours / (millisecondsToRun(importOf(theirProgram)) - bare));
  }
  const what = `${name}: import time of client and function, against cluefin-openapi`;
  return row({ name: what, unit: "x", most: 0.2 }, median(ratios));
}

async function bundle({ name, theirProgram, ourProgram }: Pair): Promise<Row> {
  const ours = `${ourProgram.imports} export const load = (options, input) => ${ourProgram.call};`;
  const { client, call } = theirProgram;
  const theirs = `${importOf(theirProgram)} export const load = (options, input) => new ${client}(options).${call};`;
  const ratio =
    (await gzippedBytes(ours, { all: true })) / (await gzippedBytes(theirs, { platform: "node", all: true }));
  const what = `${name}: bundle of one function with all its chunks, gzipped, against cluefin-openapi`;
  return row({ name: what, unit: "x", most: 0.2 }, ratio);
}
