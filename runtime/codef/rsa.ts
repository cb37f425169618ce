import forge from "node-forge";

/** Turns plain text into base64 of its PKCS#1 v1.5 encryption, as CODEF asks of every password field. */
export type Encrypt = (plain: string) => string;

/**
 * Reads a public key: the bare base64 that codef.io shows under 키관리, or PEM, with or without line breaks; `\\n` counts as one,
 * because that is how they come out of environment variables.
 * Lives in a module of its own because node-forge is larger than everything else: it loads when the first field is encrypted.
 * @throws Error when the text is no RSA public key.
 */
export function createEncrypt(publicKey: string): Encrypt {
  const der = forge.util.decode64(publicKey.replace(/-----[^-]+-----|\s+|\\[rn]/g, ""));
  const key = forge.pki.publicKeyFromAsn1(forge.asn1.fromDer(der)) as forge.pki.rsa.PublicKey;
  return (plain) => forge.util.encode64(key.encrypt(forge.util.encodeUtf8(plain), "RSAES-PKCS1-V1_5"));
}
