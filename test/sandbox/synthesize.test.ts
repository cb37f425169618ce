import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import type { Operation, Provider, Schema } from "kofin/generator";
import { describe, expect, test } from "vitest";
import { random } from "../../sandbox/shared/random.js";
import { synthesize } from "../../sandbox/shared/synthesize.js";
import type { SynthesisContext } from "../../sandbox/shared/values.js";
import { connect } from "./client.js";

const text: Schema = { title: "글", type: "string" };

function making(changes: Partial<SynthesisContext> = {}): SynthesisContext {
  return {
    next: random("test"),
    from: Date.UTC(2026, 0, 1, 3),
    to: Date.UTC(2026, 0, 31, 3),
    given: () => undefined,
    dated: () => false,
    count: () => undefined,
    ...changes,
  };
}

const make = (schema: Schema, changes?: Partial<SynthesisContext>) => synthesize(schema, making(changes));
const rows = (inner: Schema, changes?: Partial<SynthesisContext>) =>
  (
    make({ type: "array", items: { type: "object", properties: { x: inner } } }, { count: () => 3, ...changes }) as {
      x: unknown;
    }[]
  ).map(({ x }) => x);

describe("a value", () => {
  test("is one of the examples, in turn", () => {
    expect(rows({ ...text, examples: ["a", "b"] })).toEqual(["a", "b", "a"]);
  });

  test("is one of the codes, of the enum, the constant or the default", () => {
    expect(rows({ ...text, "x-codes": { 11: "수시입출", 12: "적금" } })).toEqual(["11", "12", "11"]);
    expect(rows({ ...text, enum: ["P", "B"] })).toEqual(["P", "B", "P"]);
    expect(make({ ...text, const: "1" })).toBe("1");
    expect(make({ ...text, default: "KR" })).toBe("KR");
  });

  test.each([
    ["yyyymmdd", /^\d{8}$/],
    ["yyyymm", /^\d{6}$/],
    ["yymmdd", /^\d{6}$/],
    ["hhmmss", /^([01]\d|2[0-3])[0-5]\d[0-5]\d$/],
    ["amount", /^\d+$/],
  ])("has the shape of %s", (format, shape) => {
    for (const value of rows({ ...text, format })) expect(value).toMatch(shape);
  });

  test("is base64 where the spec says so", () => {
    const value = make({ ...text, contentEncoding: "base64" }) as string;
    expect(Buffer.from(value, "base64").toString("base64")).toBe(value);
  });

  test("keeps to the documented length", () => {
    expect(make({ type: "string", title: "아주 긴 이름의 필드", maxLength: 4 })).toBe("아주긴이");
  });

  test("lies in the period when it is a date of the period", () => {
    expect(rows({ ...text, format: "yyyymmdd" }, { dated: () => true })).toEqual(["20260111", "20260121", "20260131"]);
  });

  test("is what the request fixes, whatever the spec shows", () => {
    expect(
      rows({ ...text, examples: ["a"] }, { given: ({ field, row }) => (field === "x" ? `${row}` : undefined) }),
    ).toEqual(["0", "1", "2"]);
  });
});

describe("structures", () => {
  test("an alternative is written out with what stands beside it", () => {
    const schema: Schema = {
      type: "object",
      properties: { a: text },
      oneOf: [{ type: "object", properties: { b: { ...text, const: "1" } }, required: ["b"] }],
    };
    expect(make(schema)).toEqual({ a: "글", b: "1" });
  });

  test("null belongs to a type, but a value is nicer", () => {
    expect(make({ type: ["null", "string"], title: "글" })).toBe("글");
    expect(make({ type: "null" })).toBeNull();
  });

  test("an object of unknown fields is empty, a list of unknown items too", () => {
    expect(make({ type: "object", additionalProperties: true })).toEqual({});
    expect(make({ type: "array" })).toEqual([]);
  });
});

