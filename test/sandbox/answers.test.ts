import type { Operation, Schema } from "kofin/generator";
import { describe, expect, test } from "vitest";
import { examplesOf, type Field } from "../contract/example-input.js";
import { nameOf, operationsIn, specsOf } from "../contract/specs.js";
import { complaints } from "../contract/validator.js";
import { madeUp, partOf } from "../support/certificate.js";
import { ACCOUNT_LIST, connect, encrypt, INPUT, idLogin, read, TRANSACTIONS } from "./client.js";

const NOW = () => Date.UTC(2026, 6, 15, 3);
const certificate = await madeUp({ password: "1234" });
const operations = operationsIn(specsOf("codef"));
const MAY = { ...INPUT, account: "98765432101234", startDate: "20260501", endDate: "20260531" };

/** Calls an operation by hand, with the first example input of its spec. */
async function send(operation: Operation) {
  const { raw, sandbox } = await connect({ now: NOW });
  const secret = encrypt("1234", sandbox.codef.publicKey);
  const known = ({ name, schema }: Field) => {
    const part = schema["x-encrypted"] ? undefined : partOf(certificate, schema);
    if (part !== undefined) return part;
    if (schema["x-encrypted"]) return secret;
    return name === "connectedId" ? "sandbox_connectedId" : undefined;
  };
  const [example] = examplesOf(operation, { known });
  const input = Object.entries(example?.input ?? {});
  if (operation.method === "GET") {
    const query = new URLSearchParams(input.map(([name, value]) => [name, String(value)] as [string, string]));
    return read(await raw(`${operation.path}?${query}`, "", { method: "GET" }));
  }
  if (operation.requestType !== "multipart/form-data") {
    return read(await raw(operation.path, encodeURIComponent(JSON.stringify(Object.fromEntries(input)))));
  }
  const body = new FormData();
  for (const [name, value] of input) body.set(name, new Blob([String(value)]));
  return read(await raw(operation.path, "", { body }));
}

describe("every operation that has a spec", () => {
  test("there are some", () => expect(operations.length).toBeGreaterThan(20));

  test.each(operations.map((operation) => [nameOf(operation), operation] as const))(
    "%s answers as its response schema says, with every field that the spec names",
    async (_, operation) => {
      const { status, body } = await send(operation);
      expect(status).toBe(200);
      expect(body.result).toMatchObject({ code: "CF-00000", extraMessage: "" });
      expect(complaints(operation.response, body)).toEqual([]);
      const isMadeUp = !operation.responseExample && operation.path.startsWith("/v1/kr/");
      if (isMadeUp) expect(missing(operation.response.properties?.data ?? {}, body.data, "data")).toEqual([]);
    },
  );
});

function missing(schema: Schema, value: unknown, path: string): string[] {
  if (schema.type === "array") {
    const rows = value as unknown[];
    const few = schema.items && (rows.length < 2 || rows.length > 3) ? [`${path}: ${rows.length} rows`] : [];
    return [...few, ...rows.flatMap((row, index) => missing(schema.items ?? {}, row, `${path}[${index}]`))];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const field = (value as Record<string, unknown>)[name];
    return field === undefined ? [`${path}.${name}`] : missing(inner, field, `${path}.${name}`);
  });
}

describe("documented answers", () => {
  const example = (path: string) =>
    operations.find((operation) => operation.path === path)?.responseExample as { data: unknown };

  test("an operation with an example answers it", async () => {
    const { post } = await connect();
    expect((await post(ACCOUNT_LIST, INPUT)).body.data).toEqual(example(ACCOUNT_LIST).data);
  });

  test("사업자등록상태 has a row for each number asked, in that order", async () => {
    const { post } = await connect();
    const numbers = ["1234567890", "3333344444", "5555566666"];
    const reqIdentityList = numbers.map((reqIdentity) => ({ reqIdentity }));
    const { body } = await post("/v1/kr/public/nt/business/status", { organization: "0004", reqIdentityList });
    expect(body.data.map((row: { resCompanyIdentityNo: string }) => row.resCompanyIdentityNo)).toEqual(numbers);
    expect(body.data[1]).toMatchObject({
      resBusinessStatus: "사업을하지않고있습니다.",
      resTaxationTypeCode: "98",
      extraMessage: null,
    });
    expect(body.data[0]).toMatchObject({ resTaxationTypeCode: "1", resTransferTaxTypeDate: "20110701" });
  });
});

