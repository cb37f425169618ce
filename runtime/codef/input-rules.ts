/**
 * The rules for inputs that are more than plain fields: what stands in lists, ways to log in, files, secrets, multipart.
 * @module
 */

import { toBase64, toBlob, toText } from "../call/files.js";
import { fillIn } from "../call/input.js";
import { checkVariants } from "../call/rules.js";
import { type Json, mapPath, valuesAt } from "../paths.js";
import { toCipher } from "./encryption.js";
import { type CodefOperation, faultAt } from "./operation.js";

/** What of a client decides how inputs are written. */
export interface InputSettings {
  publicKey?: string;
  /** False: certificates leave unread. */
  checkCertificates?: boolean;
}

/** The body to send for an input that is more than plain fields. */
export async function applyRules(
  operation: CodefOperation,
  input: unknown,
  { publicKey, checkCertificates }: InputSettings,
): Promise<unknown> {
  const { variants, ...unvaried } = operation;
  const { certificate, files = [], encrypted = [], bodyType } = operation;
  const fault = (field: string) => faultAt(operation, field);
  let body: unknown = fillIn(unvaried, input, {}, fault);
  if (certificate && checkCertificates !== false) {
    // Before the ways to log in are: it knows better what is wrong with a pfx without its certType.
    await (await import("../certificate/check.js")).checkCertificate(operation, body as Json);
  }
  if (variants) checkVariants(body, variants, fault);
  for (const path of files) {
    const unread = checkCertificates === false && certificate?.[path] !== undefined;
    const toFile = bodyType === "multipart" ? toBlob : unread ? toText : toBase64;
    body = await rewrite(body, path, (file) => toFile(file, fault(path)));
  }
  for (const path of encrypted) {
    body = await rewrite(body, path, (secret) => toCipher(secret, publicKey, fault(path)));
  }
  return bodyType === "multipart" ? toForm(body as Json) : body;
}

/** `mapPath` for changes that take time. */
async function rewrite(root: unknown, path: string, change: (leaf: unknown) => Promise<unknown>): Promise<unknown> {
  const changed = new Map<unknown, unknown>();
  for (const leaf of new Set(valuesAt(root, [path]))) changed.set(leaf, await change(leaf));
  return changed.size === 0 ? root : mapPath(root, path, (leaf) => (changed.has(leaf) ? changed.get(leaf) : leaf));
}

function toForm(body: Json): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    // A part needs a file name to be taken for a file.
    if (value instanceof Blob) form.append(name, value, name);
    else if (value !== undefined) form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  return form;
}
