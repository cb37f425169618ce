/**
 * What a call costs beyond what anybody would write by hand, and beside the official client. All sides send the same request to
 * the same server and end up with the same decoded object.
 */
import { createRequire } from "node:module";
import { createCodef } from "kofin/codef";
import { accountTransactionList } from "kofin/codef/bank";
import { undiciTransport } from "kofin/node";
import { request } from "undici";
import { withServer } from "./local-server.js";
import { timesAsLong } from "./pace.js";
import { type Row, row } from "./row.js";

const path = "/v1/kr/bank/p/account/transaction-list";
const input = {
  organization: "0004",
  connectedId: "sandbox_connectedId",
  account: "05300000004040",
  startDate: "20260601",
  endDate: "20260630",
  orderBy: "0",
  inquiryType: "1",
};
const headers = { Authorization: "Bearer bench-token", "Content-Type": "application/json" };

const encode = () => encodeURIComponent(JSON.stringify(input));
const decode = (text: string): unknown => JSON.parse(decodeURIComponent(text.replaceAll("+", " ")));

export function overFetch(): Promise<Row> {
  return withServer(async (origin) => {
    const codef = createCodef({ baseUrl: origin, oauthUrl: origin });
    const byHand = async () => {
      const response = await fetch(origin + path, { method: "POST", headers, body: encode() });
      return decode(await response.text());
    };
    const ratio = await timesAsLong(() => accountTransactionList(codef, input), byHand);
    return row({ name: "call over fetch, against fetch by hand", unit: "x", most: 1.15 }, ratio);
  });
}

export function overUndici(): Promise<Row> {
  return withServer(async (origin) => {
    const codef = createCodef({ baseUrl: origin, oauthUrl: origin, fetch: undiciTransport() });
    const byHand = async () => {
      const { body } = await request(origin + path, { method: "POST", headers, body: encode() });
      return decode(await body.text());
    };
    const ratio = await timesAsLong(() => accountTransactionList(codef, input), byHand);
    return row({ name: "call over kofin/node, against undici by hand", unit: "x", most: 1.4 }, ratio);
  });
}

export function besideEasycodef(): Promise<Row> {
  return withServer(async (origin) => {
    const codef = createCodef({ baseUrl: origin, oauthUrl: origin, fetch: undiciTransport() });
    const easyCodef = loadEasycodef(origin);
    const ratio = await timesAsLong(
      () => easyCodef.requestProduct(path, SANDBOX, input),
      () => accountTransactionList(codef, input),
    );
    return row({ name: "calls per second of kofin/node, against easycodef-node", unit: "x", least: 1.8 }, ratio);
  });
}

/** easycodef-node's name for the sandbox. */
const SANDBOX = 2;

interface EasyCodef {
  setPublicKey(key: string): void;
  requestProduct(path: string, service: number, body: object): Promise<unknown>;
}

/** The package as it is, its host names led to `origin`: it reads them from one module when it is loaded. */
function loadEasycodef(origin: string): EasyCodef {
  const require = createRequire(import.meta.url);
  Object.assign(require("easycodef-node/dist/constant"), { OAUTH_DOMAIN: origin, SANDBOX_DOMAIN: origin });
  const { EasyCodef } = require("easycodef-node") as { EasyCodef: new () => EasyCodef };
  const client = new EasyCodef();
  client.setPublicKey("any text: nothing is encrypted here, but it insists");
  return client;
}
