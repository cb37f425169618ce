/**
 * cp949, the encoding of master files: ASCII, and characters of two bytes, the second of which is never a line end, a tab or `|`.
 *
 * The platform's decoder of that name does not do everywhere: Node's knows EUC-KR without the extension of cp949, which holds
 * 8,822 of the 11,172 Korean syllables. EUC-KR is taken from the platform and the extension counted out here, so that names come
 * out the same everywhere.
 * @module
 */

/** What stands for a byte that is no character. */
const BROKEN = 0xfffd;

/** By both bytes, the first without its highest bit. Zero where there is no character. */
let table: Uint16Array | undefined;

/** Characters on their way into a text, so that a text is made in one piece. */
const units = new Uint16Array(256);

/** The text of the bytes from `from` up to `to`. Half a character at the end is left out: a field of fixed width may cut one. */
export function decode(bytes: Uint8Array, from: number, to: number): string {
  // Most columns are codes of one letter.
  if (to - from === 1 && (bytes[from] ?? 0) < 0x80) return String.fromCharCode(bytes[from] ?? 0);
  let text = "";
  let count = 0;
  for (let at = from; at < to; at++) {
    if (count === units.length) {
      text += textOf(count);
      count = 0;
    }
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      units[count++] = lead;
      continue;
    }
    if (at + 1 === to) break;
    const trail = bytes[at + 1] ?? 0;
    table ??= makeTable();
    const unit = table[((lead & 0x7f) << 8) | trail] ?? 0;
    units[count++] = unit || BROKEN;
    // What follows a broken byte may be whole.
    if (unit !== 0 || (trail >= 0x80 && isLead(lead))) at++;
  }
  return text + textOf(count);
}

function isLead(byte: number): boolean {
  return byte > 0x80 && byte < 0xff;
}

function textOf(count: number): string {
  return String.fromCharCode.apply(null, units.subarray(0, count) as unknown as number[]);
}

function makeTable(): Uint16Array {
  const table = new Uint16Array(0x8000);
  const put = (lead: number, trail: number, unit: number) => {
    table[((lead & 0x7f) << 8) | trail] = unit;
  };
  const plain = new Set<number>();
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    const trails = range(0xa1, 0xfe);
    const row = new TextDecoder("euc-kr").decode(Uint8Array.from(trails.flatMap((trail) => [lead, trail, 0x0a])));
    for (const [index, character] of row.split("\n").entries()) {
      const unit = character.length === 1 ? character.charCodeAt(0) : BROKEN;
      // Some platforms fill rows that everyone may use as they like with characters of no meaning.
      if (unit === BROKEN || (unit >= 0xe000 && unit <= 0xf8ff)) continue;
      put(lead, trails[index] ?? 0, unit);
      plain.add(unit);
    }
  }
  // The extension: whatever syllables are left, in the order of Unicode, in the places that are left.
  let syllable = 0xac00;
  for (const lead of range(0x81, 0xc6)) {
    for (const trail of [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0x81, lead < 0xa1 ? 0xfe : 0xa0)]) {
      while (plain.has(syllable)) syllable++;
      if (syllable <= 0xd7a3) put(lead, trail, syllable++);
    }
  }
  // Added to cp949 in 1998, and not known to every platform either.
  put(0xa2, 0xe6, "€".charCodeAt(0));
  put(0xa2, 0xe7, "®".charCodeAt(0));
  return table;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
