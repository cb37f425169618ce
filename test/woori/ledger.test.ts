import fc from "fast-check";
import { OutcomeUnknownError, settle } from "kofin";
import { createSandbox, type WooriFault } from "kofin/sandbox";
import { createWoori } from "kofin/woori";
import { getAccTransList } from "kofin/woori/finance";
import { executeWooriAcctToOtherAcct, executeWooriAcctToWooriAcct } from "kofin/woori/trans";
import { expect, it } from "vitest";

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
  const sandbox = createSandbox({ now: () => Date.UTC(2026, 10, 21, 3) });
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
