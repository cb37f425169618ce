import { PUBLIC_CLIENT, type Sandbox } from "../../sandbox/index.js";

/** What to put into a client to talk to a sandbox at `url`, for each of `providers` that it serves. */
export function greeting(sandbox: Sandbox, url: string, providers: readonly string[]): string {
  const served = providers.filter((name) => SECTIONS[name] !== undefined || sandbox.providers.includes(name));
  const sections = served.map((name) => SECTIONS[name]?.(sandbox, url) ?? ofSpecsAlone(sandbox, url, name));
  return [
    `kofin sandbox listens on ${url} (Ctrl-C stops it)`,
    ...sections,
    `Controls for tests: GET ${url}/__sandbox lists them.`,
  ].join("\n\n");
}

const SECTIONS: Readonly<Record<string, (sandbox: Sandbox, url: string) => string>> = {
  codef: ({ codef }, url) => `CODEF
  base URL and OAuth URL  ${url}
  client id               ${PUBLIC_CLIENT.clientId} (the public sandbox client)
  public key              ${codef.publicKey}

  import { createCodef } from "kofin/codef";
  import { accountList } from "kofin/codef/bank";

  const codef = createCodef({ baseUrl: "${url}", oauthUrl: "${url}" });
  const { data } = await accountList(codef, { organization: "0004", connectedId: "sandbox_connectedId" });`,

  kis: ({ kis: { options, mockOptions } }, url) => `KIS
  base URL       ${url}, realtime ${url.replace("http", "ws")}/tryitout
  app key        ${options.appKey} (real), ${mockOptions.appKey} (mock)
  app secret     GET ${url}/__sandbox/kis shows both, they are long
  account        ${options.account} (real), ${mockOptions.account} (mock)
  HTS id         ${options.htsId}

  import { createKis } from "kofin/kis";
  import { inquirePrice } from "kofin/kis/domestic-stock-quotations";

  const kis = createKis({ environment: "real", appKey, appSecret, account, baseUrl: "${url}" });
  const { data } = await inquirePrice(kis, { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" });`,

  kiwoom: ({ kiwoom: { options } }, url) => `Kiwoom
  base URL       ${url}/kiwoom, realtime ${url.replace("http", "ws")}
  app key        ${options.appKey}
  secret key     ${options.secretKey}

  import { createKiwoom } from "kofin/kiwoom";
  import { stockInfo } from "kofin/kiwoom/domestic-stock-info";

  const kiwoom = createKiwoom({ environment: "real", appKey, secretKey, baseUrl: "${url}/kiwoom" });
  const { data } = await stockInfo(kiwoom, { stk_cd: "005930" });`,

  openbanking: ({ openBanking: { options } }, url) => `Open Banking
  base URL       ${url}
  client         ${options.clientId}, secret ${options.clientSecret}
  use code       ${options.useCode} (${options.institutionScope})
  redirect URI   ${options.redirectUri}

  import { authorizeUrl, createOpenBanking } from "kofin/openbanking";

  const openBanking = createOpenBanking({ environment: "test", clientId, clientSecret, useCode, institutionScope, redirectUri, baseUrl: "${url}" });
  const { url, state } = authorizeUrl(openBanking, { scope: ["login", "inquiry"] });  // open it in a browser`,

  tossinvest: ({ tossinvest: { options } }, url) => `Toss Securities
  base URL       ${url}/tossinvest, realtime ${url.replace("http", "ws")}/ws/v1
  client         ${options.clientId}, secret ${options.clientSecret}
  accountSeq     ${options.accountSeq}

  import { createTossinvest } from "kofin/tossinvest";
  import { getPrices } from "kofin/tossinvest/market-data";

  const toss = createTossinvest({ clientId, clientSecret, accountSeq: 1, baseUrl: "${url}/tossinvest" });
  const { data } = await getPrices(toss, { symbols: "005930" });`,

  woori: ({ woori: { options } }, url) => `Woori
  base URL       ${url}
  app key        ${options.appKey}
  secret key     ${options.secretKey}

  import { createWoori } from "kofin/woori";
  import { getAccTransList } from "kofin/woori/finance";

  const woori = createWoori({ appKey, secretKey, baseUrl: "${url}" });`,
};

/** Of a provider that has nothing but specs: where it is, and what its client is made with. */
function ofSpecsAlone(sandbox: Sandbox, url: string, name: string): string {
  const { fetch: _, baseUrl: __, ...keys } = sandbox.provider(name).options;
  const lines = Object.entries(keys).map(([key, value]) => `  ${key.padEnd(13)}  ${value}`);
  return [name, `  base URL       ${url}/${name}`, ...lines].join("\n");
}
