import { crc32, deflateSync } from "node:zlib";

/** Three columns by five rows, a row in three bits. */
const DIGITS: Record<string, readonly number[]> = {
  0: [7, 5, 5, 5, 7],
  1: [2, 6, 2, 2, 7],
  2: [7, 1, 7, 4, 7],
  3: [7, 1, 7, 1, 7],
  4: [5, 5, 7, 1, 1],
  5: [7, 4, 7, 1, 7],
  6: [7, 4, 7, 5, 7],
  7: [7, 1, 2, 2, 2],
  8: [7, 5, 7, 5, 7],
  9: [7, 5, 7, 1, 7],
};
const SCALE = 6;

/** A captcha that a person can read: the digits of `text` as a grey-scale PNG in a data URL. */
export function captcha(text: string): string {
  const glyphs = [...text].map((character) => DIGITS[character] ?? DIGITS[8] ?? []);
  const width = (glyphs.length * 4 + 1) * SCALE;
  const margin: number[] = [];
  const rows = [margin, ...[0, 1, 2, 3, 4].map((row) => pixels(glyphs, row)), margin];
  const lines = rows.flatMap((columns) => {
    // A scan line starts with its filter: 0, none.
    const line = Buffer.alloc(1 + width, 255);
    line[0] = 0;
    for (const column of columns) line.fill(40, 1 + column * SCALE, 1 + (column + 1) * SCALE);
    return Array.from({ length: SCALE }, () => line);
  });
  return `data:image/png;base64,${png(width, Buffer.concat(lines)).toString("base64")}`;
}

/** Which columns are dark in a row of all glyphs. */
function pixels(glyphs: readonly (readonly number[])[], row: number): number[] {
  return glyphs.flatMap((glyph, position) =>
    [0, 1, 2].filter((bit) => ((glyph[row] ?? 0) >> (2 - bit)) & 1).map((bit) => 1 + position * 4 + bit),
  );
}

function png(width: number, lines: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(lines.length / (width + 1), 4);
  // Eight bits of grey; compression, filter and interlace as the format has them.
  header[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([size, body, check]);
}
