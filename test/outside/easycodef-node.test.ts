/**
 * CODEF's own npm package against the sandbox: what it understands, other clients will. The package runs unmodified; only the
 * constants that hold its host names are given other values before it reads them.
 */
import { createRequire } from "node:module";
import { createSandbox } from "kofin/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Loopback, serve } from "../support/loopback.js";

interface EasyCodef {
  setPublicKey(key: string): void;
  requestToken(serviceType: number): Promise<string>;
  createAccount(serviceType: number, parameters: object): Promise<string>;
  getAccountList(serviceType: number, parameters: object): Promise<string>;
  getConnectedIdList(serviceType: number, parameters: object): Promise<string>;
  requestProduct(path: string, serviceType: number, parameters: object): Promise<string>;
}

interface Package {
  EasyCodef: new () => EasyCodef;
  EasyCodefUtil: { encryptRSA(publicKey: string, text: string): string };
}

interface Envelope {
  result: { code: string; message: string; transactionId: string };
  data: Record<string, unknown>;
}

const SANDBOX = 2;
const sandbox = createSandbox();
let server: Loopback;
let easycodef: Package;
let client: EasyCodef;

beforeAll(async () => {
  server = await serve((request) => sandbox.fetch(request));
  const require = createRequire(import.meta.url);
  Object.assign(require("easycodef-node/dist/constant.js"), {
    OAUTH_DOMAIN: server.origin,
    SANDBOX_DOMAIN: server.origin,
  });
  easycodef = require("easycodef-node");
});
afterAll(() => server.close());
beforeEach(() => {
  sandbox.reset();
  client = new easycodef.EasyCodef();
  client.setPublicKey(sandbox.codef.publicKey);
});

const read = async (answer: Promise<string>): Promise<Envelope> => JSON.parse(await answer);

const account = () => ({
  countryCode: "KR",
  businessType: "BK",
  clientType: "P",
  organization: "0004",
  loginType: "1",
  id: "user_id",
  password: easycodef.EasyCodefUtil.encryptRSA(sandbox.codef.publicKey, "비밀 번호+1"),
});

describe("easycodef-node on the sandbox", () => {
  it("gets a token that it can read", async () => {
    const token = await client.requestToken(SANDBOX);
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64").toString());
    expect(claims.exp * 1000).toBeGreaterThan(Date.now() + 6 * 86_400_000);
  });

  it("creates an account, lists it and calls a product with it", async () => {
    const created = await read(client.createAccount(SANDBOX, { accountList: [account()] }));
    expect(created.result).toMatchObject({ code: "CF-00000", transactionId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const { connectedId } = created.data;
    expect(connectedId).toMatch(/.{10,}/);

    const listed = await read(client.getAccountList(SANDBOX, { connectedId }));
    expect(listed.data.accountList).toMatchObject([{ organization: "0004", clientType: "P", loginType: "1" }]);
    const ids = await read(client.getConnectedIdList(SANDBOX, { pageNo: 0 }));
    expect(ids.data.connectedIdList).toEqual([connectedId]);

    const path = "/v1/kr/bank/p/account/account-list";
    const product = await read(client.requestProduct(path, SANDBOX, { connectedId, organization: "0004" }));
    expect(product.result.code).toBe("CF-00000");
    expect(product.data.resDepositTrust).toBeInstanceOf(Array);
  });

  it("is told in a 200 what is wrong", async () => {
    const path = "/v1/kr/bank/p/account/account-list";
    const refused = await read(client.requestProduct(path, SANDBOX, { connectedId: "nobody", organization: "0004" }));
    expect(refused.result.code).toBe("CF-04019");
    expect(refused.result.message).not.toContain("+");
  });

  it("signs in again by itself when its token has ended", async () => {
    await client.requestToken(SANDBOX);
    await read(client.getConnectedIdList(SANDBOX, {}));
    sandbox.codef.expireTokens();
    expect((await read(client.getConnectedIdList(SANDBOX, {}))).result.code).toBe("CF-00000");
  });
});
