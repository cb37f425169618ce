import fc from "fast-check";
import { AuthenticationError, KofinError, NetworkError } from "kofin";
import { type Codef, call, callTwoWay } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { asking, reading, registering } from "../support/operations.js";
import { clientOf, scripted, tokenAnswer, urlEncoded } from "../support/scripted.js";

const STATUSES = Array.from({ length: 400 }, (_, index) => 200 + index);
const NO_BODY = [204, 205, 304];

const codes = fc.constantFrom(
  "CF-00000",
  "CF-03002",
  "CF-04012",
  "CF-04000",
  "CF-00401",
  "CF-00026",
  "CF-99997",
  "CF-12801",
  "CF-01002",
  "CF-99999",
  "",
  "toString",
);
const anything = fc.jsonValue({ maxDepth: 3 });

/** What could stand at any place of an envelope: what belongs there, or anything else. */
const or = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ arbitrary, weight: 4 }, { arbitrary: anything, weight: 1 });
const odd = fc.constantFrom<unknown>(
  { toString: 1, valueOf: 1 },
  { length: -1 },
  "__proto__",
  -0,
  "NaN",
  Number.MAX_VALUE,
  [],
);

const result = fc.record(
  { code: or(codes), message: or(fc.string()), extraMessage: or(fc.string()), transactionId: or(fc.string()) },
  { requiredKeys: [] },
);
const twoWayData = fc.record(
  {
    continue2Way: or(fc.boolean()),
    method: or(fc.constantFrom("simpleAuth", "secureNo")),
    jti: or(fc.string()),
    jobIndex: fc.oneof(or(fc.integer()), odd),
    threadIndex: fc.oneof(or(fc.integer()), odd),
    twoWayTimestamp: fc.oneof(or(fc.integer()), odd),
    extraInfo: or(fc.dictionary(fc.string(), anything)),
  },
  { requiredKeys: [] },
);
const errorList = fc.array(
  fc.oneof(odd, fc.dictionary(fc.constantFrom("code", "message", "organization"), fc.oneof(odd, fc.string()))),
);
const data = fc.oneof(
  anything,
  odd,
  twoWayData,
  fc.record(
    { errorList, successList: anything, connectedId: anything, resList: fc.oneof(odd, anything) },
    { requiredKeys: [] },
  ),
  anything.map((value) => JSON.stringify(value)),
);
const envelope = fc.record(
  { result: or(result), data, twoWayInfo: fc.record({ twoWayTimeout: fc.oneof(odd, anything) }) },
  { requiredKeys: [] },
);
const gateway = fc.record(
  { error: or(fc.constantFrom("invalid_token", "access_denied")), code: or(codes), message: or(fc.string()) },
  { requiredKeys: [] },
);

/** The text of an answer, whole or damaged on its way. */
const body = fc
  .tuple(
    fc.oneof(envelope, gateway, anything),
    fc.constantFrom("plain", "encoded", "plus", "twice"),
    fc.nat(),
    fc.constantFrom("", "", "", "cut", "flip", "stray"),
    fc.string(),
  )
  .map(([json, encoding, at, damage, stray]) => {
    const plain = JSON.stringify(json) ?? "";
    const text = {
      plain,
      encoded: encodeURIComponent(plain),
      plus: urlEncoded(json),
      twice: encodeURIComponent(encodeURIComponent(plain)),
    }[encoding];
    const place = at % (text.length + 1);
    if (damage === "cut") return text.slice(0, place);
    if (damage === "flip") return `${text.slice(0, place)}%${text.slice(place + 1)}`;
    if (damage === "stray") return text.slice(0, place) + stray + text.slice(place);
    return text;
  });

const answers = fc.tuple(
  fc.oneof({ arbitrary: body, weight: 9 }, { arbitrary: fc.string({ unit: "binary" }), weight: 1 }),
  fc.oneof(fc.constant(200), fc.constantFrom(...STATUSES)),
);

const CALLS: ((codef: Codef) => Promise<unknown>)[] = [
  (codef) => call(codef, { ...reading, many: ["", "resList", "[].resList", "resList[].a"] }, {}),
  (codef) => call(codef, registering, { accountList: [] }),
  (codef) => callTwoWay(codef, asking, {}),
  (codef) => codef.request("/v1/kr/some/product", {}),
];

/** The outcome of a call must be a reply with its promised shape, or a typed error that says where it comes from. */
function checkOutcome(outcome: unknown, status: number): void {
  if (!(outcome instanceof KofinError)) {
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(300);
    expect(outcome).toMatchObject({ status: expect.stringMatching(/^(done|challenge)$/) });
    const { data, challenge } = outcome as { data?: unknown; challenge?: unknown };
    expect(data ?? challenge).toBeDefined();
    expect(JSON.parse(JSON.stringify(outcome))).toBeDefined();
    return;
  }
  // An answer arrived, so it is not the network's fault.
  expect(outcome).not.toBeInstanceOf(NetworkError);
  expect(outcome.code).toBeTypeOf("string");
  expect(outcome.message).toBeTypeOf("string");
  expect(outcome.provider).toBe("codef");
  expect(outcome).toHaveProperty("status", status);
}

describe("10,000 answers of any kind", () => {
  it.each([
    ["as they are", false],
    ["with middleware", true],
  ])(
    "bring a reply or a typed error, in time: %s",
    async (_, middleware) => {
      let next: Response | undefined;
      const script = scripted(() => next?.clone() ?? Response.error());
      const codef = clientOf(script, { retries: 0, timeoutMs: 5_000 });
      if (middleware) codef.use({ onResponse: () => undefined });
      let count = 0;
      await fc.assert(
        fc.asyncProperty(answers, async ([text, status]) => {
          next = new Response(NO_BODY.includes(status) ? null : text, { status });
          script.sent.length = 0;
          const outcome = await CALLS[count++ % CALLS.length]?.(codef).catch((error: unknown) => error);
          checkOutcome(outcome, status);
          const isRefused = outcome instanceof AuthenticationError && outcome.advice === "renew-token";
          expect(script.sent.length).toBe(isRefused ? 2 : 1);
        }),
        { numRuns: 5_000 },
      );
    },
    120_000,
  );

  it("from the OAuth host bring a token or a typed error too", async () => {
    await fc.assert(
      fc.asyncProperty(answers, async ([text, status]) => {
        const answer = new Response(NO_BODY.includes(status) ? null : text, { status });
        const script = scripted(
          () => tokenAnswer("never asked for"),
          () => answer,
        );
        const outcome = await call(clientOf(script, { retries: 0, timeoutMs: 5_000 }), reading, {}).catch(
          (error: unknown) => error,
        );
        expect(outcome).toBeInstanceOf(KofinError);
        expect(outcome).not.toBeInstanceOf(NetworkError);
      }),
      { numRuns: 1_000 },
    );
  });
});
