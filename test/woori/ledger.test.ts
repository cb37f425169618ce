import fc from "fast-check";
import { OutcomeUnknownError, settle } from "kofin";
import { createSandbox, type WooriFault } from "kofin/sandbox";
import { createWoori } from "kofin/woori";
import { getAccTransList } from "kofin/woori/finance";
import { executeWooriAcctToOtherAcct, executeWooriAcctToWooriAcct } from "kofin/woori/trans";
import { expect, it } from "vitest";

const NOON = Date.UTC(2026, 10, 21, 3);

const FROM = "1002123456789";
const DAY = { INQ_STA_DT: "20261121", INQ_END_DT: "20261121" };

interface Step {
  amount: number;
  elsewhere: boolean;
  fault: WooriFault | undefined;
}

const faults = fc.tuple(
  fc.constantFrom<WooriFault>(
    { drop: true },
    { code: "SYSCD01003" },
    { code: "SYSCD01999", status: 500 },
    { code: "SYSCD09999" },
    { status: 502, body: "<html></html>" },
    { body: "cut o" },
  ),
  fc.boolean(),
);

const steps: fc.Arbitrary<Step> = fc.record({
  amount: fc.integer({ min: 1, max: 60_000 }),
  elsewhere: fc.boolean(),
  fault: fc.option(
    faults.map(([fault, carriedOut]) => ({ ...fault, carriedOut })),
    { nil: undefined, freq: 2 },
  ),
});

it("a client's books are the bank's, whatever becomes of the answers, and no transfer happens twice", async () => {
  const sandbox = createSandbox({ now: () => NOON });
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 40 }), async (plan) => {
      sandbox.reset();
      const woori = createWoori({ ...sandbox.woori.options, retryDelayMs: 0 });
      const books: string[] = [];
      for (const [index, { amount, elsewhere, fault }] of plan.entries()) {
        if (fault) sandbox.woori.failNext(fault);
        // What the other side reads tells one transfer from another in the statement.
        const memo = `#${index}`;
        const order = { WDR_ACNO: FROM, TRN_AM: amount, PTN_PBOK_PRNG_TXT: memo };
        const { data, error } = await settle(
          elsewhere
            ? executeWooriAcctToOtherAcct(woori, { ...order, RCV_BKCD: "004", RCV_ACNO: "11022233344" })
            : executeWooriAcctToWooriAcct(woori, { ...order, RCV_BKCD: "020", RCV_ACNO: "1002987654321" }),
        );
        if (data) books.push(memo);
        else if (error instanceof OutcomeUnknownError && (await isInStatement(memo))) books.push(memo);
      }
      const { accounts, transfers } = sandbox.woori.ledger();
      const { data } = await getAccTransList(woori, { INQ_ACNO: FROM, ...DAY });
      const out = data.GRID?.filter(({ PAY_AM }) => Number(PAY_AM) > 0) ?? [];
      expect(out.map(({ TRN_TXT }) => TRN_TXT).reverse()).toEqual(books);
      expect(new Set(books).size).toBe(books.length);
      const left = transfers.reduce((sum, { amount, fee }) => sum + amount + fee, 0);
      expect(accounts.find(({ ACNO }) => ACNO === FROM)?.balance).toBe(3_014_050 - left);
      expect(sandbox.woori.requests.filter(({ path }) => path.includes("/trans/"))).toHaveLength(plan.length);

      async function isInStatement(memo: string): Promise<boolean> {
        const statement = await getAccTransList(woori, { INQ_ACNO: FROM, ...DAY });
        return statement.data.GRID?.some(({ TRN_TXT }) => TRN_TXT === memo) ?? false;
      }
    }),
    { numRuns: 40 },
  );
});

/** What one attempt at a payment meets. Its process may die before it hears the answer. */
interface Attempt {
  fault: WooriFault | undefined;
  dies: boolean;
}

