import { type Codef, call, createCodef } from "kofin/codef";
import { accountList } from "kofin/codef/bank";
import { undiciTransport } from "kofin/node";
import { createSandbox } from "kofin/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Loopback, serve } from "../support/loopback.js";
import { moving } from "../support/operations.js";
import { bearer, clientOf, scripted, success, unauthorized } from "../support/scripted.js";
import { idle } from "../support/wait.js";

const CALLS = 1_000;
const sandbox = createSandbox({ codef: { logLimit: 4 * CALLS } });
let server: Loopback;
beforeAll(async () => {
  server = await serve((request) => sandbox.fetch(request));
});
afterAll(() => server.close());

const input = { connectedId: "sandbox_connectedId", organization: "0004" };

/** Makes `CALLS` calls at once with a token that has ended, and counts what the sandbox saw. */
async function storm(codef: Codef) {
  sandbox.reset();
  await accountList(codef, input);
  sandbox.codef.expireTokens();
  const { tokensIssued } = sandbox.codef;
  const replies = await Promise.all(Array.from({ length: CALLS }, () => accountList(codef, input)));
  return { replies, tokenRequests: sandbox.codef.tokensIssued - tokensIssued };
}

describe(`${CALLS} calls at once with a token that has ended bring one token request and ${CALLS} successes`, () => {
  it.each([
    ["in process", () => createCodef({ ...sandbox.codef.options })],
    ["over a port, with fetch", () => createCodef({ baseUrl: server.origin, oauthUrl: server.origin })],
    [
      "over a port, with the undici transport",
      () => createCodef({ baseUrl: server.origin, oauthUrl: server.origin, fetch: undiciTransport() }),
    ],
  ])("%s", async (_, client) => {
    const { replies, tokenRequests } = await storm(client());
    expect(tokenRequests).toBe(1);
    expect(replies.filter(({ status, code }) => status === "done" && code === "CF-00000")).toHaveLength(CALLS);
    expect(new Set(replies.map(({ transactionId }) => transactionId)).size).toBe(CALLS);
  });

  it("however late each refusal arrives, each body once more and no more", async () => {
    const dead = "issued-token-1";
    const script = scripted(async (sent, count) => {
      if (count === 1) return success({});
      await idle(count % 17);
      return bearer(sent) === dead ? unauthorized() : success({ echo: (sent.body as { n: number }).n });
    });
    const codef = clientOf(script);
    await call(codef, moving, { n: -1 });
    const replies = await Promise.all(
      Array.from({ length: CALLS }, (_, n) => call<{ echo: number }>(codef, moving, { n })),
    );
    expect(replies.map(({ data }) => data.echo)).toEqual(Array.from({ length: CALLS }, (_, n) => n));
    expect(script.tokenRequests).toHaveLength(2);
    expect(script.sent.length).toBeLessThanOrEqual(1 + 2 * CALLS);
  });
});
