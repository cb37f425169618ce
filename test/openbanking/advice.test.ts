import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { AuthenticationError, OutcomeUnknownError, type ProviderError } from "kofin";
import { BankError, call, exchangeCode } from "kofin/openbanking";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { failure } from "../support/failure.js";
import { deposit, deposited, depositing } from "./operations.js";
import { clientOf, refusal, scripted, success } from "./scripted.js";

type Table = Record<string, { meaning: string; advice: string }>;

const root = createRequire(import.meta.url)
  .resolve("../../package.json")
  .replace(/package\.json$/, "");

/** Codes of a table besides those that are no refusal, and the one that renews the token. */
function refusals(name: string): [string, string][] {
  const table = parse(readFileSync(`${root}specs/openbanking/${name}.yaml`, "utf8")) as Table;
  return Object.entries(table)
    .map(([code, { advice }]) => [code, advice] as [string, string])
    .filter(([, advice]) => advice !== "success");
}

/** The error of a transfer, or what it was before it became "nobody knows". */
async function causeOf(answer: () => Response): Promise<ProviderError> {
  const error = await failure(call(clientOf(scripted(answer)), deposit, depositing));
  expect(error instanceof OutcomeUnknownError).toBe(
    ((error.cause ?? error) as ProviderError).advice === "check-outcome",
  );
  return (error instanceof OutcomeUnknownError ? error.cause : error) as ProviderError;
}

it.each(refusals("result-codes"))("%s is advised to be %s, as its spec says", async (code, advice) => {
  const error = await causeOf(() => refusal(code));
  expect(error).toMatchObject({ code, advice });
});

it.each(refusals("bank-result-codes"))("the bank's %s is advised to be %s, as its spec says", async (code, advice) => {
  const error = await causeOf(() => refusal("A0009", "", deposited(code)));
  expect(error).toBeInstanceOf(BankError);
  expect(error).toMatchObject({ bankCode: code, advice });
});

it.each(refusals("oauth-detail-result-codes"))(
  "the detail %s is advised to be %s, as its spec says",
  async (code, advice) => {
    const script = scripted(
      () => success(),
      () => refusal("O0001", `인증 실패 [${code}]`),
    );
    const error = await failure(exchangeCode(clientOf(script), "code"), AuthenticationError);
    expect(error).toMatchObject({ code: "O0001", advice });
  },
);
