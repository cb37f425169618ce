import { decode } from "./cp949.js";

const SPACE = 0x20;
const MINUS = 0x2d;
const ZERO = 0x30;
const NO = 0x4e;
const YES = 0x59;

/** A value that is not of its column's type. */
export interface Unreadable {
  /** Bytes before it in the line; of a separated line, columns. */
  at: number;
  text: string;
}

/** One line, of which a layout reads the columns. A reader has one of them, and moves it from line to line. */
export abstract class Line {
  protected bytes: Uint8Array = new Uint8Array();
  protected start = 0;
  protected end = 0;
  /** The bytes of the column that is being read. */
  private first = 0;
  private last = 0;
  /** The first value of this line that could not be read. */
  unreadable: Unreadable | undefined;

  /** Goes to the bytes from `start` up to `end`. */
  moveTo(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.unreadable = undefined;
  }

  /** How long it is, in bytes or columns. */
  abstract readonly length: number;

  /** What stands behind so many bytes or columns. */
  abstract after(size: number): string;

  protected textIn(from: number, to: number): string {
    this.trim(from, to);
    return decode(this.bytes, this.first, this.last);
  }

  /** @param at where to say that it stands, should it be no number */
  protected numberIn(from: number, to: number, at: number): number | undefined {
    this.trim(from, to);
    const { bytes, first, last } = this;
    if (first === last) return undefined;
    const digits = bytes[first] === MINUS ? first + 1 : first;
    let value = 0;
    for (let place = digits; place < last; place++) {
      const digit = (bytes[place] ?? 0) - ZERO;
      if (!(digit >= 0 && digit <= 9)) return this.otherNumber(at);
      value = value * 10 + digit;
    }
    // Adding up is exact only as far as this; what is larger becomes the nearest number.
    if (digits === last || value > Number.MAX_SAFE_INTEGER) return this.otherNumber(at);
    return digits > first ? 0 - value : value;
  }

  protected ynIn(from: number, to: number, at: number): boolean | undefined {
    this.trim(from, to);
    const { bytes, first, last } = this;
    if (first === last) return undefined;
    if (last - first > 1) return this.fail(at);
    if (bytes[first] === YES) return true;
    return bytes[first] === NO ? false : this.fail(at);
  }

  /** Leaves `first` and `last` around what is not space. No second byte of a character is one. */
  private trim(from: number, to: number): void {
    const { bytes } = this;
    let first = from;
    let last = to;
    while (last > first && bytes[last - 1] === SPACE) last--;
    while (first < last && bytes[first] === SPACE) first++;
    this.first = first;
    this.last = Math.max(first, last);
  }

  /** With a point or a plus, or many digits. */
  private otherNumber(at: number): number | undefined {
    const text = decode(this.bytes, this.first, this.last);
    return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : this.fail(at);
  }

  private fail(at: number): undefined {
    this.unreadable ??= { at, text: decode(this.bytes, this.first, this.last) };
  }
}

/** A line of columns that are so many bytes wide. Places count from the start of the line, and may be beyond its end. */
export class FixedLine extends Line {
  get length(): number {
    return this.end - this.start;
  }

  text(from: number, to: number): string {
    return this.textIn(this.start + from, Math.min(this.start + to, this.end));
  }

  number(from: number, to: number): number | undefined {
    return this.numberIn(this.start + from, Math.min(this.start + to, this.end), from);
  }

  yn(at: number): boolean | undefined {
    return this.ynIn(this.start + at, Math.min(this.start + at + 1, this.end), at);
  }

  after(size: number): string {
    return decode(this.bytes, this.start + size, this.end);
  }
}

/** A line of columns with a separator in between, which are counted from zero. A column that is not there is blank. */
export class SeparatedLine extends Line {
  /** Where the columns begin, and where one more would. */
  private readonly begins: number[] = [];

  constructor(private readonly separator: number) {
    super();
  }

  override moveTo(bytes: Uint8Array, start: number, end: number): void {
    super.moveTo(bytes, start, end);
    const { begins, separator } = this;
    begins.length = 0;
    begins.push(start);
    // Not `indexOf`, which would look on beyond the end of the line.
    for (let at = start; at < end; at++) if (bytes[at] === separator) begins.push(at + 1);
    begins.push(end + 1);
  }

  get length(): number {
    return this.begins.length - 1;
  }

  text(column: number): string {
    return this.textIn(this.beginOf(column), this.endOf(column));
  }

  number(column: number): number | undefined {
    return this.numberIn(this.beginOf(column), this.endOf(column), column);
  }

  yn(column: number): boolean | undefined {
    return this.ynIn(this.beginOf(column), this.endOf(column), column);
  }

  after(size: number): string {
    return decode(this.bytes, this.beginOf(size), this.end);
  }

  private beginOf(column: number): number {
    return this.begins[column] ?? this.end;
  }

  private endOf(column: number): number {
    return (this.begins[column + 1] ?? this.end + 1) - 1;
  }
}