test("whatever the schema, the value is valid", () => {
  const scalar = fc.oneof(
    fc.record({ type: fc.constant("string" as const), maxLength: fc.integer({ min: 1, max: 9 }), title: fc.string() }),
    fc.record({ type: fc.constantFrom("integer" as const, "number" as const, "boolean" as const) }),
    fc.record({ type: fc.constant("string" as const), enum: fc.array(fc.string(), { minLength: 1 }) }),
    fc.record({ type: fc.constant(["string" as const, "null" as const]) }),
  );
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
    schema: fc.oneof(
      { depthSize: "small" },
      scalar as fc.Arbitrary<Schema>,
      fc.record({ type: fc.constant("array" as const), items: tie("schema") }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie("schema")).map((properties): Schema => {
        return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
      }),
    ),
  }));
  const ajv = new Ajv2020({ strict: false, logger: false });
  fc.assert(
    fc.property(schema, fc.integer(), (shape, seed) => {
      const value = synthesize(shape, making({ next: random(seed) }));
      expect(ajv.validate(shape, value), JSON.stringify({ shape, value })).toBe(true);
      expect(synthesize(shape, making({ next: random(seed) }))).toEqual(value);
    }),
    { numRuns: 200 },
  );
});

describe("an example of the spec", () => {
  const path = "/v1/kr/bank/p/account/transaction-list";
  const operation: Operation = {
    provider: "codef",
    module: "bank",
    id: "accountTransactionList",
    method: "POST",
    path,
    summary: "",
    description: "",
    deprecated: false,
    retry: "safe",
    success: [],
    sources: [],
    parameters: [],
    request: { type: "object", properties: { account: text, startDate: text, endDate: text, orderBy: text } },
    response: { type: "object", properties: { data: { type: "object" } } },
    data: { type: "object" },
    responseExample: {
      result: { code: "CF-00000" },
      data: {
        resAccount: "111",
        commStartDate: "20190601",
        resAccountStartDate: "20100101",
        resTrHistoryList: [
          { resAccountTrDate: "20190628", resAccountIn: "1" },
          { resAccountTrDate: "20190620", resAccountIn: "2" },
        ],
      },
    },
    at: { file: "", line: 1, column: 1 },
  };
  const document = {
    provider: "codef",
    module: "bank",
    file: "",
    title: "",
    description: "",
    operations: [operation],
    feeds: [],
    schemas: {},
  };
  const specs: Provider[] = [
    {
      name: "codef",
      settings: {
        title: "CODEF",
        client: "Codef",
        rules: "own",
        runtime: "own",
        data: { name: "codef", environments: {} },
        features: [],
        constants: [],
        pageOptions: false,
      },
      documents: [document],
      organizations: [],
      resultCodes: [],
    },
  ];
  const ask = async (body: object) => {
    const { post } = await connect({ specs, now: () => Date.UTC(2026, 6, 15, 3) });
    return (await post(path, body)).body.data;
  };

  test("stays as it is when nothing is asked", async () => {
    expect(await ask({})).toEqual((operation.responseExample as { data: unknown }).data);
  });

  test("repeats what was asked, and moves its transactions into the period, distances kept", async () => {
    expect(await ask({ account: "222", startDate: "20260501", endDate: "20260531" })).toEqual({
      resAccount: "222",
      commStartDate: "20260501",
      resAccountStartDate: "20100101",
      resTrHistoryList: [
        { resAccountTrDate: "20260531", resAccountIn: "1" },
        { resAccountTrDate: "20260523", resAccountIn: "2" },
      ],
    });
  });

  test("leaves transactions alone that are in the period, and turns them round when the oldest is to come first", async () => {
    const { resTrHistoryList } = await ask({ startDate: "20190601", endDate: "20190630", orderBy: "1" });
    expect(resTrHistoryList.map((row: { resAccountTrDate: string }) => row.resAccountTrDate)).toEqual([
      "20190620",
      "20190628",
    ]);
  });
});
