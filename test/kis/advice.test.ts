import { readFileSync } from "node:fs";
import { AnswerError, AuthenticationError, type KofinError, OutcomeUnknownError, ProviderError } from "kofin";
import { call } from "kofin/kis";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../../bench/package-root.js";
import { adviceOf } from "../../runtime/kis/advice.js";
import { failure } from "../support/failure.js";
import { order, ordered, price } from "./operations.js";
import { clientOf, refusal, scripted } from "./scripted.js";

const listed = Object.entries(
  parse(readFileSync(`${root}/specs/kis/result-codes.yaml`, "utf8")) as Record<string, { advice: string }>,
);
const refusals = listed.filter(([code, { advice }]) => advice !== "success" && !code.startsWith("OPSP"));

const outcome = async (code: string, status?: number): Promise<KofinError> => {
  const script = scripted(() => refusal(code, "거절", status));
  const error = await failure(call(clientOf(script), order, { ...ordered, action: "buy" }));
  // A refused token is renewed once: what was sent before has not been carried out.
  expect([code, script.sent.length]).toEqual([code, adviceOf(code) === "renew-token" ? 2 : 1]);
  return error;
};

it.each(listed)("%s is advised as its spec says", (code, { advice }) => {
  expect(adviceOf(code)).toBe(advice);
});

it.each([
  ["EGW09999", "report"],
  ["OPSQ7777", "report"],
  ["OPSP1111", "report"],
  ["APBK9999", "ask-user"],
  ["40570000", "ask-user"],
  ["EGW", "report"],
  ["", "ask-user"],
  ["0", "ask-user"],
])("%j, which nobody knows, is %s", (code, advice) => {
  expect(adviceOf(code)).toBe(advice);
});

describe("a look-up", () => {
  const REPEATED = ["EGW00001", "EGW00002", "EGW00201", "EGW00215", "EGW00300", "EGW00316"];

  it("is repeated after what is temporary, and after nothing else", async () => {
    for (const [code] of refusals) {
      const script = scripted(() => refusal(code));
      const error = await failure(
        call(clientOf(script, { retryDelayMs: 0 }), price, { FID_INPUT_ISCD: "1" }),
        AnswerError,
      );
      const sent = error instanceof AuthenticationError && error.advice === "renew-token" ? 2 : 1;
      expect([code, script.sent.length]).toEqual([code, REPEATED.includes(code) ? 3 : sent]);
    }
  });
});

describe("an order", () => {
  /** Whether an order may have been accepted although KIS says this. */
  const OPEN = [
    "EGW00001 EGW00002 EGW00202 EGW00204 EGW00300 EGW00301 EGW00302 EGW00316 90020000",
    "OPSQ0001 OPSQ0003 OPSQ0004 OPSQ0005 OPSQ0006 OPSQ0007 OPSQ0008 OPSQ0009 OPSQ0010 OPSQ0011 OPSQ1002",
    "OPSQ3001 OPSQ3002 OPSQ3004",
  ]
    .join(" ")
    .split(" ");

  it("is sent once, and its outcome is open exactly where the code leaves it open", async () => {
    const open: string[] = [];
    for (const [code] of refusals) if ((await outcome(code)) instanceof OutcomeUnknownError) open.push(code);
    expect(open.sort()).toEqual(OPEN.sort());
  });

  it.each(["EGW00201", "EGW00215"])("was not processed when %s refused it", async (code) => {
    const error = await outcome(code);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code, advice: "retry" });
  });

  it.each([
    ["EGW09999", 500],
    ["EGW09999", 200],
    ["OPSQ7777", 500],
    ["APBK9999", 500],
    ["", 500],
    ["MCA00000", 200],
  ])("is open after %j under HTTP %i", async (code, status) => {
    const error = await outcome(code, status);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error.cause).toMatchObject({ advice: "check-outcome" });
  });

  it.each([
    ["APBK9999", 200],
    ["40570000", 200],
    ["", 200],
    ["APBK0918", 500],
  ])("was refused by %j under HTTP %i", async (code, status) => {
    expect(await outcome(code, status)).toBeInstanceOf(ProviderError);
  });
});
