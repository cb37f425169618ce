import fc from "fast-check";
import { KISA_SEED_CBC } from "kisa-seed";
import { expect, test } from "vitest";
import { seedCbcDecrypt, seedCbcEncrypt } from "../../runtime/certificate/seed.js";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (data: Uint8Array) => Buffer.from(data).toString("hex");
const ZERO = new Uint8Array(16);

/** RFC 4269, appendix B: one block each, so that CBC with an IV of zeros is the bare cipher. */
const VECTORS = [
  ["00000000000000000000000000000000", "000102030405060708090a0b0c0d0e0f", "5ebac6e0054e166819aff1cc6d346cdb"],
  ["000102030405060708090a0b0c0d0e0f", "00000000000000000000000000000000", "c11f22f20140505084483597e4370f43"],
  ["4706480851e61be85d74bfb3fd956185", "83a2f8a288641fb9a4e9a5cc2f131c7d", "ee54d13ebcae706d226bc3142cd40d4a"],
  ["28dbc3bc49ffd87dcfa509b11d422be7", "b41e6be2eba84a148e2eed84593c5ec7", "9b9b7bfcd1813cb95d0b3618f40f5122"],
] as const;

test.each(VECTORS)("RFC 4269: key %s", (key, plain, cipher) => {
  expect(hex(seedCbcEncrypt(bytes(key), ZERO, bytes(plain)))).toBe(cipher);
  expect(hex(seedCbcDecrypt(bytes(key), ZERO, bytes(cipher)))).toBe(plain);
});

const block = fc.uint8Array({ minLength: 16, maxLength: 16 });
const text = fc.uint8Array({ maxLength: 200 });

function padded(data: Uint8Array): Uint8Array {
  const size = 16 - (data.length % 16);
  return Uint8Array.of(...data, ...Array<number>(size).fill(size));
}

test("encrypts as KISA's reference code does, and takes it back", () => {
  fc.assert(
    fc.property(block, block, text, (key, iv, data) => {
      const theirs = KISA_SEED_CBC.SEED_CBC_Encrypt(key, iv, data, 0, data.length);
      const ours = seedCbcEncrypt(key, iv, padded(data));
      expect(hex(ours)).toBe(hex(theirs));
      expect(hex(seedCbcDecrypt(key, iv, theirs))).toBe(hex(padded(data)));
    }),
  );
});

test("leaves what it is given alone, and reads a part of a larger buffer", () => {
  const whole = Uint8Array.from({ length: 64 }, (_, index) => index);
  const before = hex(whole);
  const part = whole.subarray(16, 48);
  const cipher = seedCbcEncrypt(whole.subarray(0, 16), ZERO, part);
  expect(hex(whole)).toBe(before);
  expect(hex(seedCbcDecrypt(whole.subarray(0, 16), ZERO, cipher))).toBe(hex(part));
});
