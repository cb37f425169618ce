const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/** Told of a line: the bytes from `start` up to `end`, good until the call returns. Its line end is not among them. */
export type EachLine = (bytes: Uint8Array, start: number, end: number) => void;

/** Cuts bytes that come in pieces at their line ends: LF or CR LF. Lines with nothing but spaces are left out. */
export class LineCutter {
  /** The beginning of a line whose end has not come. */
  private rest: Uint8Array = new Uint8Array();

  constructor(private readonly each: EachLine) {}

  push(piece: Uint8Array): void {
    const bytes = joined(this.rest, piece);
    let start = 0;
    // There is no line end in the rest.
    let end = bytes.indexOf(LINE_FEED, this.rest.length);
    while (end >= 0) {
      this.line(bytes, start, end);
      start = end + 1;
      end = bytes.indexOf(LINE_FEED, start);
    }
    // A copy: whoever made the piece may use its memory again.
    this.rest = new Uint8Array(bytes.subarray(start));
  }

  /** Bytes that wait for a line end. */
  get waiting(): number {
    return this.rest.length;
  }

  /** The last line may have no end. */
  finish(): void {
    this.line(this.rest, 0, this.rest.length);
    this.rest = new Uint8Array();
  }

  private line(bytes: Uint8Array, start: number, lineEnd: number): void {
    const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    let at = start;
    while (at < end && bytes[at] === SPACE) at++;
    if (at < end) this.each(bytes, start, end);
  }
}

/** Both, one after the other. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
