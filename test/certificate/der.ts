/** A few lines of DER for fixtures, so that what reads them is not what wrote them. */
import { randomBytes } from "node:crypto";

function node(tag: number, content: Buffer): Buffer {
  const size = content.length;
  if (size < 0x80) return Buffer.concat([Buffer.of(tag, size), content]);
  const length = Buffer.from(size.toString(16).padStart(size > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.of(tag, 0x80 + length.length), length, content]);
}

export const sequence = (...parts: Buffer[]) => node(0x30, Buffer.concat(parts));
export const set = (...parts: Buffer[]) => node(0x31, Buffer.concat(parts));
export const tagged = (number: number, ...parts: Buffer[]) => node(0xa0 + number, Buffer.concat(parts));
export const primitive = (number: number, content: Buffer) => node(0x80 + number, content);
export const octets = (content: Buffer) => node(4, content);
export const utf8 = (text: string) => node(12, Buffer.from(text));
export const nothing = () => node(5, Buffer.alloc(0));
export const random = (bytes: number): Buffer => randomBytes(bytes);

/** Not negative, below 32768. */
export function integer(number: number): Buffer {
  return node(2, number < 0x80 ? Buffer.of(number) : Buffer.of(number >> 8, number & 255));
}

export function oid(name: string): Buffer {
  const [first = 0, second = 0, ...rest] = name.split(".").map(Number);
  const bytes = [40 * first + second, ...rest].flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return node(6, Buffer.from(bytes));
}