const FAULTS: Record<string, WooriFault> = {
  drop: { drop: true },
  silence: { silent: true },
  "time-out of the bank": { code: "SYSCD01003" },
  "unknown code": { code: "SYSCD09999" },
  "HTTP 502": { status: 502, body: "<html></html>" },
  "too many requests": { code: "SYSCD03101" },
};

const attempts: fc.Arbitrary<Attempt[]> = fc.array(
  fc.record({
    fault: fc.option(
      fc
        .tuple(fc.constantFrom(...Object.values(FAULTS)), fc.boolean())
        .map(([fault, carriedOut]) => ({ ...fault, carriedOut: fault.code !== "SYSCD03101" && carriedOut })),
      { nil: undefined },
    ),
    dies: fc.constantFrom(false, false, true),
  }),
  { minLength: 1, maxLength: 3 },
);

it("payments that are attempted until they are made, several at a time, are made once each", async () => {
  const sandbox = createSandbox({ now: () => NOON });
  const woori = createWoori({ ...sandbox.woori.options });
  const plans = fc.sample(attempts, { numRuns: 500, seed: 20261121 }).entries();
  const amountOf = (index: number) => 1_000 + index;
  const made: number[] = [];
  const seen = new Set<string>();
  let deaths = 0;

  const statement = async () => (await getAccTransList(woori, { INQ_ACNO: FROM, ...DAY })).data.GRID ?? [];
  /** Whether the money has moved, as far as the process learns it; undefined when it does not. */
  const attempt = async (index: number, { fault, dies }: Attempt): Promise<boolean | undefined> => {
    const elsewhere = index % 2 === 0;
    const path = elsewhere ? "trans.executeWooriAcctToOtherAcct" : "trans.executeWooriAcctToWooriAcct";
    if (fault) sandbox.woori.failNext({ ...fault, path });
    const order = { WDR_ACNO: FROM, TRN_AM: amountOf(index), PTN_PBOK_PRNG_TXT: `#${index}` };
    const options = { timeoutMs: 50 };
    const { error } = await settle(
      elsewhere
        ? executeWooriAcctToOtherAcct(woori, { ...order, RCV_BKCD: "004", RCV_ACNO: "11022233344" }, options)
        : executeWooriAcctToWooriAcct(woori, { ...order, RCV_BKCD: "020", RCV_ACNO: "1002987654321" }, options),
    );
    if (error) seen.add(error instanceof OutcomeUnknownError ? `unknown: ${error.cause.code}` : error.code);
    if (dies) deaths += 1;
    return dies || error instanceof OutcomeUnknownError ? undefined : error === undefined;
  };
  const pay = async (index: number, plan: readonly Attempt[]) => {
    for (const next of [...plan, ...Array<Attempt>(9).fill({ fault: undefined, dies: false })]) {
      const isMade = (await attempt(index, next)) ?? (await statement()).some(({ TRN_TXT }) => TRN_TXT === `#${index}`);
      if (!isMade) continue;
      made.push(index);
      return;
    }
  };
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const [index, plan] of plans) await pay(index, plan);
    }),
  );

  const { accounts, transfers } = sandbox.woori.ledger();
  expect(made.sort((one, other) => one - other)).toEqual(Array.from({ length: 500 }, (_, index) => index));
  expect(transfers.map(({ amount }) => amount).sort((one, other) => one - other)).toEqual(made.map(amountOf));
  const left = transfers.reduce((sum, { amount, fee }) => sum + amount + fee, 0);
  expect(accounts.find(({ ACNO }) => ACNO === FROM)?.balance).toBe(3_014_050 - left);
  const unknown = ["HTTP_502", "NETWORK", "SYSCD01003", "SYSCD09999", "TIMEOUT"].map((code) => `unknown: ${code}`);
  expect([...seen]).toEqual(expect.arrayContaining(["SYSCD03101", ...unknown]));
  expect(deaths).toBeGreaterThan(100);
});
