import { faultAt } from "./fault.js";
import { loadLate } from "./load.js";

/**
 * Encrypts one value as the spec'd fields are: for `codef.request`, and for values that are kept encrypted.
 * @throws InvalidInputError `PUBLIC_KEY_INVALID` when `publicKey` is no RSA public key; `INPUT_INVALID` when the text is too long.
 */
export async function encryptText(publicKey: string, plain: string): Promise<string> {
  const { toCipher } = await loadLate();
  return toCipher(plain, publicKey, faultAt({ id: "encryptText" }, "text"));
}
