import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AuthenticationError, HttpError, memoryStore } from "kofin";
import { createSandbox } from "kofin/sandbox";
import { createTossinvest } from "kofin/tossinvest";
import { getAccounts } from "kofin/tossinvest/account";
import { issueOAuth2Token } from "kofin/tossinvest/auth";
import { expect, it, test } from "vitest";
import { root } from "../../bench/package-root.js";
import { type ServedSandbox, serveSandbox } from "../../sandbox/serve.js";
import { connect, open, thrown } from "./setup.js";

const run = promisify(execFile);
const PROCESSES = 8;

/** What each process does: a few calls, one after the other. */
function program(served: ServedSandbox, directory: string, password: string | undefined): string {
  const from = (path: string) => JSON.stringify(join(root, path));
  const { clientId, clientSecret } = createSandbox().tossinvest.options;
  const options = { clientId, clientSecret, baseUrl: `${served.url}/tossinvest`, limits: false };
  const store = JSON.stringify({ directory, ...(password !== undefined && { password }) });
  return `
    import { createTossinvest } from ${from("runtime/tossinvest/index.ts")};
    import { getAccounts } from ${from("generated/tossinvest/account.ts")};
    import { fileStore } from ${from("runtime/node/index.ts")};
    const toss = createTossinvest({ ...${JSON.stringify(options)}, store: fileStore(${store}) });
    for (let count = 0; count < 3; count++) console.log((await getAccounts(toss)).data.length);`;
}

it.each([
  ["plain", undefined],
  ["encrypted", "correct horse"],
])(
  "eight processes that start cold with one %s file store share one token, and none ends another's",
  async (_, password) => {
    const sandbox = createSandbox();
    const served = await serveSandbox(sandbox, { port: 0 });
    const directory = await mkdtemp(join(tmpdir(), "kofin-toss-"));
    try {
      // Slow enough for all of them to come while it is on its way.
      sandbox.tossinvest.delayNext(500, { path: "token" });
      const loader = join(root, "node_modules", "tsx", "dist", "loader.mjs");
      const source = program(served, directory, password);
      const args = ["--import", loader, "--input-type=module", "--eval", source];
      const ran = await Promise.all(Array.from({ length: PROCESSES }, () => run(process.execPath, args)));
      expect(ran.map(({ stdout }) => stdout.trim())).toEqual(Array(PROCESSES).fill("2\n2\n2"));
      expect(sandbox.tossinvest.tokensIssued).toBe(1);
      expect(new Set(bearers(sandbox)).size).toBe(1);
      expect(bearers(sandbox)).toHaveLength(PROCESSES * 3);
    } finally {
      await served.close();
      await rm(directory, { recursive: true, force: true });
    }
  },
);

function bearers({ tossinvest }: ReturnType<typeof createSandbox>): string[] {
  return tossinvest.requests.flatMap(({ path, headers }) =>
    path === "/api/v1/accounts" ? (headers.authorization ?? "") : [],
  );
}

test("a new token ends the one before: 401 token-revoked, which is renewed once", async () => {
  const { sandbox, toss } = open();
  const stores = [memoryStore(), memoryStore()];
  const [one, other] = stores.map((store) => connect(sandbox, { store }).client);
  if (!one || !other) throw new Error("two clients");
  await getAccounts(one);
  await getAccounts(other);
  expect(toss.tokensIssued).toBe(2);
  // Another store knows nothing of it: the token of the first is gone, and it asks for another, once.
  await getAccounts(one);
  expect(toss.tokensIssued).toBe(3);
  const revoked = toss.requests.filter(({ path }) => path === "/api/v1/accounts");
  expect(revoked).toHaveLength(4);
});

test("clients that share a store take the token that another one has renewed", async () => {
  const { sandbox, toss } = open();
  const store = memoryStore();
  const clients = Array.from({ length: 4 }, () => connect(sandbox, { store }).client);
  await Promise.all(clients.map((client) => getAccounts(client)));
  toss.expireToken();
  await Promise.all(clients.map((client) => getAccounts(client)));
  expect(toss.tokensIssued).toBe(2);
});

test("a token that stays refused is no endless loop", async () => {
  const { sandbox, toss } = open();
  const { client } = connect(sandbox);
  toss.failNext({ status: 401, code: "token-revoked", times: 99, path: "account.getAccounts" });
  const error = await thrown(() => getAccounts(client));
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error).toMatchObject({ code: "token-revoked", advice: "renew-token" });
  expect(toss.tokensIssued).toBe(2);
});

test("the token endpoint refuses by RFC 6749, and by HTTP where it is too much or too far away", async () => {
  const { sandbox, toss } = open();
  const wrong = connect(sandbox, { clientSecret: "tssk_live_wrong" }).client;
  const refused = await thrown(() => getAccounts(wrong));
  expect(refused).toBeInstanceOf(AuthenticationError);
  expect(refused).toMatchObject({ code: "invalid_client", advice: "fix-request" });
  expect(String(refused)).not.toContain("tssk_live_wrong");

  const body = (code: string) => ({ error: { requestId: "r", code, message: "" } });
  toss.failNext({ status: 403, body: body("edge-blocked"), path: "token" });
  const blocked = await thrown(() => getAccounts(connect(sandbox, { store: memoryStore() }).client));
  expect(blocked).toMatchObject({ name: "AuthenticationError", code: "edge-blocked", advice: "apply" });

  toss.failNext({ status: 429, body: body("rate-limit-exceeded"), path: "token" });
  const client = connect(sandbox, { store: memoryStore(), retries: 0 }).client;
  const tooMany = await thrown(() => getAccounts(client));
  expect(tooMany).toBeInstanceOf(HttpError);
  expect(tooMany).toMatchObject({ status: 429, advice: "retry" });
});

test("a token can be asked for by hand, without one, and with nothing to pass", async () => {
  const { sandbox, toss } = open();
  const { data } = await issueOAuth2Token(connect(sandbox).client);
  expect(data).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
  expect(toss.requests).toHaveLength(1);
  expect(toss.requests[0]?.headers.authorization).toBeUndefined();
});

test("secrets are in no event and in no error", async () => {
  const { sandbox, toss } = open();
  const { client, events } = connect(sandbox);
  toss.failNext({
    status: 400,
    code: "invalid-request",
    message: `no ${toss.options.clientSecret}`,
    path: "account.getAccounts",
  });
  const error = await thrown(() => getAccounts(client));
  await issueOAuth2Token(client);
  const token = toss.requests.find(({ path }) => path === "/api/v1/accounts")?.headers.authorization ?? "none";
  const told = JSON.stringify([events, error, String(error), client]);
  for (const secret of [toss.options.clientSecret, token.replace("Bearer ", "")]) expect(told).not.toContain(secret);
});

test("credentials are needed", () => {
  expect(() => createTossinvest({ clientId: "", clientSecret: "" })).toThrow(/clientId is missing/);
});
