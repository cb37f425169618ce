import { ProviderError } from "kofin";
import { call } from "kofin/codef";
import { resultCodes } from "kofin/codef/result-codes";
import { expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { moving, reading } from "../support/operations.js";
import { clientOf, refusal, scripted } from "../support/scripted.js";

const handled = ["success", "continue", "renew-token"];
const refusals = Object.entries(resultCodes).filter(([, { advice }]) => !handled.includes(advice));

it.each(refusals)("%s is advised as its spec says", async (code, { advice }) => {
  const error = await failure(call(clientOf(scripted(() => refusal(code))), moving, {}), ProviderError);
  expect(error.advice).toBe(advice);
});

it.each(["CF-12999", "CF-13999"])("%s, which nobody knows, is the user's to settle", async (code) => {
  const error = await failure(call(clientOf(scripted(() => refusal(code))), moving, {}), ProviderError);
  expect(error.advice).toBe("ask-user");
});

it.each(["CF-77777", "CF-0001", "E1234", ""])("%j, which nobody knows, is to be reported", async (code) => {
  const error = await failure(call(clientOf(scripted(() => refusal(code))), moving, {}), ProviderError);
  expect(error.advice).toBe("report");
});

it("only what is advised to be repeated is", async () => {
  for (const [code, { advice }] of refusals) {
    const script = scripted(() => refusal(code));
    await failure(call(clientOf(script, { retryDelayMs: 0 }), reading, {}), ProviderError);
    expect([code, script.sent.length]).toEqual([code, advice === "retry" ? 3 : 1]);
  }
});