describe("transactions", () => {
  interface Row {
    resAccountTrDate: string;
    resAccountIn: string;
    resAccountOut: string;
    resAfterTranBalance: string;
  }
  const ask = async (changes: object = {}) => {
    const { post } = await connect({ now: NOW });
    const { data } = (await post(TRANSACTIONS, { ...MAY, ...changes })).body;
    const rows: Row[] = data.resTrHistoryList;
    expect(rows.length).toBeGreaterThan(1);
    return { data, rows };
  };

  test("repeat what was asked", async () => {
    const { data } = await ask();
    expect(data).toMatchObject({ resAccount: MAY.account, commStartDate: "20260501", commEndDate: "20260531" });
  });

  test("lie inside the period, newest first unless asked otherwise", async () => {
    const dates = (rows: Row[]) => rows.map(({ resAccountTrDate }) => resAccountTrDate);
    const newest = dates((await ask()).rows);
    for (const date of newest) expect(date >= "20260501" && date <= "20260531").toBe(true);
    expect(newest).toEqual([...newest].sort().reverse());
    const oldest = dates((await ask({ orderBy: "1" })).rows);
    expect(oldest).toEqual([...oldest].sort());
    const oneDay = dates((await ask({ startDate: "20260510", endDate: "20260510" })).rows);
    expect(new Set(oneDay)).toEqual(new Set(["20260510"]));
  });

  test("none lies in the future", async () => {
    const { rows } = await ask({ startDate: "20260701", endDate: "20260731" });
    for (const { resAccountTrDate } of rows) expect(resAccountTrDate <= "20260715").toBe(true);
  });

  test.each(["0", "1"])("balances add up (orderBy %s)", async (orderBy) => {
    const { data, rows } = await ask({ orderBy });
    const chronological = orderBy === "1" ? rows : [...rows].reverse();
    for (const [index, row] of chronological.entries()) {
      const before = chronological[index - 1];
      if (!before) continue;
      const expected = Number(before.resAfterTranBalance) + Number(row.resAccountIn) - Number(row.resAccountOut);
      expect(Number(row.resAfterTranBalance)).toBe(expected);
    }
    expect(data.resAccountBalance).toBe(chronological.at(-1)?.resAfterTranBalance);
    expect(data.resLastTranDate).toBe(chronological.at(-1)?.resAccountTrDate);
  });
});

describe("determinism", () => {
  const texts = async (options: Parameters<typeof connect>[0]) => {
    const { post } = await connect(options);
    const answers = [];
    for (const path of [ACCOUNT_LIST, TRANSACTIONS]) answers.push((await post(path, MAY)).text);
    return answers;
  };

  test("the same seed, clock and requests give the same bytes; another seed gives others", async () => {
    const first = await texts({ seed: 7, now: NOW });
    expect(await texts({ seed: 7, now: NOW })).toEqual(first);
    const other = await texts({ seed: 8, now: NOW });
    expect(other[0]).not.toBe(first[0]);
    expect(other[1]).not.toBe(first[1]);
  });

  test("data does not depend on what was asked before, nor on secrets and unknown parameters", async () => {
    const { post, sandbox } = await connect({ now: NOW });
    const data = async (changes: object = {}) =>
      JSON.stringify((await post(TRANSACTIONS, { ...MAY, ...changes })).body.data);
    const first = await data();
    await post(ACCOUNT_LIST, INPUT);
    expect(await data()).toBe(first);
    expect(await data({ accountPassword: encrypt("1", sandbox.codef.publicKey), mine: Math.random() })).toBe(first);
    expect(await data({ account: "1" })).not.toBe(first);
  });
});

test("a thousand calls at once are answered, each its own", async () => {
  const { post, sandbox } = await connect();
  const entries = { accountList: [idLogin(sandbox.codef.publicKey)] };
  const { connectedId } = (await post("/v1/account/create", entries)).body.data;
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, key) => post(ACCOUNT_LIST, { organization: "0004", connectedId, key })),
  );
  expect(answers.every(({ body }, key) => body.key === key && body.result.code === "CF-00000")).toBe(true);
  expect(new Set(answers.map(({ body }) => body.result.transactionId)).size).toBe(1_000);
});
