/**
 * What every mock provider can be told to do to requests and answers, whoever the provider is.
 * @module
 */
import { createSandbox, type Sandbox } from "kofin/sandbox";
import { createWoori } from "kofin/woori";
import { executeWooriAcctToWooriAcct } from "kofin/woori/trans";
import { describe, expect, test } from "vitest";
import { serveSandbox } from "../../sandbox/serve.js";
import { connectTo as connectCodef, idLogin } from "./client.js";
import { ACCOUNT, JSON_HEADERS, keysOf, STOCK, tokenP } from "./kis-client.js";
import { connectTo as connectOpenBanking, posting, WITHDRAW, withdrawal } from "./openbanking-client.js";

/** A request that changes something, sent to a host, and how often it has changed it. */
interface Subject {
  url: string;
  init: RequestInit;
  done(): Promise<number> | number;
}

const SUBJECTS: Readonly<Record<string, (sandbox: Sandbox) => Promise<Subject>>> = {
  async codef(sandbox) {
    const { token, post } = await connectCodef(sandbox);
    const body = encodeURIComponent(JSON.stringify({ accountList: [idLogin(sandbox.codef.publicKey)] }));
    return {
      url: "https://sandbox.codef.io/v1/account/create",
      init: { method: "POST", headers: { Authorization: `Bearer ${token}` }, body },
      done: async () => (await post("/v1/account/connectedId-list", {})).body.data.connectedIdList.length,
    };
  },
  async kis(sandbox) {
    const { appKey, appSecret } = keysOf(sandbox);
    const { access_token } = (await tokenP(sandbox)).body;
    const keys = { appkey: appKey, appsecret: appSecret, authorization: `Bearer ${access_token}`, tr_id: "TTTC0012U" };
    const order = { ...ACCOUNT, PDNO: "005930", ORD_DVSN: "01", ORD_QTY: "1", ORD_UNPR: "0" };
    return {
      url: `https://openapi.koreainvestment.com:9443${STOCK}/trading/order-cash`,
      init: { method: "POST", headers: { ...JSON_HEADERS, ...keys }, body: JSON.stringify(order) },
      done: () => sandbox.kis.orders().length,
    };
  },
  async openBanking(sandbox) {
    const here = await connectOpenBanking(sandbox);
    return {
      url: `https://testapi.openbanking.or.kr${WITHDRAW}`,
      init: posting(withdrawal(here), { Authorization: `Bearer ${here.bearers.user}` }),
      done: () => sandbox.openBanking.ledger().transfers.length,
    };
  },
  async woori(sandbox) {
    const transfer = { TRN_AM: 50_000, RCV_BKCD: "020", RCV_ACNO: "1002987654321", PTN_PBOK_PRNG_TXT: "보너스" };
    await executeWooriAcctToWooriAcct(createWoori(sandbox.woori.options), { WDR_ACNO: "1002123456789", ...transfer });
    const { path = "", headers, text } = sandbox.woori.requests.at(-1) ?? {};
    return {
      url: `https://openapi.wooribank.com:444${path}`,
      init: { method: "POST", headers: headers ?? {}, body: text ?? "" },
      done: () => sandbox.woori.ledger().transfers.length - 1,
    };
  },
};

type Name = "codef" | "kis" | "openBanking" | "woori";

describe.each(Object.keys(SUBJECTS) as Name[])("%s", (name) => {
  const begin = async () => {
    const sandbox = createSandbox();
    const { url, init, done } = await (SUBJECTS[name] as (typeof SUBJECTS)[string])(sandbox);
    const ask = (more: RequestInit = {}) => sandbox.fetch(url, { ...init, ...more });
    return { sandbox, controls: sandbox[name], ask, done, url, init };
  };

  test("does what it is asked when nothing is planned", async () => {
    const { ask, done } = await begin();
    expect((await ask()).status).toBe(200);
    expect(await done()).toBe(1);
  });

  test.each([false, true])("a connection that breaks; carried out: %s", async (carriedOut) => {
    const { controls, ask, done } = await begin();
    controls.failNext({ drop: true, carriedOut });
    await expect(ask()).rejects.toMatchObject({ message: "fetch failed", cause: { code: "ECONNRESET" } });
    expect(await done()).toBe(carriedOut ? 1 : 0);
  });

  test.each([false, true])("no answer at all; carried out: %s", async (carriedOut) => {
    const { controls, ask, done } = await begin();
    controls.failNext({ silent: true, carriedOut });
    await expect(ask({ signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ name: "TimeoutError" });
    expect(await done()).toBe(carriedOut ? 1 : 0);
  });

  test.each([false, true])("a status and a body of one's own; carried out: %s", async (carriedOut) => {
    const { controls, ask, done } = await begin();
    controls.failNext({ status: 502, body: "<html>bad gateway</html>", carriedOut });
    const answer = await ask();
    expect([answer.status, await answer.text()]).toEqual([502, "<html>bad gateway</html>"]);
    expect(await done()).toBe(carriedOut ? 1 : 0);
  });

  test("a late answer is to something that is done at once", async () => {
    const { controls, ask, done } = await begin();
    controls.delayNext(5_000);
    await expect(ask({ signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ name: "TimeoutError" });
    expect(await done()).toBe(1);
  });

  test("every request is written down, whatever becomes of its answer", async () => {
    const { controls, ask } = await begin();
    const before = controls.requests.length;
    controls.failNext({ drop: true });
    await ask().catch(() => {});
    expect(controls.requests).toHaveLength(before + 1);
  });

  test("on a port, told over HTTP, the socket ends", async () => {
    const { sandbox, done, url, init } = await begin();
    const served = await serveSandbox(sandbox, { port: 0 });
    try {
      const fault = { drop: true, carriedOut: true };
      const path = `/__sandbox/${name.toLowerCase()}/fail-next`;
      const told = await fetch(`${served.url}${path}`, { method: "POST", body: JSON.stringify(fault) });
      expect(told.status).toBe(200);
      const { host: _, "content-length": __, ...headers } = Object.fromEntries(new Headers(init.headers));
      const here = `${served.url}${new URL(url).pathname}`;
      await expect(fetch(here, { ...init, headers })).rejects.toThrow("fetch failed");
      expect(await done()).toBe(1);
    } finally {
      await served.close();
    }
  });
});
