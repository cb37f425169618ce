import { createHash, pbkdf2Sync } from "node:crypto";
import fc from "fast-check";
import forge from "node-forge";
import { expect, test } from "vitest";
import { DIGEST_BYTES, type HashName, iteratedHash } from "../../runtime/certificate/hash.js";
import { pbkdf1, pbkdf2, pkcs12Kdf } from "../../runtime/certificate/key-derivation.js";

const HASHES: HashName[] = ["SHA-1", "SHA-256"];
const hex = (data: Uint8Array) => Buffer.from(data).toString("hex");
const digest = (name: HashName, data: Uint8Array) =>
  createHash(name.replace("-", "").toLowerCase()).update(data).digest();

test.each(HASHES)("%s, once and again, is that of Node", (name) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 5 }), (data, rounds) => {
      let theirs: Uint8Array = data;
      for (let i = 0; i < rounds; i++) theirs = digest(name, theirs);
      expect(hex(iteratedHash(name, data, rounds))).toBe(hex(theirs));
    }),
  );
  // Where the padding begins a block of its own.
  for (const length of [55, 56, 63, 64, 119, 120]) {
    const data = new Uint8Array(length).fill(7);
    expect(hex(iteratedHash(name, data, 1))).toBe(hex(digest(name, data)));
  }
});

test("PBKDF1 hashes password and salt, as often as it says", () => {
  let theirs: Uint8Array = Buffer.concat([Buffer.from("비밀번호"), Buffer.from("saltsalt")]);
  for (let i = 0; i < 2048; i++) theirs = digest("SHA-1", theirs);
  expect(hex(pbkdf1("비밀번호", { salt: "saltsalt", rounds: 2048 }))).toBe(hex(theirs));
});

test("PBKDF2 is Node's, with each hash", async () => {
  for (const prf of ["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const) {
    const theirs = pbkdf2Sync("비밀번호", "saltsalt", 100, 40, prf.replace("-", "").toLowerCase());
    expect(hex(await pbkdf2("비밀번호", { salt: "saltsalt", rounds: 100, prf }, 40)), prf).toBe(hex(theirs));
  }
});

test("the derivation of PKCS#12 is node-forge's", () => {
  const salt = fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    minLength: 1,
  });
  fc.assert(
    fc.property(
      fc.string({ maxLength: 80 }),
      salt,
      fc.constantFrom(1, 2, 3),
      fc.integer({ min: 1, max: 70 }),
      (...given) => {
        const [password, bytes, purpose, size] = given;
        for (const hash of HASHES) {
          const md = hash === "SHA-1" ? forge.md.sha1.create() : forge.md.sha256.create();
          const theirs = forge.pkcs12.generateKey(password, forge.util.createBuffer(bytes), purpose, 3, size, md);
          expect(hex(pkcs12Kdf(password, { salt: bytes, rounds: 3, hash }, purpose, size))).toBe(theirs.toHex());
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(DIGEST_BYTES).toEqual({ "SHA-1": 20, "SHA-256": 32 });
});
