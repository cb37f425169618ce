import forge from "node-forge";

const pair = forge.pki.rsa.generateKeyPair({ bits: 2048 });

/** The public key as codef.io shows it: base64 of the SubjectPublicKeyInfo, on one line. */
export const publicKey = publicPem().replace(/-----[^-]+-----|\s/g, "");

export function publicPem(): string {
  return forge.pki.publicKeyToPem(pair.publicKey);
}

/** Opens what was encrypted with `publicKey`, the way CODEF does: base64, PKCS#1 v1.5, UTF-8. */
export function decrypt(cipher: unknown): string {
  return forge.util.decodeUtf8(pair.privateKey.decrypt(forge.util.decode64(String(cipher)), "RSAES-PKCS1-V1_5"));
}
