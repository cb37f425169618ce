import { inspect } from "node:util";
import { type CallEvent, settle, type Transport } from "kofin";
import { approvalKey, call, type KisOptions, revokeToken } from "kofin/kis";
import { describe, expect, it } from "vitest";
import { balance, order, ordered, search } from "./operations.js";
import { clientOf, refusal, scripted, success, tokenAnswer, tokenRefusal } from "./scripted.js";

const appKey = "PSsecretkeysecretkeysecretkeysecret1";
const appSecret = "topsecret/+topsecret=".repeat(8);
const token = "eyJ0eXAi.token.of-the-client";
const personalSecKey = "personal-secret-key".repeat(5);
/** What the client keeps, and what goes along with its calls. */
const KEPT = [appKey, appSecret, personalSecKey, "12345678", "hts-user"];
const SECRETS = [...KEPT, token];

const corporate = { personalSecKey, phoneNumber: "0212345678", ipAddress: "203.0.113.7" };

/** Everything a program could log of what became of calls: errors inside out, and every event. */
async function told(transport: Transport, options: Partial<KisOptions> = {}): Promise<string> {
  const events: CallEvent[] = [];
  const onEvent = (event: CallEvent) => events.push(event);
  const kis = clientOf({ fetch: transport }, { appKey, appSecret, corporate, onEvent, htsId: "hts-user", ...options });
  const outcomes = [
    await settle(call(kis, order, { ...ordered, action: "buy", account: "12345678-22" })),
    await settle(call(kis, balance, {})),
    await settle(call(kis, search, {})),
    await settle(kis.request("X", { path: "/uapi/x", query: { CANO: "12345678", USER_ID: "hts-user" } })),
  ];
  const errors = outcomes.map(({ error }) => error);
  const texts = errors.flatMap((error) => [
    String(error),
    error?.stack,
    inspect(error, { depth: 9 }),
    JSON.stringify(error),
  ]);
  return [...texts, JSON.stringify(events), inspect(kis, { depth: 9 })].join("\n");
}

const everything = SECRETS.join(" | ");
const issue = () => tokenAnswer(token);

describe("no text shows a secret", () => {
  it.each([
    ["refuses and repeats what it was sent", () => refusal("APBK0955", everything)],
    ["leaves open what became of it", () => refusal("EGW00301", everything)],
    ["refuses the token", () => refusal("EGW00123", everything)],
    ["refuses the keys", () => refusal("EGW00103", everything)],
    ["has no right", () => refusal("EGW00206", encodeURIComponent(everything))],
    ["answers with a page", () => new Response(everything, { status: 502 })],
    ["answers with nonsense", () => new Response(everything)],
    ["breaks, and the transport says with what", () => Promise.reject(new Error(`POST failed: ${everything}`))],
  ] as const)("when KIS %s", async (_, answer) => {
    const all = await told(scripted(answer, issue).fetch);
    for (const secret of SECRETS) expect(all).not.toContain(secret);
    expect(all).toContain("‹redacted›");
  });

  it.each([
    ["refuses it", () => tokenRefusal("EGW00105", everything)],
    ["breaks", () => Promise.reject(Object.assign(new Error(everything), { cause: { message: everything } }))],
  ] as const)("when issuing a token KIS %s", async (_, answer) => {
    const all = await told(scripted(() => success(), answer).fetch);
    for (const secret of KEPT) expect(all).not.toContain(secret);
  });

  it("when its own requests fail", async () => {
    const script = scripted(
      ({ path }) => (path.startsWith("/oauth2") ? refusal("EGW00206", everything) : success()),
      issue,
    );
    const kis = clientOf(script, { appKey, appSecret, corporate, htsId: "hts-user" });
    await call(kis, balance, {});
    const { error: revoking } = await settle(revokeToken(kis));
    for (const secret of SECRETS) expect(inspect(revoking, { depth: 9 })).not.toContain(secret);
    const { error: approving } = await settle(approvalKey(kis));
    for (const secret of KEPT) expect(inspect(approving, { depth: 9 })).not.toContain(secret);
  });

  it("of an account that only the call names", async () => {
    const kis = clientOf(scripted(() => refusal("APBK0955", "87654321-01 87654321")));
    const { error } = await settle(call(kis, order, { ...ordered, action: "buy", account: "87654321-01" }));
    expect(error?.message).toBe("APBK0955 ‹redacted› ‹redacted›");
  });

  it("in the events of calls that succeed", async () => {
    const script = scripted(
      ({ path }) => (path.startsWith("/oauth2") ? Response.json({ approval_key: "k" }) : success()),
      issue,
    );
    const all = await told(script.fetch);
    for (const secret of SECRETS) expect(all).not.toContain(secret);
    expect(all).toContain('"PDNO":"005930"');
  });
});
