import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  authorizeUrl,
  connect,
  connectTo,
  DEPOSIT,
  deposit,
  HOST,
  NOW,
  REDIRECT_URI,
  WITHDRAW,
  withdrawal,
} from "./openbanking-client.js";

describe("failNext", () => {
  test("answers with a code of the center or of the bank, and carries nothing out", async () => {
    const here = await connect();
    const { openBanking } = here;
    openBanking.failNext({ code: "A0020" });
    expect(await here.post(WITHDRAW, withdrawal(here), "user")).toMatchObject({
      rsp_code: "A0020",
      rsp_message: "조회 가능시간 아님",
      api_tran_id: expect.any(String),
    });
    openBanking.failNext({ bankCode: "424" });
    expect(await here.post(WITHDRAW, withdrawal(here), "user")).toMatchObject({
      rsp_code: "A0002",
      bank_rsp_code: "424",
      bank_rsp_message: "연체 계좌",
    });
    expect(openBanking.ledger().transfers).toEqual([]);
  });

  test("answers with a status and a body, or breaks the connection", async () => {
    const { openBanking, raw } = await connect();
    openBanking.failNext({ status: 502, body: "<html>bad gateway</html>" });
    const broken = await raw("/v2.0/user/me");
    expect([broken.status, await broken.text()]).toEqual([502, "<html>bad gateway</html>"]);
    openBanking.failNext({ body: { error: "invalid_client" }, path: "oauth.token" });
    const token = await raw("/oauth/2.0/token", { method: "POST" });
    expect(await token.json()).toEqual({ error: "invalid_client" });
    openBanking.failNext({ drop: true });
    await expect(raw("/v2.0/user/me")).rejects.toThrow("fetch failed");
    openBanking.failNext({ silent: true });
    await expect(raw("/v2.0/user/me", { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
    openBanking.failNext({ status: 503, code: "O0007" });
    expect((await raw("/v2.0/user/me")).status).toBe(503);
  });

  test("leaves the OAuth paths alone, unless it names them", async () => {
    const { openBanking, token } = await connect();
    openBanking.failNext({ status: 500 });
    expect((await token({ grant_type: "client_credentials", scope: "oob" })).access_token).toBeDefined();
    expect(() => openBanking.failNext({})).toThrow("say how to fail");
    expect(() => openBanking.failNext({ status: 500, path: "nothing" })).toThrow("No operation is called nothing");
  });
});

test("delayNext holds an answer back", async () => {
  const { openBanking, get, userSeqNo } = await connect();
  openBanking.delayNext(60);
  const before = performance.now();
  await get("/v2.0/user/me", { user_seq_no: userSeqNo });
  expect(performance.now() - before).toBeGreaterThan(50);
});

test("requests are remembered, decoded, newest last", async () => {
  const { openBanking, get, post, userSeqNo } = await connect({ logLimit: 5 });
  await get("/v2.0/user/me", { user_seq_no: userSeqNo });
  await post("/v2.0/inquiry/real_name", { bank_code_std: "097" });
  const [token, , me, name] = openBanking.requests;
  expect(token).toMatchObject({ path: "/oauth/2.0/token", body: { grant_type: "authorization_code" }, at: NOW });
  expect(me).toMatchObject({ method: "GET", path: "/v2.0/user/me", body: { user_seq_no: userSeqNo } });
  expect(name).toMatchObject({ method: "POST", body: { bank_code_std: "097" } });
  for (let count = 0; count < 10; count++) await get("/v2.0/user/me", {});
  expect(openBanking.requests).toHaveLength(5);
});

test("reset makes it new: tokens, registrations, money and plans", async () => {
  const here = await connect();
  const { sandbox, openBanking } = here;
  const asMade = createSandbox({ now: () => NOW }).openBanking.ledger();
  await here.post(WITHDRAW, withdrawal(here), "user");
  openBanking.failNext({ status: 500 });
  openBanking.unknownNext({ happens: true, answer: "A0001" });
  openBanking.otherNames(true);
  sandbox.reset();
  expect(openBanking).toMatchObject({ requests: [], tokensIssued: 0 });
  expect(openBanking.ledger()).toEqual(asMade);
  expect((await here.get("/v2.0/user/me", { user_seq_no: here.userSeqNo })).rsp_code).toBe("O0002");
  const again = await connectTo(sandbox);
  expect((await again.post(DEPOSIT, deposit(again))).rsp_code).toBe("A0000");
});

test("options are what a client of the default institution needs", async () => {
  const { openBanking } = createSandbox({ openBanking: { scope: "sa" } });
  const { fetch, ...rest } = openBanking.options;
  expect(rest).toEqual({
    environment: "test",
    clientId: expect.any(String),
    clientSecret: expect.any(String),
    useCode: expect.stringMatching(/^[TM]\d{9}$/),
    institutionScope: "sa",
    redirectUri: REDIRECT_URI,
  });
  expect((await fetch(`${HOST}/v2.0/user/me`)).status).toBe(200);
});

describe("controls over HTTP", () => {
  const control = async ({ fetch }: ReturnType<typeof createSandbox>, path: string, body?: unknown) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`http://localhost/__sandbox/openbanking${path}`, init);
    return { status: response.status, body: (await response.json()) as Answer };
  };

  test("do what the methods do", async () => {
    const here = await connect();
    const { sandbox, openBanking, fintechUseNum } = here;
    const tell = async (path: string, body: object) => {
      const { status, body: answer } = await control(sandbox, path, body);
      expect([status, answer.error]).toEqual([200, undefined]);
      return answer;
    };
    const withdraw = async () => (await here.post(WITHDRAW, withdrawal(here), "user")).rsp_code;
    expect(
      (await tell("/consent", { url: authorizeUrl(), user: "김한빛", accounts: ["1000000000021"] })).location,
    ).toMatch(/code=/);
    expect((await tell("/consent", { url: authorizeUrl(), deny: true })).location).toMatch(/error=access_denied/);
    await tell("/consent-at-once", { on: true, user: "이가람" });
    expect((await sandbox.fetch(authorizeUrl(), { redirect: "manual" })).status).toBe(302);
    await tell("/consent-at-once", { on: false });
    expect((await sandbox.fetch(authorizeUrl())).status).toBe(200);
    await tell("/add-redirect-uri", { redirectUri: "https://b.example/back" });
    await tell("/consent", { url: authorizeUrl({ redirect_uri: "https://b.example/back" }) });
    await tell("/set-agreement", { fintechUseNum, kind: "transfer", state: "expired" });
    expect(await withdraw()).toBe("A0319");
    await tell("/set-agreement", { fintechUseNum, kind: "transfer", state: "agreed" });
    await tell("/set-contract-account", { role: "collecting", registered: false });
    expect(await withdraw()).toBe("A0322");
    await tell("/set-contract-account", { role: "collecting", registered: true });
    await tell("/unknown-next", { happens: true, answer: "A0007", stillProcessing: 1, path: WITHDRAW });
    expect(await withdraw()).toBe("A0007");
    await tell("/unknown-next", { happens: false, answer: "400", code: "A0000" });
    expect(await withdraw()).toBe("A0000");
    await tell("/strict-test-data", { on: true });
    expect(await withdraw()).toBe("A0002");
    await tell("/test-data", { operation: WITHDRAW, request: { tran_amt: "10000" }, answer: { tran_amt: "1" } });
    expect(await withdraw()).toBe("A0000");
    await tell("/strict-test-data", { on: false });
    await tell("/other-names", { on: true });
    await tell("/other-names", { on: false });
    await tell("/fail-next", { status: 200, code: "A0020", bankCode: "453", times: 1 });
    expect(await withdraw()).toBe("A0020");
    await tell("/fail-next", { body: { rsp_code: "odd" } });
    expect(await withdraw()).toBe("odd");
    await tell("/delay-next", { milliseconds: 1 });
    const person = { name: "박하늘", birth: "20000229", gender: "F", cellNo: "0", email: "h@example.com" };
    const account = { accountNum: "77", bankCode: "296", type: "T", product: "오픈 CMA", balance: 5 };
    expect((await tell("/add-person", { ...person, accounts: [account] })).accounts).toMatchObject([{ balance: 5 }]);
    const state = (await control(sandbox, "")).body;
    expect(state).toMatchObject({ tokensIssued: 2, contractAccounts: openBanking.contractAccounts });
    expect(state.ledger).toEqual(openBanking.ledger());
    expect(state.users).toHaveLength(4);
    await tell("/expire-tokens", { refresh: true });
    expect(await withdraw()).toBe("O0003");
  });

  test.each([
    ["consent", {}, "url"],
    ["consent", { url: authorizeUrl({ state: "x".repeat(33) }) }, "[3000103]"],
    ["consent", { url: authorizeUrl(), accounts: "all" }, "accounts: a list of texts"],
    ["consent-at-once", { on: true, user: "nobody" }, "Nobody is called nobody"],
    ["add-person", { name: "x" }, "accounts: a list"],
    ["add-redirect-uri", { redirectUri: "x" }, "no address"],
    ["set-agreement", { fintechUseNum: "1", kind: "all", state: "agreed" }, "kind: inquiry, transfer is needed"],
    ["set-agreement", { fintechUseNum: "1", kind: "inquiry", state: "agreed" }, "No account is registered as 1"],
    ["set-contract-account", { role: "paying" }, "registered: true or false"],
    ["unknown-next", { happens: true, answer: "A0000" }, "answer: A0001"],
    ["answer-claim", { bankTranId: "x", returned: true }, "No claim x waits"],
    ["test-data", { operation: WITHDRAW }, "request: an object"],
    ["fail-next", {}, "say how to fail"],
    ["delay-next", {}, "milliseconds"],
  ])("%s with %j is HTTP 400 and says why", async (path, body, why) => {
    const { status, body: answer } = await control(createSandbox(), `/${path}`, body);
    expect(status).toBe(400);
    expect(answer.error).toContain(why);
  });
});
