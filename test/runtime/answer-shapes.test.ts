/**
 * What arrives in another shape than the spec says: put right where nothing is lost, and otherwise an error. Every operation that kofin
 * has, by its spec.
 * @module
 */
import { DecodeError } from "kofin";
import { createCodef } from "kofin/codef";
import { accountTransactionList } from "kofin/codef/bank";
import { createKis } from "kofin/kis";
import { inquirePrice } from "kofin/kis/domestic-stock-quotations";
import { inquireViStatus } from "kofin/kis/domestic-stock-sector";
import { createWoori } from "kofin/woori";
import { getAccTransList } from "kofin/woori/finance";
import { describe, expect, test } from "vitest";
import { operationConstant } from "../../generator/emit/operation.js";
import { decodeFields, Misshapen } from "../../runtime/call/fields.js";
import type { ApiOperation } from "../../runtime/call/operation.js";
import { mapPath, valuesAt } from "../../runtime/paths.js";
import { specFolders, specs } from "../../sandbox/shared/specs.js";
import { failure } from "../support/failure.js";

const operations = specFolders().flatMap((name) =>
  (specs(name)?.documents ?? []).flatMap((document) =>
    document.operations.map((operation) => [`${name} ${operation.module}.${operation.id}`, operation] as const),
  ),
);

const constants = operations.map(
  ([name, operation]) => [name, operationConstant(operation, ["lists"]) as unknown as ApiOperation] as const,
);

/** An answer in which `value` stands at `path`. */
function answerWith(path: string, value: unknown): unknown {
  if (path === "") return value;
  const [first = "", ...rest] = path.split(".");
  if (first === "[]") return [answerWith(rest.join("."), value)];
  const inner = answerWith(rest.join("."), value);
  return first.endsWith("[]") ? { [first.slice(0, -2)]: [inner] } : { [first]: inner };
}

describe("an object, of every operation that has one where a list was seen,", () => {
  const objects = constants.flatMap(([name, operation]) =>
    (operation.one ?? []).map((path) => [`${name} ${path || "(all)"}`, operation, path] as const),
  );

  test.each(objects)("%s", (_, operation, path) => {
    const row = { anything: "1" };
    const read = (value: unknown) =>
      valuesAt(decodeFields({ ...operation, many: [] }, answerWith(path, value)), [path]);
    expect(read(row)).toEqual([row]);
    expect(read([row])).toEqual([row]);
    for (const nothing of [[], "", null]) expect(read(nothing)).toEqual([{}]);
    expect(() => read([row, row, row])).toThrow(Misshapen);
  });
});

describe("a list, of every operation that has one where a single row was seen,", () => {
  const lists = constants.flatMap(([name, operation]) =>
    (operation.many ?? []).map((path) => [`${name} ${path || "(all)"}`, operation, path] as const),
  );

  test.each(lists)("%s", (_, operation, path) => {
    const row = { anything: "1" };
    const isBelow = (other: string) => other !== path && (path === "" || other.startsWith(path));
    const alone = { ...operation, many: operation.many?.filter((other) => !isBelow(other)) };
    const read = (value: unknown) => {
      let found: unknown;
      mapPath(decodeFields(alone as ApiOperation, answerWith(path, value)), path, (leaf) => {
        found = leaf;
        return leaf;
      });
      return found;
    };
    expect(read([row, row, row])).toEqual([row, row, row]);
    expect(read([row])).toEqual([row]);
    expect(read(row)).toEqual([row]);
    for (const nothing of [[], {}, "", null]) expect(read(nothing)).toEqual([]);
  });
});

describe("through a client", () => {
  const json = (body: unknown) => Promise.resolve(Response.json(body));
  const token = { get: async () => ({ value: "t", expiresAt: Number.POSITIVE_INFINITY }), invalidate() {} };
  const rows = [{ resAccount: "1" }, { resAccount: "2" }];

  const codef = (data: unknown) => {
    const result = { code: "CF-00000", message: "성공", transactionId: "1" };
    const client = createCodef({ tokens: token, fetch: () => json({ result, data }) });
    const input = { organization: "0004", connectedId: "c", account: "1", startDate: "20260601", endDate: "20260630" };
    return accountTransactionList(client, { ...input, orderBy: "0" });
  };

  test("CODEF", async () => {
    expect((await codef([rows[0]])).data.resAccount).toBe("1");
    for (const nothing of [[], "", null, undefined]) expect((await codef(nothing)).data).toEqual({});
    const error = await failure(codef(rows), DecodeError);
    expect([error.code, error.status, error.message]).toEqual([
      "DECODE",
      200,
      "bank.accountTransactionList: 2 rows stand where the data is one object",
    ]);
    expect((await codef({ resAccount: "1", resTrHistoryList: { resAccountIn: "5" } })).data.resTrHistoryList).toEqual([
      { resAccountIn: "5" },
    ]);
  });

  test("what CODEF answers to a call without a spec is left as it is", async () => {
    const result = { code: "CF-00000", message: "성공", transactionId: "1" };
    const client = createCodef({ tokens: token, fetch: () => json({ result, data: rows }) });
    expect((await client.request("/v1/kr/any", {})).data).toEqual(rows);
  });

  test("KIS: the rows of 변동성완화장치 are all handed over, and an object that is many is refused", async () => {
    const kis = (output: unknown) =>
      createKis({
        environment: "real",
        appKey: "k".repeat(36),
        appSecret: "s".repeat(180),
        tokens: token,
        limits: false,
        fetch: () => json({ rt_cd: "0", msg_cd: "MCA00000", msg1: "정상", output }),
      });
    const thirty = Array.from({ length: 30 }, (_, at) => ({ mksc_shrn_iscd: String(at).padStart(6, "0") }));
    const input = { FID_DIV_CLS_CODE: "0", FID_MRKT_CLS_CODE: "0", FID_INPUT_ISCD: "", FID_RANK_SORT_CLS_CODE: "0" };
    const further = { FID_INPUT_DATE_1: "20261201", FID_TRGT_CLS_CODE: "", FID_TRGT_EXLS_CLS_CODE: "" };
    const { data } = await inquireViStatus(kis(thirty), { ...input, ...further });
    expect(data.output).toHaveLength(30);
    const price = inquirePrice(kis({ stck_prpr: "1" }), { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" });
    expect((await price).data.output).toEqual({ stck_prpr: "1" });
  });

  test("Woori", async () => {
    const woori = (dataBody: unknown) =>
      createWoori({ appKey: "k", token: "t", fetch: () => json({ dataHeader: {}, dataBody }) });
    const input = { INQ_ACNO: "1002123456789", INQ_STA_DT: "20260601", INQ_END_DT: "20260630" };
    const { data } = await getAccTransList(woori({ GRID: { TRN_DT: "20260601" } }), input);
    expect(data.GRID).toEqual([{ TRN_DT: "20260601" }]);
  });
});
