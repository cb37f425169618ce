import { afterEach, describe, expect, test } from "vitest";
import { idle } from "../support/wait.js";
import { connect, read } from "./client.js";

const PROOF = "/v1/kr/public/nt/proof-issue/proof-income";
const STANDARD = "/v1/kr/public/nt/proof-issue/additional-tax-standard";
const STATEMENTS = "/v1/kr/public/nt/proof-issue/standard-financial-statements";
const SIMPLE = [{ method: "simpleAuth" }];

const INPUT: Record<string, object> = {
  [PROOF]: { startYear: "2024", endYear: "2025" },
  [STANDARD]: { startDate: "202401", endDate: "202406" },
  [STATEMENTS]: { startDate: "202412" },
};

const connections: Awaited<ReturnType<typeof connect>>[] = [];
afterEach(() => {
  // Ends the requests that still wait, and their timers.
  for (const { sandbox } of connections.splice(0)) sandbox.reset();
});

/** A sandbox where every product asks, with a clock that a test moves. */
async function setUp(options: { gap?: number } = {}) {
  const clock = { now: 1_800_000_000_000 };
  const connection = await connect({
    now: () => clock.now,
    ...(options.gap !== undefined && { codef: { sharedGapMs: options.gap } }),
  });
  connections.push(connection);
  const { sandbox, raw } = connection;
  for (const path of Object.keys(INPUT)) sandbox.codef.script(path, SIMPLE);
  const login = {
    organization: "0001",
    loginType: "5",
    loginTypeLevel: "1",
    userName: "홍길동",
    phoneNo: "01012345678",
    loginIdentity: "9001011234567",
  };
  const bodies = new Map<string, object>();
  const ask = async (path: string, changes: object = {}, signal?: AbortSignal) => {
    const body = { id: "run-1", ...login, ...INPUT[path], ...changes };
    bodies.set(path, body);
    const response = await raw(path, encodeURIComponent(JSON.stringify(body)), signal && { signal });
    return (await read(response)).body;
  };
  /** Sends a request some time after the one before, waits until it has arrived, and tells whether it has been answered. */
  const start = async (path: string, changes: object = {}, gap = 500) => {
    clock.now += gap;
    const request = { done: false, answer: ask(path, changes) };
    request.answer.finally(() => {
      request.done = true;
    });
    await idle();
    return request;
  };
  const reply = async (path: string, first: { data: object }, simpleAuth = "1") =>
    ask(path, { ...bodies.get(path), is2Way: true, twoWayInfo: first.data, simpleAuth });
  return { ...connection, clock, ask, start, reply };
}

const codeOf = async ({ answer }: { answer: Promise<{ result: { code: string } }> }) => (await answer).result.code;

describe("requests with one id, a gap apart", () => {
  test("share one authentication: one asks, the others wait and complete by themselves", async () => {
    const { start, reply, sandbox } = await setUp();
    const leader = await start(PROOF);
    const others = [await start(STANDARD), await start(STATEMENTS)];
    const first = await leader.answer;
    expect(first.result.code).toBe("CF-03002");
    await idle();
    expect(others.map(({ done }) => done)).toEqual([false, false]);
    expect(sandbox.codef.approve()).toBe(1);
    expect((await reply(PROOF, first)).result.code).toBe("CF-00000");
    expect(await Promise.all(others.map(codeOf))).toEqual(["CF-00000", "CF-00000"]);
  });

  test("one that comes after the confirmation is not asked again", async () => {
    const { start, reply, sandbox } = await setUp();
    const first = await (await start(PROOF)).answer;
    sandbox.codef.approve();
    await reply(PROOF, first);
    expect(await codeOf(await start(STANDARD))).toBe("CF-00000");
  });

  test("fail together: whatever ends the one that asks ends the others", async () => {
    const { start, reply } = await setUp();
    const first = await (await start(PROOF)).answer;
    const other = await start(STANDARD);
    expect((await reply(PROOF, first, "0")).result.code).toBe("CF-12102");
    expect(await codeOf(other)).toBe("CF-12102");
    // A new request begins anew.
    expect(await codeOf(await start(STATEMENTS))).toBe("CF-03002");
  });

  test("wait no longer than 300 seconds of the sandbox's time", async () => {
    const { start, clock } = await setUp();
    await (await start(PROOF)).answer;
    const other = await start(STANDARD);
    await idle(80);
    expect(other.done).toBe(false);
    clock.now += 300_000;
    expect(await codeOf(other)).toBe("CF-01004");
  });

  test("hang up when the caller does", async () => {
    const { start, ask, clock, reply, sandbox } = await setUp();
    const first = await (await start(PROOF)).answer;
    const controller = new AbortController();
    clock.now += 500;
    const other = ask(STANDARD, {}, controller.signal);
    await idle();
    controller.abort();
    await expect(other).rejects.toThrow("aborted");
    sandbox.codef.approve();
    expect((await reply(PROOF, first)).result.code).toBe("CF-00000");
  });

  test("of a question that nobody answered in time, the next one asks again", async () => {
    const { start } = await setUp();
    await (await start(PROOF)).answer;
    expect(await codeOf(await start(STANDARD, {}, 271_000))).toBe("CF-03002");
  });
});

describe("each asks for itself", () => {
  test("without the gap", async () => {
    const { start } = await setUp();
    expect(await codeOf(await start(PROOF))).toBe("CF-03002");
    expect(await codeOf(await start(STANDARD, {}, 299))).toBe("CF-03002");
  });

  test("but the gap is an option", async () => {
    const { start, reply, sandbox } = await setUp({ gap: 0 });
    const first = await (await start(PROOF, {}, 0)).answer;
    const other = await start(STANDARD, {}, 0);
    await idle();
    expect(other.done).toBe(false);
    sandbox.codef.approve();
    await reply(PROOF, first);
    expect(await codeOf(other)).toBe("CF-00000");
  });

  test.each([
    ["with ids of their own", { id: "run-2" }],
    ["without an id", { id: undefined }],
    ["with 비회원 간편인증", { loginType: "6" }],
    ["at another institution", { organization: "0002" }],
  ])("%s", async (_, changes) => {
    const { start } = await setUp();
    expect(await codeOf(await start(PROOF))).toBe("CF-03002");
    expect(await codeOf(await start(STANDARD, changes))).toBe("CF-03002");
  });
});

test("the id of a login groups nothing", async () => {
  const { post, sandbox } = await connect();
  const path = "/v1/kr/bank/p/fast-account/transaction-list";
  sandbox.codef.script(path, [{ method: "smsAuthNo" }]);
  const period = { startDate: "20260101", endDate: "20260131" };
  const body = { organization: "0004", account: "98765432101234", id: "hong1234", ...period };
  const answers = await Promise.all([post(path, body), post(path, body)]);
  expect(answers.map(({ body: { result } }) => result.code)).toEqual(["CF-03002", "CF-03002"]);
});
