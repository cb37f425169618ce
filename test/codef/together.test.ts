import { type Codef, together } from "kofin/codef";
import { additionalTaxStandard, proofIncome, standardFinancialStatements } from "kofin/codef/public-nts";
import type { Sandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { SIMPLE_AUTH, setUp } from "./setup.js";

const GAP = 240;
/** Timers of a busy machine may be late: the sandbox is content with less. */
const NEEDED = 40;
const PRODUCTS = ["proofIncome", "additionalTaxStandard", "standardFinancialStatements"] as const;
const LOGIN = { ...SIMPLE_AUTH, loginIdentity: "19900101" } as const;

/** Every product asks. */
async function ready() {
  const setting = setUp({ codef: { sharedGapMs: NEEDED } });
  // What the first call of a process loads would take its time out of the first gap.
  await proofIncome(setting.another(), { ...LOGIN, startYear: "2024", endYear: "2025" });
  for (const product of PRODUCTS) setting.sandbox.codef.script(`public-nts.${product}`, [{ method: "simpleAuth" }]);
  return setting;
}

/** Three products of 홈택스 under one id. */
function three(codef: Codef, gapMs = GAP) {
  return together(
    codef,
    [
      ({ id }) => proofIncome(codef, { id, ...LOGIN, startYear: "2024", endYear: "2025" }),
      ({ id }) => additionalTaxStandard(codef, { id, ...LOGIN, startDate: "202501", endDate: "202507" }),
      ({ id }) => standardFinancialStatements(codef, { id, ...LOGIN, startDate: "202512" }),
    ],
    { gapMs },
  );
}

/** First requests, oldest first. */
function begun({ codef }: Sandbox) {
  return codef.requests.filter(
    ({ body }) => typeof body === "object" && body !== null && "id" in body && !("is2Way" in body),
  );
}

describe("three products of 홈택스", () => {
  test("ask once, and all answer in the order they were given", async () => {
    const { codef, sandbox } = await ready();
    const first = await three(codef);
    if (first.status !== "challenge") throw new Error("It does not ask");
    expect([first.index, first.challenge.method]).toEqual([0, "simpleAuth"]);
    sandbox.codef.approve();
    const all = await first.answer({ simpleAuth: "1" });
    if (all.status !== "done") throw new Error("It asks again");
    const [income, standard, statements] = all.outcomes;
    expect(income.data).toMatchObject({ status: "done", data: { resIssueNo: expect.any(String) } });
    expect(standard.data).toMatchObject({ status: "done", data: expect.any(Array) });
    expect(statements.data).toMatchObject({ status: "done", data: { resBalanceSheet: expect.any(Array) } });
    expect(sandbox.codef.requests.filter(({ body }) => (body as { is2Way?: boolean }).is2Way)).toHaveLength(1);
  });

  test("leave one after the other with the gap, all with one id", async () => {
    const { codef, sandbox } = await ready();
    const first = await three(codef);
    if (first.status !== "challenge") throw new Error("It does not ask");
    sandbox.codef.approve();
    await first.answer({ simpleAuth: "1" });
    const requests = begun(sandbox);
    expect(new Set(requests.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    const [a = 0, b = 0, c = 0] = requests.map(({ at }) => at);
    expect(b - a).toBeGreaterThanOrEqual(NEEDED);
    expect(c - b).toBeGreaterThanOrEqual(NEEDED);
  });

  test("keep the gap when the token has to be fetched first", async () => {
    const { codef, sandbox } = await ready();
    sandbox.codef.delayNext(GAP, { path: "/oauth/token" });
    const first = await three(codef);
    if (first.status !== "challenge") throw new Error("It does not ask");
    sandbox.codef.approve();
    const all = await first.answer({ simpleAuth: "1" });
    expect(all.status).toBe("done");
  });

  test("lose nothing when one is refused: the others answer", async () => {
    const { codef, sandbox } = await ready();
    sandbox.codef.failNext({ code: "CF-12100", path: "public-nts.additionalTaxStandard" });
    const first = await three(codef);
    if (first.status !== "challenge") throw new Error("It does not ask");
    sandbox.codef.approve();
    const all = await first.answer({ simpleAuth: "1" });
    if (all.status !== "done") throw new Error("It asks again");
    const [income, standard, statements] = all.outcomes;
    expect(income.error).toBeUndefined();
    expect(standard.error).toMatchObject({ code: "CF-12100" });
    expect(statements.error).toBeUndefined();
  });

  test("fail together when the user cancels", async () => {
    const { codef } = await ready();
    const first = await three(codef);
    if (first.status !== "challenge") throw new Error("It does not ask");
    // All have to be on their way: what comes later begins anew.
    await new Promise((resolve) => setTimeout(resolve, GAP * 3));
    const all = await first.answer({ simpleAuth: "0" });
    if (all.status !== "done") throw new Error("It asks again");
    expect(all.outcomes.map(({ error }) => (error as { code?: string } | undefined)?.code)).toEqual(
      PRODUCTS.map(() => "CF-12102"),
    );
  });

  test("without the gap each asks for itself, and all can be answered", async () => {
    const { codef, sandbox } = await ready();
    let all = await three(codef, 0);
    const indexes: number[] = [];
    while (all.status === "challenge") {
      indexes.push(all.index);
      sandbox.codef.approve();
      all = await all.answer({ simpleAuth: "1" });
    }
    expect(indexes.toSorted()).toEqual([0, 1, 2]);
    expect(all.outcomes.map(({ data }) => data?.status)).toEqual(["done", "done", "done"]);
  });
});
