import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FixedLine, SeparatedLine } from "../../runtime/kis/masters/line.js";
import { LineCutter } from "../../runtime/kis/masters/lines.js";
import { cp949, inPieces, joined, line } from "./writer.js";

function cut(...pieces: Uint8Array[]): string[] {
  const found: string[] = [];
  const cutter = new LineCutter((bytes, start, end) =>
    found.push(Buffer.from(bytes.subarray(start, end)).toString("latin1")),
  );
  for (const piece of pieces) cutter.push(piece);
  cutter.finish();
  return found;
}

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

describe("line ends", () => {
  it.each([
    ["LF", "a\nb\n", ["a", "b"]],
    ["CR LF", "a\r\nb\r\n", ["a", "b"]],
    ["no end behind the last line", "a\nb", ["a", "b"]],
    ["blank lines", "\n\na\n  \n\r\nb\n\n", ["a", "b"]],
    ["spaces belong to their line", " a \n b", [" a ", " b"]],
    ["a CR within a line", "a\rb\n", ["a\rb"]],
    ["nothing", "", []],
  ])("%s", (_, text, expected) => {
    expect(cut(latin1(text))).toEqual(expected);
  });

  it("come out the same however the bytes arrive", () => {
    const anything = fc.string({ unit: fc.constantFrom("a", "\n", "\r", " ", "\xb0", "\xa1") });
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 9 }), (text, size) => {
        const expected = text.split("\n").flatMap((part) => {
          const own = part.endsWith("\r") ? part.slice(0, -1) : part;
          return own.replaceAll(" ", "") === "" ? [] : [own];
        });
        // Behind the last LF there is no line end that a CR could belong to; it is taken off all the same.
        expect(cut(...inPieces(latin1(text), size))).toEqual(expected);
      }),
    );
  });

  it("a piece may be used again when the call is over", () => {
    const found: string[] = [];
    const cutter = new LineCutter((bytes, start, end) =>
      found.push(Buffer.from(bytes.subarray(start, end)).toString()),
    );
    const memory = latin1("ab");
    cutter.push(memory);
    memory.fill(0x78);
    cutter.push(latin1("c\n"));
    expect(found).toEqual(["abc"]);
  });
});

function fixed(bytes: Uint8Array, before = 0): FixedLine {
  const reader = new FixedLine();
  reader.moveTo(joined(new Uint8Array(before).fill(0x41), bytes, cp949("NEXT")), before, before + bytes.length);
  return reader;
}

describe("columns of fixed width", () => {
  it("are cut in bytes, whatever is in them", () => {
    const name = fc.string({ unit: fc.constantFrom(..."가똠힣A1 &"), maxLength: 20 }).map((text) => text.trim());
    const columns = fc.array(fc.record({ text: name, spare: fc.nat(5) }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(columns, fc.nat(7), (cells, before) => {
        const widths = cells.map(({ text, spare }) => cp949(text).length + spare);
        const bytes = line(...cells.map(({ text }, index) => [widths[index] ?? 0, text] as const));
        const reader = fixed(bytes, before);
        const starts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, 0));
        const read = starts.map((start, index) => reader.text(start, start + (widths[index] ?? 0)));
        expect(read).toEqual(cells.map(({ text }) => text));
      }),
    );
  });

  it("do not read the next line when theirs is short", () => {
    const reader = fixed(cp949("12 Y"));
    expect([reader.number(0, 9), reader.text(2, 9), reader.yn(3), reader.yn(4)]).toEqual([
      undefined,
      "Y",
      true,
      undefined,
    ]);
    expect([reader.text(4, 9), reader.text(7, 9), reader.number(5, 9)]).toEqual(["", "", undefined]);
    expect(reader.after(3)).toBe("Y");
  });
});

describe("numbers", () => {
  it.each([
    ["000012345", 12_345],
    ["-00012345", -12_345],
    ["        7", 7],
    ["7        ", 7],
    ["00525.00", 525],
    ["-000003.20", -3.2],
    [".5", 0.5],
    ["+12", 12],
    ["000000000", 0],
    ["-0000", 0],
    ["000000778046685000000", 778_046_685_000_000],
    ["009007199254740991", Number.MAX_SAFE_INTEGER],
    ["123456789012345678901", 123_456_789_012_345_680_000],
    ["         ", undefined],
    ["", undefined],
  ])("%j is %j", (text, expected) => {
    const reader = fixed(cp949(text));
    const value = reader.number(0, text.length);
    expect([value, reader.unreadable]).toEqual([expected, undefined]);
    expect(Object.is(value, -0)).toBe(false);
  });

  it.each(["12A", "-", "1-2", "0x10", "1e5", "1.2.3", "Infinity", "가"])("%j is none, and it is told", (text) => {
    const reader = fixed(line([2, "__"], [9, text]));
    expect([reader.number(2, 11), reader.unreadable]).toEqual([undefined, { at: 2, text }]);
  });

  it("agree with what JavaScript makes of them", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.integer({ min: 0, max: 6 }),
        (value, decimals) => {
          const digits = String(value < 0n ? -value : value).padStart(decimals + 1, "0");
          const whole = digits.slice(0, digits.length - decimals);
          const text = `${value < 0n ? "-" : ""}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ""}`;
          expect(fixed(cp949(text)).number(0, 40)).toBe(Number(text) + 0);
        },
      ),
    );
  });
});

describe("flags", () => {
  it.each([
    ["Y", true],
    ["N", false],
    [" ", undefined],
  ])("%j is %j", (text, expected) => {
    const reader = fixed(cp949(text));
    expect([reader.yn(0), reader.unreadable]).toEqual([expected, undefined]);
  });

  it.each(["1", "y", "?"])("%j is none, and it is told", (text) => {
    const reader = fixed(cp949(text));
    expect([reader.yn(0), reader.unreadable]).toEqual([undefined, { at: 0, text }]);
  });

  it("of a line only the first trouble is told, and none of the line before", () => {
    const reader = fixed(cp949("12X?"));
    reader.number(0, 3);
    reader.yn(3);
    expect(reader.unreadable).toEqual({ at: 0, text: "12X" });
    reader.moveTo(cp949("123N"), 0, 4);
    expect([reader.number(0, 3), reader.yn(3), reader.unreadable]).toEqual([123, false, undefined]);
  });
});

describe("columns with a separator", () => {
  const read = (text: string) => {
    const reader = new SeparatedLine(0x7c);
    const bytes = cp949(`before|${text}\n|next|line`);
    reader.moveTo(bytes, 7, 7 + cp949(text).length);
    return reader;
  };

  it("are split first and trimmed then", () => {
    const reader = read(" 가 | |12|Y||N ");
    expect([reader.text(0), reader.text(1), reader.number(2), reader.yn(3), reader.text(4), reader.yn(5)]).toEqual([
      "가",
      "",
      12,
      true,
      "",
      false,
    ]);
    expect(reader.length).toBe(6);
  });

  it("are blank where there is none, and are not looked for in the next line", () => {
    const reader = read("a|b");
    expect([reader.length, reader.text(2), reader.number(3), reader.yn(4), reader.after(2)]).toEqual([
      2,
      "",
      undefined,
      undefined,
      "",
    ]);
  });

  it("one more than expected is the rest", () => {
    expect(read("a|b|c|").after(2)).toBe("c|");
    expect(read("").length).toBe(1);
  });

  it("no second byte of a character is a separator", () => {
    const syllables = Array.from({ length: 11_172 }, (_, index) => String.fromCharCode(0xac00 + index));
    const reader = read(syllables.join("|"));
    expect(syllables.map((_, index) => reader.text(index))).toEqual(syllables);
  });
});
