/**
 * What a call over kofin/node costs beyond undici by hand, and beside the official client. All sides send the same request to the
 * same server and end up with the same decoded object.
 */
import { createRequire } from "node:module";
import { undiciTransport } from "kofin/node";
import { request } from "undici";
import { codefCall, decode, encode, headers, input, path } from "./calls/codef.js";
import { withServer } from "./local-server.js";
import { timesAsLong } from "./pace.js";
import { type Row, row } from "./row.js";

export function overUndici(): Promise<Row> {
  return withServer(async (origin) => {
    const byKofin = codefCall.byKofin(origin, { fetch: undiciTransport() });
    const byHand = async () => {
      const { body } = await request(origin + path, { method: "POST", headers, body: encode() });
      return decode(await body.text());
    };
    const ratio = await timesAsLong(byKofin, byHand);
    return row({ name: "call over kofin/node, against undici by hand", unit: "x", most: 1.4 }, ratio);
  });
}

export function besideEasycodef(): Promise<Row> {
  return withServer(async (origin) => {
    const byKofin = codefCall.byKofin(origin, { fetch: undiciTransport() });
    const easyCodef = loadEasycodef(origin);
    const ratio = await timesAsLong(() => easyCodef.requestProduct(path, SANDBOX, input), byKofin);
    return row({ name: "calls per second of kofin/node, against easycodef-node", unit: "x", least: 2 }, ratio);
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
