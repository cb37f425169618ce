/**
 * The client that the KIS examples share. Without keys it talks to a sandbox inside this process: no account, no network, prices
 * that are made up. With keys of apiportal.koreainvestment.com in the environment it talks to KIS:
 *
 *   KIS_ENVIRONMENT=mock KIS_APP_KEY=… KIS_APP_SECRET=… KIS_ACCOUNT=12345678-01 node dist/examples/kis-balance.js
 */
import { createKis, type Kis, type KisEnvironment } from "kofin/kis";
import { fileStore } from "kofin/node";
import { createSandbox } from "kofin/sandbox";

const { KIS_ENVIRONMENT, KIS_APP_KEY = "", KIS_APP_SECRET = "", KIS_ACCOUNT, KIS_HTS_ID } = process.env;

/** What stands in for KIS; undefined when it is KIS itself. */
export const sandbox = KIS_APP_KEY === "" ? createSandbox().kis : undefined;

export const kis: Kis = sandbox
  ? createKis({ ...(KIS_ENVIRONMENT === "mock" ? sandbox.mockOptions : sandbox.options) })
  : createKis({
      environment: environmentOf(KIS_ENVIRONMENT),
      appKey: KIS_APP_KEY,
      appSecret: KIS_APP_SECRET,
      ...(KIS_ACCOUNT && { account: KIS_ACCOUNT }),
      ...(KIS_HTS_ID && { htsId: KIS_HTS_ID }),
      // KIS issues one token a minute and announces each to the account's owner: kept here, it serves every program for a day.
      store: fileStore({ directory: ".kofin" }),
    });

/** Programs that send orders call it first: with the keys of a real account they want to be told so. */
export function refuseRealMoney(): void {
  if (sandbox || kis.environment === "mock" || process.argv.includes("--real-money")) return;
  throw new Error(
    "These would be real orders. Use the keys of a mock account (KIS_ENVIRONMENT=mock), or say --real-money.",
  );
}

/** The two pairs of keys look alike, so nobody guesses which one this is. */
function environmentOf(name: string | undefined): KisEnvironment {
  if (name === "mock" || name === "real") return name;
  throw new Error("Say in KIS_ENVIRONMENT whose keys these are: mock (모의투자) or real (실전투자)");
}
