/**
 * Everything that moves money, through the generated functions against the served sandbox, under every fault there is on the way. There
 * is no key that a repeat could be known by: what may have arrived leaves once, and the caller is told which of done, not done and
 * unknown it is.
 * @module
 */
import { type KofinError, memoryStore, OutcomeUnknownError, type Transport } from "kofin";
import { createKiwoom, type Kiwoom } from "kofin/kiwoom";
import { undiciTransport } from "kofin/node";
import { createSandbox, type ProviderFault } from "kofin/sandbox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServedSandbox, serveSandbox } from "../../sandbox/serve.js";
import { examplesOf } from "../contract/example-input.js";
import { functionOf, nameOf, operationsIn, specsOf } from "../contract/specs.js";

const sandbox = createSandbox();
const { kiwoom: mock } = sandbox;
const store = memoryStore();
let served: ServedSandbox;
beforeAll(async () => {
  served = await serveSandbox(sandbox, { port: 0 });
});
afterAll(() => served.close());

const money = operationsIn(specsOf("kiwoom")).filter(({ settledBy }) => settledBy !== undefined);

type Outcome = "not done" | "unknown";

interface Case {
  name: string;
  fault: ProviderFault;
  outcome: Outcome;
}

const cases: Case[] = [
  { name: "reset before it was carried out", fault: { drop: true }, outcome: "unknown" },
  { name: "reset after it was carried out", fault: { drop: true, carriedOut: true }, outcome: "unknown" },
  { name: "no answer", fault: { silent: true, carriedOut: true }, outcome: "unknown" },
  { name: "500 with a page", fault: { status: 500, body: "<html>" }, outcome: "unknown" },
  { name: "502", fault: { status: 502, body: "" }, outcome: "unknown" },
  { name: "503, carried out", fault: { status: 503, body: "", carriedOut: true }, outcome: "unknown" },
  { name: "200 with a page", fault: { status: 200, body: "<html>", carriedOut: true }, outcome: "unknown" },
  { name: "200 with nothing", fault: { status: 200, body: "" }, outcome: "unknown" },
  { name: "200 with JSON of another kind", fault: { status: 200, body: "{}" }, outcome: "unknown" },
  { name: "302", fault: { status: 302, body: "" }, outcome: "unknown" },
  { name: "1999, an unexpected error", fault: { code: "1999" }, outcome: "unknown" },
  { name: "1700, too many calls", fault: { status: 429, code: "1700" }, outcome: "not done" },
  { name: "1511, a field is missing", fault: { code: "1511" }, outcome: "not done" },
  { name: "1902, no such stock", fault: { code: "1902" }, outcome: "not done" },
  { name: "a code of the ledger that nobody knows", fault: { code: "571499" }, outcome: "not done" },
  { name: "RC4058, the market is closed", fault: { code: "RC4058" }, outcome: "not done" },
];

/** The standard has `fetch` send a request once more after 421, which only another transport can keep from it. */
const misdirected: Case = { name: "421", fault: { status: 421, body: "" }, outcome: "unknown" };

const transports: [string, () => Transport | undefined, readonly Case[]][] = [
  ["fetch", () => undefined, cases],
  ["undici", () => undiciTransport(), [...cases, misdirected]],
];

function clientOver(transport: Transport | undefined): Kiwoom {
  const { fetch: _inProcess, realtime: _socket, ...options } = mock.options;
  return createKiwoom({
    ...{ ...options, store, retries: 3, limits: false, retryDelayMs: 1, answerTimeoutMs: 300 },
    baseUrl: `${served.url}/kiwoom`,
    ...(transport && { fetch: transport }),
  });
}

async function outcomeOf(work: Promise<unknown>): Promise<{ outcome: Outcome | "done"; error?: KofinError }> {
  try {
    await work;
    return { outcome: "done" };
  } catch (error) {
    return { outcome: error instanceof OutcomeUnknownError ? "unknown" : "not done", error: error as KofinError };
  }
}

test("17 operations move money", () => {
  expect(money).toHaveLength(17);
});

describe.each(transports)("over %s", (_, transport, faults) => {
  const client = () => clientOver(transport());

  describe.each(money.map((operation) => [nameOf(operation), operation] as const))("%s", (_, operation) => {
    test.each(faults)("$name", async ({ fault, outcome }) => {
      const call = await functionOf<(kiwoom: Kiwoom, input: object) => Promise<unknown>>(
        ...(["kiwoom", operation.module, operation.id] as const),
      );
      const [example] = examplesOf(operation, {});
      const asked = () => mock.requests.filter(({ headers }) => headers["api-id"] === operation.fragment).length;
      const before = asked();
      mock.failNext({ ...fault, path: nameOf(operation) });
      const told = await outcomeOf(call(client(), example?.input ?? {}));
      expect(told.outcome).toBe(outcome);
      expect(asked() - before).toBe(1);
      if (told.error instanceof OutcomeUnknownError) expect(told.error.settledBy).toBe(operation.settledBy);
    });
  });
});
