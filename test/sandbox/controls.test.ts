import { describe, expect, test } from "vitest";
import { ACCOUNT_LIST, connect, connectTo, decode, encrypt, INPUT, requestToken, TRANSACTIONS } from "./client.js";

const OTHER = { ...INPUT, account: "1", startDate: "20260101", endDate: "20260131" };

describe("failNext", () => {
  test("answers the next product request with a status, once", async () => {
    const { sandbox, post } = await connect();
    sandbox.codef.failNext({ status: 503 });
    expect(await post(ACCOUNT_LIST, INPUT)).toEqual({ status: 503, text: "", body: undefined });
    expect((await post(ACCOUNT_LIST, INPUT)).status).toBe(200);
  });

  test("leaves token requests alone, unless it names them", async () => {
    const { sandbox } = await connect();
    sandbox.codef.failNext({ status: 500 });
    expect((await requestToken(sandbox)).status).toBe(200);
    sandbox.codef.failNext({ status: 500, path: "/oauth/token" });
    expect((await requestToken(sandbox)).status).toBe(500);
  });

  test("says a result code in an envelope, as often as asked", async () => {
    const { sandbox, post } = await connect();
    sandbox.codef.failNext({ code: "CF-12041", times: 2 });
    const codes = [];
    for (let count = 0; count < 3; count++) codes.push((await post(ACCOUNT_LIST, INPUT)).body.result.code);
    expect(codes).toEqual(["CF-12041", "CF-12041", "CF-00000"]);
  });

  test("sends text as it is, and anything else URL-encoded", async () => {
    const { sandbox, raw } = await connect();
    sandbox.codef.failNext({ body: "<html>bad gateway</html>", status: 502 });
    sandbox.codef.failNext({ body: { error: "access denied" }, status: 403 });
    const first = await raw(ACCOUNT_LIST, "{}");
    expect([first.status, await first.text()]).toEqual([502, "<html>bad gateway</html>"]);
    const second = await raw(ACCOUNT_LIST, "{}");
    expect([second.status, decode(await second.text())]).toEqual([403, { error: "access denied" }]);
  });

  test("401 and 403 have their documented bodies", async () => {
    const { sandbox, post } = await connect();
    for (const [status, error] of [
      [401, "invalid_token"],
      [403, "access_denied"],
    ] as const) {
      sandbox.codef.failNext({ status });
      expect((await post(ACCOUNT_LIST, INPUT)).body.error).toBe(error);
    }
  });

  test("can mean one operation, by path or by name", async () => {
    for (const path of [TRANSACTIONS, "bank.accountTransactionList"]) {
      const { sandbox, post } = await connect();
      sandbox.codef.failNext({ status: 500, path });
      expect((await post(ACCOUNT_LIST, INPUT)).status).toBe(200);
      expect((await post(TRANSACTIONS, OTHER)).status).toBe(500);
    }
  });

  test("has to say something that exists", async () => {
    const { sandbox } = await connect();
    expect(() => sandbox.codef.failNext({})).toThrow("say how to fail");
    expect(() => sandbox.codef.failNext({ status: 500, path: "bank.nothing" })).toThrow(
      "No operation is called bank.nothing",
    );
  });
});

