/**
 * SHA-1 and SHA-256 for the key derivations that hash their own result thousands of times. The platform's digest takes a task for each
 * hash, and node-forge a buffer: both are ten times slower and more.
 * @module
 */

export type HashName = "SHA-1" | "SHA-256";

/** The bytes of a digest. */
export const DIGEST_BYTES: Readonly<Record<HashName, number>> = { "SHA-1": 20, "SHA-256": 32 };

export const DIGEST_OIDS: Readonly<Record<HashName, string>> = {
  "SHA-1": "1.3.14.3.2.26",
  "SHA-256": "2.16.840.1.101.3.4.2.1",
};

/** `hash(hash(… hash(input)))`, `rounds` times. */
export function iteratedHash(name: HashName, input: Uint8Array, rounds: number): Uint8Array {
  const [initial, compress] = name === "SHA-1" ? [SHA1_INITIAL, compressSha1] : [SHA256_INITIAL, compressSha256];
  const schedule = new Int32Array(80);
  const padded = pad(input);
  const state = Int32Array.from(initial);
  for (let at = 0; at < padded.length; at += 64) {
    const view = new DataView(padded.buffer, at, 64);
    for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(4 * i);
    compress(state, schedule);
  }
  // From here on what is hashed is a digest: one block, of which only the first words change.
  const length = state.length;
  for (let round = 1; round < rounds; round++) {
    for (let i = 0; i < length; i++) {
      schedule[i] = at(state, i);
      state[i] = at(initial, i);
    }
    schedule[length] = 0x80000000 | 0;
    for (let i = length + 1; i < 15; i++) schedule[i] = 0;
    schedule[15] = 32 * length;
    compress(state, schedule);
  }
  const digest = new DataView(new ArrayBuffer(4 * length));
  for (let i = 0; i < length; i++) digest.setInt32(4 * i, state[i] ?? 0);
  return new Uint8Array(digest.buffer);
}

function pad(input: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((input.length + 9) / 64) * 64);
  padded.set(input);
  padded[input.length] = 0x80;
  new DataView(padded.buffer).setUint32(padded.length - 4, 8 * input.length);
  return padded;
}

const SHA1_INITIAL = /* @__PURE__ */ Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);

/** One loop for each of the four functions: half the time of one loop that asks which it is. */
function compressSha1(state: Int32Array, w: Int32Array): void {
  for (let i = 16; i < 80; i++) {
    const x = at(w, i - 3) ^ at(w, i - 8) ^ at(w, i - 14) ^ at(w, i - 16);
    w[i] = (x << 1) | (x >>> 31);
  }
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  for (let i = 0; i < 20; i++) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + e + at(w, i) + 0x5a827999) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let i = 20; i < 40; i++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + at(w, i) + 0x6ed9eba1) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let i = 40; i < 60; i++) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + e + at(w, i) - 0x70e44324) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let i = 60; i < 80; i++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + at(w, i) - 0x359d3e2a) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = at(state, 0) + a;
  state[1] = at(state, 1) + b;
  state[2] = at(state, 2) + c;
  state[3] = at(state, 3) + d;
  state[4] = at(state, 4) + e;
}

const PRIMES = /* @__PURE__ */ primes(64);
/** FIPS 180-4: the first 32 bits of the fractions of roots of primes. */
const SHA256_INITIAL = /* @__PURE__ */ Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const SHA256_ROUND = /* @__PURE__ */ Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));

function compressSha256(state: Int32Array, w: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const x = at(w, i - 15);
    const y = at(w, i - 2);
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[i] = (((at(w, i - 16) + s0) | 0) + ((at(w, i - 7) + s1) | 0)) | 0;
  }
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  let f = at(state, 5);
  let g = at(state, 6);
  let h = at(state, 7);
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (((((h + s1) | 0) + ((e & f) ^ (~e & g))) | 0) + ((at(SHA256_ROUND, i) + at(w, i)) | 0)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = at(state, 0) + a;
  state[1] = at(state, 1) + b;
  state[2] = at(state, 2) + c;
  state[3] = at(state, 3) + d;
  state[4] = at(state, 4) + e;
  state[5] = at(state, 5) + f;
  state[6] = at(state, 6) + g;
  state[7] = at(state, 7) + h;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** Every index here is within bounds; asking would cost a third of the time. */
function at(words: Int32Array, index: number): number {
  return words[index] as number;
}

function fraction(root: number): number {
  return ((root % 1) * 0x100000000) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
