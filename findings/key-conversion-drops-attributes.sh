#!/usr/bin/env bash
# node-forge 1.4.3, node:crypto (Node 20.20) and OpenSSL 3.0 read a PKCS#8 private key with attributes (RFC 5208, [0]) without a word, and write
# it without them. Korean keys (공동인증서) carry the random number there by which institutions identify the owner: after any of these
# conversions the key signs as before, and institutions refuse it.
# Output seen: original 1, node-forge 0, node:crypto 0, openssl pkcs8 0. Fails when one of them keeps the attribute.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-forge@1.4.3
cat >find.cjs <<'EOF'
const { execFileSync } = require("node:child_process");
const { createPrivateKey, generateKeyPairSync } = require("node:crypto");
const { writeFileSync } = require("node:fs");
const forge = require("node-forge");
const { asn1, pki } = forge;
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;
const { OID, SET, SEQUENCE, BITSTRING } = asn1.Type;
const name = asn1.oidToDer("1.2.410.200004.10.1.1.3").getBytes();

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const plain = asn1.fromDer(privateKey.export({ format: "der", type: "pkcs8" }).toString("binary"));
const value = asn1.create(UNIVERSAL, BITSTRING, false, "\0" + "r".repeat(20));
const attribute = asn1.create(UNIVERSAL, SEQUENCE, true, [
  asn1.create(UNIVERSAL, OID, false, name),
  asn1.create(UNIVERSAL, SET, true, [value]),
]);
plain.value.push(asn1.create(CONTEXT_SPECIFIC, 0, true, [attribute]));
const original = Buffer.from(asn1.toDer(plain).getBytes(), "binary");
writeFileSync("original.der", original);

const read = pki.privateKeyFromAsn1(asn1.fromDer(original.toString("binary")));
const results = {
  original,
  "node-forge": Buffer.from(asn1.toDer(pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(read))).getBytes(), "binary"),
  "node:crypto": createPrivateKey({ key: original, format: "der", type: "pkcs8" }).export({ format: "der", type: "pkcs8" }),
  "openssl pkcs8": execFileSync("openssl", "pkcs8 -topk8 -nocrypt -inform DER -outform DER -in original.der".split(" ")),
};
const has = (der) => Number(der.includes(Buffer.from(name, "binary")));
for (const [who, der] of Object.entries(results)) console.log(`${who}: ${has(der)}`);
process.exitCode = Object.entries(results).every(([who, der]) => has(der) === Number(who === "original")) ? 0 : 1;
EOF
node find.cjs
