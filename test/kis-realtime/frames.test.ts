import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseControl, SUBSCRIBE, subscription } from "../../runtime/kis/realtime/control.js";
import type { Feed } from "../../runtime/kis/realtime/feed.js";
import { parseFrame, readRecord, splitPayload } from "../../runtime/kis/realtime/frame.js";

interface Pair {
  KEY: string;
  PRICE: string;
}

const feed: Feed<Pair> = {
  id: "realtime.pair",
  trId: { real: "H0TEST00" },
  key: "stockCode",
  keyColumn: 0,
  columns: 2,
  read: (values, at) => ({ KEY: values[at] ?? "", PRICE: values[at + 1] ?? "" }),
};

const column = fc.string({ maxLength: 12 }).filter((text) => !text.includes("^"));
const trId = fc.stringMatching(/^[A-Z0-9]{8}$/);

/** Records of the same width, one at least. */
const records = fc
  .integer({ min: 1, max: 60 })
  .chain((width) => fc.array(fc.array(column, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }))
  .filter((rows) => rows.flat().join("^") !== "");

function frameOf(id: string, rows: readonly string[][], flag = 0): string {
  return `${flag}|${id}|${String(rows.length).padStart(3, "0")}|${rows.flat().join("^")}`;
}

describe("a frame", () => {
  test("comes apart into the records that it was made of", () => {
    fc.assert(
      fc.property(trId, records, fc.constantFrom(0, 1), (id, rows, flag) => {
        const frame = parseFrame(frameOf(id, rows, flag));
        expect(frame).toMatchObject({ trId: id, count: rows.length, encrypted: flag === 1 });
        const table = splitPayload(frame?.payload ?? "", frame?.count ?? 0);
        expect(table?.width).toBe(rows[0]?.length);
        expect(table?.values).toEqual(rows.flat());
      }),
    );
  });

  test("keeps whatever stands behind the third line, lines included", () => {
    expect(parseFrame("0|H0STCNT0|001|a|b^c")?.payload).toBe("a|b^c");
  });

  test("whose columns cannot be shared out is none", () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 2, max: 9 }), (rows, count) => {
        const columns = rows.flat();
        const table = splitPayload(columns.join("^"), count);
        if (columns.length % count === 0) expect(table?.width).toBe(columns.length / count);
        else expect(table).toBeUndefined();
      }),
    );
  });

  test.each([
    "",
    "0",
    "0|",
    "0|H0STCNT0",
    "0|H0STCNT0|001",
    "2|H0STCNT0|001|a",
    "0|H0STCNT0|000|a",
    "0|H0STCNT0|-01|a",
    "0|H0STCNT0|1.5|a",
    "0|H0STCNT0|many|a",
    "00|H0STCNT0|001|a",
    '{"header":{}}',
  ])("is not %j", (text) => expect(parseFrame(text)).toBeUndefined());

  test("any text is a frame or none, without an error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const some of [text, `0|${text}`, `1|H0STCNI0|${text}`]) parseFrame(some);
      }),
    );
  });

  test("without a payload has no records", () => expect(splitPayload("", 1)).toBeUndefined());
});

describe("a record", () => {
  test("is read at its place, whatever comes before and after it", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(column, column), { minLength: 1, maxLength: 9 }), (rows) => {
        const table = { values: rows.flat(), width: 2 };
        expect(rows.map((_, row) => readRecord(feed, table, row * 2))).toEqual(
          rows.map(([KEY, PRICE]) => ({ KEY, PRICE })),
        );
      }),
    );
  });

  test("keeps columns that nobody knows yet, without showing them to those who list it", () => {
    const values = ["005930", "70000", "new", "newer", "000660", "190000", "x", "y"];
    const record = readRecord(feed, { values, width: 4 }, 4);
    expect(record).toEqual({ KEY: "000660", PRICE: "190000" });
    expect(Object.keys(record)).toEqual(["KEY", "PRICE"]);
    expect(record.extra).toEqual(["x", "y"]);
    expect(readRecord(feed, { values, width: 2 }, 0).extra).toBeUndefined();
  });

  test("that has lost columns is blank there, and takes none of the next one", () => {
    const table = { values: ["005930", "000660"], width: 1 };
    expect(readRecord(feed, table, 0)).toEqual({ KEY: "005930", PRICE: "" });
    expect(readRecord(feed, table, 1)).toEqual({ KEY: "000660", PRICE: "" });
  });
});

describe("a control message", () => {
  const answer = (body: unknown, header: unknown = { tr_id: "H0STCNT0", tr_key: "005930", encrypt: "N" }) =>
    JSON.stringify({ header, body });

  test("is read with its key", () => {
    const output = { iv: "0123456789abcdef", key: "0123456789abcdef0123456789abcdef" };
    expect(parseControl(answer({ rt_cd: "0", msg_cd: "OPSP0000", msg1: "SUBSCRIBE SUCCESS", output }))).toEqual({
      trId: "H0STCNT0",
      trKey: "005930",
      ok: true,
      code: "OPSP0000",
      message: "SUBSCRIBE SUCCESS",
      cipher: output,
    });
  });

  test("may name nothing", () => {
    const text = answer({ rt_cd: "9", msg_cd: "OPSP8996", msg1: "ALREADY IN USE appkey" }, { tr_id: "(null)" });
    expect(parseControl(text)).toMatchObject({ trId: "(null)", trKey: "", ok: false, code: "OPSP8996" });
  });

  test("the heartbeat", () => {
    expect(parseControl('{"header":{"tr_id":"PINGPONG","datetime":"20261120110000"}}')).toBe("heartbeat");
  });

  test.each(["", "{", "[]", "null", "1", "{}", '{"body":{}}', '{"header":{},"body":{"msg_cd":5}}'])(
    "is not %j",
    (text) => expect(parseControl(text)).toBeUndefined(),
  );

  test("a subscription is what the official sample sends; a company adds its key", () => {
    const caller = { approvalKey: "approval", custtype: "P" } as const;
    expect(JSON.parse(subscription(caller, SUBSCRIBE, "H0STCNT0", "005930"))).toEqual({
      header: { approval_key: "approval", custtype: "P", tr_type: "1", "content-type": "utf-8" },
      body: { input: { tr_id: "H0STCNT0", tr_key: "005930" } },
    });
    const corporate = { ...caller, custtype: "B", personalSecKey: "secret" } as const;
    expect(JSON.parse(subscription(corporate, SUBSCRIBE, "H0STCNT0", "005930")).header).toMatchObject({
      custtype: "B",
      personalseckey: "secret",
    });
  });
});
