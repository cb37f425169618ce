import { InvalidInputError, settle } from "kofin";
import { call, createWoori } from "kofin/woori";
import { resultCodes } from "kofin/woori/result-codes";
import { describe, expect, it } from "vitest";
import { specsOf } from "./specs.js";

/** What the runtime takes for granted of Woori's documents, held against the specs. */
const operations = specsOf("woori");
const named = operations.map((spec) => [`${spec.operation.method} ${spec.constant.id}`, spec] as const);

it("a field of a request is a date exactly when its name ends in DT", () => {
  const fields = operations.flatMap(({ operation }) =>
    Object.entries(operation.request?.properties?.dataBody?.properties ?? {}),
  );
  const byName = fields.filter(([name]) => name.endsWith("DT")).map(([name]) => name);
  const byFormat = fields.filter(([, { format }]) => format?.startsWith("yyyymmdd")).map(([name]) => name);
  expect(byName.length).toBeGreaterThan(8);
  expect(byName).toEqual(byFormat);
});

it("the envelope is that of everything below /oai/, and of nothing else", () => {
  for (const { operation } of operations) {
    expect(Boolean(operation.request?.properties?.dataHeader)).toBe(operation.path.startsWith("/oai/"));
  }
});

it("whatever moves money, applies for something or registers somebody is sent at most once", () => {
  const once = operations.filter(({ constant }) => constant.retry === "never").map(({ constant }) => constant.id);
  expect(once.sort()).toEqual([
    "lease-loan.leaseLoanLimitInqury",
    "lease-loan.newCarLoanLimitInqury",
    "login.executeCellCerti",
    "login.getCellCerti",
    "remittance.executeFrgnRemittance",
    "trans.executeWooriAcctToOtherAcct",
    "trans.executeWooriAcctToWooriAcct",
  ]);
});

it("every code of the specs has a meaning", () => {
  expect(Object.keys(resultCodes)).toHaveLength(24);
});

describe("a header that the document requires is missed before anything is sent, one that it leaves open is not", () => {
  it.each(named)("%s", async (_, { constant, operation, input }) => {
    const requires = (word: string) =>
      operation.parameters.some(({ required, schema }) => required && schema["x-from"] === word);
    const woori = createWoori({
      appKey: "app-key",
      fetch: Object.assign(async () => Response.json({ dataHeader: {}, dataBody: {} }), { getBody: true } as const),
    });
    const { error } = await settle(call(woori, constant, input));
    expect(requires("appKey")).toBe(true);
    if (requires("secretKey") || requires("token")) {
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(error?.code).toBe("CREDENTIALS_MISSING");
    } else {
      expect(error).toBeUndefined();
    }
  });
});
