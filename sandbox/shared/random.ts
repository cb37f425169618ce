/** Numbers in [0, 1) that are the same for the same seed. */
export type Random = () => number;

/** FNV-1a, 32 bits: enough to tell one request from another. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** mulberry32: a small generator that is good enough for made-up data, and nothing else. */
export function random(seed: string | number): Random {
  let state = typeof seed === "number" ? seed >>> 0 : hash(seed);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `low` to `high`, both included. */
export function between(next: Random, low: number, high: number): number {
  return low + Math.floor(next() * (high - low + 1));
}

/** `length` characters of `alphabet`. */
function pick(next: Random, alphabet: string, length: number): string {
  let text = "";
  while (text.length < length) text += alphabet.charAt(between(next, 0, alphabet.length - 1));
  return text;
}

/** Random-looking identifiers, in a sequence that only depends on the seed. */
export function identifiers(seed: string | number) {
  const next = random(`${seed}/identifiers`);
  // Eight digits from one number: every answer carries such an identifier.
  const eight = () =>
    Math.floor(next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
  const hex = (length: number) => {
    const digits = Array.from({ length: Math.ceil(length / 8) }, eight);
    return digits.join("").slice(0, length);
  };
  return {
    hex,
    uuid() {
      const digits = hex(32);
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
    /** Letters, digits, dot, hyphen and underscore. */
    text: (length: number) => pick(next, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_", length),
  };
}

export type Identifiers = ReturnType<typeof identifiers>;
