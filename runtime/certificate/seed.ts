/**
 * SEED, the Korean block cipher of RFC 4269, in CBC mode. What keys are encrypted with; no platform and no kept library has it.
 * @module
 */

/** Encrypts whole blocks; padding is the caller's business. */
export function seedCbcEncrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const keys = roundKeys(key);
  const words = wordsOf(data);
  let before = wordsOf(iv);
  for (let at = 0; at < words.length; at += 4) {
    const block = words.subarray(at, at + 4);
    mix(block, before);
    crypt(block, keys);
    before = block;
  }
  return bytesOf(words);
}

/** Decrypts whole blocks; the padding stays on. */
export function seedCbcDecrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const keys = roundKeys(key).reverse();
  const cipher = wordsOf(data);
  const words = cipher.slice();
  let before = wordsOf(iv);
  for (let at = 0; at < words.length; at += 4) {
    const block = words.subarray(at, at + 4);
    crypt(block, keys);
    mix(block, before);
    before = cipher.subarray(at, at + 4);
  }
  return bytesOf(words);
}

function mix(block: Int32Array, other: Int32Array): void {
  for (let i = 0; i < 4; i++) block[i] = (block[i] ?? 0) ^ (other[i] ?? 0);
}

type RoundKey = readonly [k0: number, k1: number];

/** RFC 4269, 2.1: a left and a right half of two words each, and what one of the sixteen round keys makes of them. */
function crypt(block: Int32Array, keys: readonly RoundKey[]): void {
  let [l0 = 0, l1 = 0, r0 = 0, r1 = 0] = block;
  for (const [k0, k1] of keys) {
    const c = r0 ^ k0;
    const t = g(c ^ r1 ^ k1);
    const u = g((t + c) | 0);
    const v = g((u + t) | 0);
    const [c0, d0] = [l0 ^ ((v + u) | 0), l1 ^ v];
    l0 = r0;
    l1 = r1;
    r0 = c0;
    r1 = d0;
  }
  block[0] = r0;
  block[1] = r1;
  block[2] = l0;
  block[3] = l1;
}

/** RFC 4269, 2.2. */
function roundKeys(key: Uint8Array): RoundKey[] {
  let [a = 0, b = 0, c = 0, d = 0] = wordsOf(key);
  let golden = 0x9e3779b9;
  return Array.from({ length: 16 }, (_, round) => {
    const pair = [g((a + c - golden) | 0), g((b - d + golden) | 0)] as const;
    if (round % 2 === 0) [a, b] = [(a >>> 8) | (b << 24), (b >>> 8) | (a << 24)];
    else [c, d] = [(c << 8) | (d >>> 24), (d << 8) | (c >>> 24)];
    golden = (golden << 1) | (golden >>> 31);
    return pair;
  });
}

function g(word: number): number {
  return (
    (BOXES[word & 255] ?? 0) ^
    (BOXES[256 + ((word >>> 8) & 255)] ?? 0) ^
    (BOXES[512 + ((word >>> 16) & 255)] ?? 0) ^
    (BOXES[768 + (word >>> 24)] ?? 0)
  );
}

/** The four tables of G, one after the other: a box of RFC 4269 with its byte spread over a word by the masks. */
const BOXES = /* @__PURE__ */ boxes();

function boxes(): Int32Array {
  // A(1) and A(2) of RFC 4269 by their columns, lowest bit first.
  const s1 = box(247, 169, [44, 208, 105, 194, 65, 68, 88, 226]);
  const s2 = box(251, 56, [208, 42, 225, 44, 33, 48, 162, 108]);
  const masks = [0x3fcff3fc, 0xfc3fcff3, 0xf3fc3fcf, 0xcff3fc3f];
  return Int32Array.from({ length: 1024 }, (_, index) => {
    const y = ((index & 256 ? s2 : s1)[index & 255] ?? 0) * 0x01010101;
    return y & (masks[index >> 8] ?? 0);
  });
}

/** S(x) = A · x^n ⊕ b over GF(2^8) with x^8 + x^6 + x^5 + x + 1. */
function box(power: number, offset: number, columns: readonly number[]): number[] {
  return Array.from({ length: 256 }, (_, x) => {
    let y = 1;
    for (let bit = 128; bit > 0; bit >>= 1) {
      y = multiply(y, y);
      if (power & bit) y = multiply(y, x);
    }
    return columns.reduce((sum, column, bit) => ((y >> bit) & 1 ? sum ^ column : sum), offset);
  });
}

function multiply(one: number, other: number): number {
  let product = 0;
  let shifted = one;
  for (let rest = other; rest > 0; rest >>= 1) {
    if (rest & 1) product ^= shifted;
    shifted = shifted & 128 ? ((shifted << 1) ^ 0x163) & 255 : shifted << 1;
  }
  return product;
}

function wordsOf(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.length >> 2 }, (_, index) => view.getInt32(4 * index));
}

function bytesOf(words: Int32Array): Uint8Array {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => {
    view.setInt32(4 * index, word);
  });
  return bytes;
}
