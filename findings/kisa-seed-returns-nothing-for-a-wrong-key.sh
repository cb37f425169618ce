#!/usr/bin/env bash
# kisa-seed 1.1.0: SEED_CBC_Decrypt with a key that is not the right one throws nothing. Most often it returns an empty array, and for about one
# key in 16 bytes that mean nothing: of the padding it looks at the last byte alone (PKCS#7 would leave one key in 256). A caller that takes "no
# error" for "decrypted" is wrong every time, one that takes "not empty" for it one time in 16.
# Output seen: { thrown: 0, empty: 1888, bytes: 112 } of 2000 wrong keys. Fails when it throws, or when fewer than 50 leave bytes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund kisa-seed@1.1.0
cat >find.cjs <<'EOF'
const { randomBytes } = require("node:crypto");
const { KISA_SEED_CBC } = require("kisa-seed");
const [key, iv, text] = [randomBytes(16), randomBytes(16), randomBytes(100)];
const cipher = KISA_SEED_CBC.SEED_CBC_Encrypt(key, iv, text, 0, text.length);
const seen = { thrown: 0, empty: 0, bytes: 0 };
for (let i = 0; i < 2000; i++) {
  try {
    const plain = KISA_SEED_CBC.SEED_CBC_Decrypt(randomBytes(16), iv, cipher, 0, cipher.length);
    seen[plain.length === 0 ? "empty" : "bytes"]++;
  } catch {
    seen.thrown++;
  }
}
console.log(seen);
process.exitCode = seen.thrown === 0 && seen.bytes >= 50 ? 0 : 1;
EOF
node find.cjs
