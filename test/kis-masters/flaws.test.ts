import {
  bond,
  idxcode,
  loadMaster,
  MasterError,
  type MasterFlaw,
  member,
  nas,
  streamMaster,
  theme,
} from "kofin/kis/masters";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { host } from "./host.js";
import { cp949, joined, line, lines } from "./writer.js";

const sector = (code: string, name: string) => line([1, "0"], [4, code], [40, name]);
const sound = sector("0001", "종합");

async function read<Row extends object>(master: Parameters<typeof loadMaster<Row>>[0], bytes: Uint8Array) {
  const flaws: MasterFlaw[] = [];
  const table = await loadMaster(master, { bytes, onFlaw: (flaw) => flaws.push(flaw) });
  return { rows: table.rows, flaws };
}

describe("a line that is longer than its layout", () => {
  it("keeps the rest in extra, which is not enumerable", async () => {
    const { rows, flaws } = await read(idxcode, lines(sound, joined(sound, cp949("새 칸 01"))));
    const [first, second] = rows;
    expect([first?.extra, second?.extra]).toEqual([undefined, "새 칸 01"]);
    expect(second).toEqual(first);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(flaws).toEqual([{ kind: "long", line: 2, length: 53, expected: 45 }]);
  });

  it("with separators keeps the further columns as they stand", async () => {
    const columns = Array.from({ length: 24 }, (_, index) => (index === 4 ? "AAPL" : ""));
    const { rows, flaws } = await read(nas, lines(columns.join("\t"), [...columns, "새 칸", "2"].join("\t")));
    expect([rows[0]?.extra, rows[1]?.extra]).toEqual([undefined, "새 칸\t2"]);
    expect(flaws).toEqual([{ kind: "long", line: 2, length: 26, expected: 24 }]);
  });

  it("is told of a bond from the 107th byte on", async () => {
    const whole = line([106, "C0GAKR103501GE97"]);
    const { rows, flaws } = await read(bond, lines(whole, joined(whole, cp949("!"))));
    expect([rows[1]?.extra, flaws]).toEqual(["!", [{ kind: "long", line: 2, length: 107, expected: 106 }]]);
  });
});

describe("a line that is shorter than its layout", () => {
  it("is read as far as it goes", async () => {
    const { rows, flaws } = await read(idxcode, lines(sound, sound.subarray(0, 7), sound.subarray(0, 6)));
    expect(rows.map(({ idx_code, idx_name }) => [idx_code, idx_name])).toEqual([
      ["0001", "종합"],
      ["0001", "종"],
      ["0001", ""],
    ]);
    expect(flaws).toEqual([
      { kind: "short", line: 2, length: 7, expected: 45 },
      { kind: "short", line: 3, length: 6, expected: 45 },
    ]);
  });

  it("of a member has no room for code and flag", async () => {
    const { flaws } = await read(member, lines("00901가0", "0090"));
    expect(flaws).toEqual([{ kind: "short", line: 2, length: 4, expected: 6 }]);
  });

  it("lines are counted without blank ones, and flawed ones do not hide the others", async () => {
    const { rows, flaws } = await read(
      theme,
      lines("", "001", "", line([3, "002"], [40, "은행"], [6, "105560"], [3, ""])),
    );
    expect([rows.length, flaws]).toEqual([2, [{ kind: "short", line: 1, length: 3, expected: 52 }]]);
  });
});

it("a value that cannot be read is undefined, and told with its place", async () => {
  const columns = Array.from({ length: 24 }, () => "");
  const { rows, flaws } = await read(
    nas,
    lines(columns.with(10, "둘").join("\t"), columns.with(17, "X").with(12, "1.5").join("\t")),
  );
  expect(rows.map(({ zdiv, base, isdr }) => [zdiv, base, isdr])).toEqual([
    [undefined, undefined, undefined],
    [undefined, 1.5, undefined],
  ]);
  expect(flaws).toEqual([
    { kind: "unreadable", line: 1, at: 10, text: "둘" },
    { kind: "unreadable", line: 2, at: 17, text: "X" },
  ]);
});

describe("another file than this one", () => {
  it.each([
    [
      "no line fits",
      lines("<html>", "<body>접속이 원활하지 않습니다</body>", "</html>"),
      /its lines should have 45 bytes, and none has more than 37/,
    ],
    ["nothing", new Uint8Array(), /it is empty/],
    ["blank lines", cp949("\n  \n\r\n"), /it is empty/],
    ["bytes without lines", new Uint8Array(200_000).fill(0x41), /it has no lines/],
  ])("%s: nothing of it is taken for a row", async (_, bytes, message) => {
    const error = await failure(loadMaster(idxcode, { bytes }), MasterError);
    expect(error).toMatchObject({
      code: "MASTER_UNREADABLE",
      provider: "kis",
      operation: "masters.idxcode",
      advice: "report",
    });
    expect(error.message).toMatch(message);
    const seen: unknown[] = [];
    await failure(
      (async () => {
        for await (const row of streamMaster(idxcode, { bytes })) seen.push(row);
      })(),
      MasterError,
    );
    expect(seen).toEqual([]);
  });

  it("a web page with status 200, even for a file in which any line fits", async () => {
    const page = () => new Response("<html>\n접속 지연 안내\n</html>", { headers: { "Content-Type": "text/html" } });
    const error = await failure(loadMaster(member, { fetch: host(page).fetch }), MasterError);
    expect([error.code, error.message]).toEqual([
      "MASTER_UNREADABLE",
      "masters.member: a web page came instead of the file",
    ]);
  });

  it("short lines at the front are held back until one fits, and then come first", async () => {
    const { rows } = await read(idxcode, lines(sound.subarray(0, 5), sound));
    expect(rows.map(({ idx_name }) => idx_name)).toEqual(["", "종합"]);
  });
});