describe("delayNext", () => {
  test("holds an answer back", async () => {
    const { sandbox, post } = await connect();
    sandbox.codef.delayNext(60);
    const before = performance.now();
    await post(ACCOUNT_LIST, INPUT);
    expect(performance.now() - before).toBeGreaterThan(50);
  });

  test("an aborted request rejects with the signal's reason, and has arrived", async () => {
    const { sandbox, raw, token } = await connect();
    sandbox.codef.delayNext(5_000);
    const init = { headers: { Authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(20) };
    await expect(raw(ACCOUNT_LIST, "{}", init)).rejects.toMatchObject({ name: "TimeoutError" });
    expect(sandbox.codef.requests.at(-1)?.path).toBe(ACCOUNT_LIST);
    await expect(raw(ACCOUNT_LIST, "{}", { signal: AbortSignal.abort(new Error("mine")) })).rejects.toThrow("mine");
  });
});

describe("requests", () => {
  test("are remembered decoded, newest last, with their headers", async () => {
    const { sandbox, post, send } = await connect({ now: () => 1_800_000_000_000 });
    await post(ACCOUNT_LIST, INPUT);
    await send(ACCOUNT_LIST, "%%");
    const [token, product, broken] = sandbox.codef.requests;
    expect(token).toMatchObject({ path: "/oauth/token", body: { grant_type: "client_credentials", scope: "read" } });
    expect(product).toMatchObject({ method: "POST", path: ACCOUNT_LIST, body: INPUT, at: 1_800_000_000_000 });
    expect(product?.text).toMatch(/^%7B/);
    expect(product?.headers.authorization).toMatch(/^Bearer /);
    expect(broken).toMatchObject({ text: "%%", body: undefined });
  });

  test("are bounded", async () => {
    const { sandbox, post } = await connect({ codef: { logLimit: 3 } });
    for (let count = 0; count < 10; count++) await post(ACCOUNT_LIST, { ...INPUT, count });
    const counts = sandbox.codef.requests.map(({ body }) => (body as { count: number }).count);
    expect(counts).toEqual([7, 8, 9]);
  });
});

test("reset makes the sandbox new", async () => {
  const { sandbox, post } = await connect();
  sandbox.codef.failNext({ status: 500 });
  sandbox.codef.script(ACCOUNT_LIST, [{ method: "smsAuthNo" }]);
  sandbox.reset();
  expect(sandbox.codef).toMatchObject({ tokensIssued: 0, requests: [] });
  expect((await post(ACCOUNT_LIST, INPUT)).status).toBe(401);
  const again = await connectTo(sandbox);
  expect((await again.post(ACCOUNT_LIST, INPUT)).body.result.code).toBe("CF-00000");
});

describe("controls over HTTP", () => {
  const control = async (sandbox: Awaited<ReturnType<typeof connect>>["sandbox"], path: string, body?: unknown) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await sandbox.fetch(`http://localhost/__sandbox/${path}`, init);
    // biome-ignore lint/suspicious/noExplicitAny: tests read answers of unknown shape
    return { status: response.status, body: (await response.json()) as any };
  };

  test("do what the methods do", async () => {
    const { sandbox, post } = await connect();
    const { publicKey } = sandbox.codef;
    expect(
      (await control(sandbox, "codef/script", { operation: ACCOUNT_LIST, steps: [{ method: "simpleAuth" }] })).status,
    ).toBe(200);
    const first = (await post(ACCOUNT_LIST, INPUT)).body;
    expect((await control(sandbox, "codef/approve", { jti: first.data.jti })).body).toEqual({ approved: 1 });
    const second = { ...INPUT, is2Way: true, twoWayInfo: first.data, simpleAuth: "1" };
    expect((await post(ACCOUNT_LIST, second)).body.result.code).toBe("CF-00000");
    await control(sandbox, "codef/script", { operation: ACCOUNT_LIST, steps: [] });
    await control(sandbox, "codef/fail-next", { status: 502, times: 1, path: "bank.accountList" });
    expect((await post(ACCOUNT_LIST, INPUT)).status).toBe(502);
    await control(sandbox, "codef/delay-next", { milliseconds: 1 });
    expect((await post(ACCOUNT_LIST, INPUT)).status).toBe(200);
    expect((await control(sandbox, "codef/decrypt", { value: encrypt("가", publicKey) })).body).toEqual({ text: "가" });
    expect((await control(sandbox, "codef/single", { on: true })).body).toEqual({});
    const state = (await control(sandbox, "codef")).body;
    expect(state).toMatchObject({ publicKey, tokensIssued: 1 });
    expect(state.requests).toHaveLength(5);
    await control(sandbox, "codef/expire-tokens", {});
    expect((await post(ACCOUNT_LIST, INPUT)).status).toBe(401);
    await control(sandbox, "reset", {});
    expect(sandbox.codef.requests).toEqual([]);
  });

  test.each([
    ["codef/script", { operation: "nothing", steps: [] }, "No operation"],
    ["codef/script", { operation: ACCOUNT_LIST }, "steps"],
    ["codef/fail-next", {}, "say how to fail"],
    ["codef/fail-next", { status: "500" }, "status"],
    ["codef/delay-next", {}, "milliseconds"],
    ["codef/decrypt", [], "JSON object"],
    ["codef/single", { on: "yes" }, "on: true or false"],
  ])("%s with %j is HTTP 400 and says why", async (path, body, why) => {
    const { sandbox } = await connect();
    const answer = await control(sandbox, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(why);
  });

  test("an unknown control lists those there are", async () => {
    const { sandbox } = await connect();
    const { status, body } = await control(sandbox, "codef/fail");
    expect(status).toBe(404);
    expect((await control(sandbox, "../__sandbox")).body.controls).toEqual(body.controls);
    expect(body.controls).toContain("POST /__sandbox/codef/fail-next");
    expect(body.controls).toContain("POST /__sandbox/codef/single");
  });
});
