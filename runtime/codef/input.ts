/**
 * From what the caller passes to what is sent: defaults, required fields, certificate files, encryption. Everything wrong with
 * the input is found here, before anything leaves the process.
 * @module
 */
import { InvalidInputError } from "../errors.js";
import { isRecord, mapPath, valuesAt } from "../paths.js";
import type { CodefOperation, InputVariant } from "./operation.js";
import type { Encrypt } from "./rsa.js";

/** A secret: plain text, which is encrypted before it is sent, or a value that was encrypted elsewhere with the same key. */
export type Encryptable = string | { encrypted: string };

/** A certificate file: its base64 text, its bytes, or where to read it (Node, Bun and Deno only). */
export type FileInput = string | Uint8Array | { path: string };

export interface InputContext {
  publicKey: string | undefined;
}

/**
 * The body to send for `input`.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `PUBLIC_KEY_MISSING`, `PUBLIC_KEY_INVALID`
 */
export async function prepareInput(operation: CodefOperation, input: unknown, context: InputContext): Promise<unknown> {
  let body = input ?? {};
  for (const [path, value] of Object.entries(operation.defaults ?? {})) {
    body = mapPath(body, path, (leaf) => leaf ?? value) as object;
  }
  for (const path of operation.required ?? []) {
    mapPath(body, path, (leaf) => {
      if (leaf === undefined || leaf === null) throw invalid(operation, "INPUT_MISSING", path, "is missing");
      return leaf;
    });
  }
  for (const [path, variants] of Object.entries(operation.variants ?? {})) {
    // A trailing `[]` stands for each item of a list, the path of which `mapPath` takes as it is.
    mapPath(body, path, (part) => {
      checkVariant(operation, path, part, variants);
      return part;
    });
  }
  for (const path of operation.files ?? []) {
    body = (await rewrite(body, path, (file) => toBase64(operation, path, file))) as object;
  }
  for (const path of operation.encrypted ?? []) {
    body = (await rewrite(body, path, (secret) => toCipher(operation, path, secret, context))) as object;
  }
  return body;
}

/** Finds the variant that the constants of `part` select, and what it lacks. */
function checkVariant(operation: CodefOperation, path: string, part: unknown, variants: readonly InputVariant[]): void {
  const given = isRecord(part) ? part : {};
  const fits = ({ when, defaults }: InputVariant) =>
    Object.entries(when).every(([key, value]) => (given[key] ?? defaults?.[key]) === value);
  const prefix = path && `${path}.`;
  const variant = variants.find(fits);
  if (!variant) {
    const choices = variants.map(({ when }) => JSON.stringify(when)).join(" or ");
    throw invalid(operation, "INPUT_INVALID", path || "input", `must be one of ${choices}`);
  }
  const missing = variant.required.find((key) => (given[key] ?? undefined) === undefined);
  if (missing) {
    throw invalid(operation, "INPUT_MISSING", prefix + missing, `is missing: ${JSON.stringify(variant.when)} needs it`);
  }
}

/** `mapPath` for changes that take time. */
async function rewrite(root: unknown, path: string, change: (leaf: unknown) => Promise<unknown>): Promise<unknown> {
  const changed = new Map<unknown, unknown>();
  for (const leaf of new Set(valuesAt(root, [path]))) changed.set(leaf, await change(leaf));
  return changed.size === 0 ? root : mapPath(root, path, (leaf) => (changed.has(leaf) ? changed.get(leaf) : leaf));
}

async function toCipher(
  operation: CodefOperation,
  path: string,
  secret: unknown,
  context: InputContext,
): Promise<string> {
  // An unused password field is sent as "" by CODEF's own samples.
  if (secret === "") return "";
  if (typeof secret === "object" && secret !== null && "encrypted" in secret && typeof secret.encrypted === "string") {
    return secret.encrypted;
  }
  if (typeof secret !== "string")
    throw invalid(operation, "INPUT_INVALID", path, "must be a string or { encrypted: string }");
  if (!context.publicKey) {
    const mend = "pass `publicKey` to createCodef (codef.io → 키관리), or { encrypted: … } if it is encrypted already";
    throw invalid(operation, "PUBLIC_KEY_MISSING", path, `leaves encrypted: ${mend}`);
  }
  const encrypt = await encryptWith(operation, path, context.publicKey);
  try {
    return encrypt(secret);
  } catch {
    throw invalid(operation, "INPUT_INVALID", path, "is too long for the public key");
  }
}

let known: { publicKey: string; encrypt: Encrypt } | undefined;

async function encryptWith(operation: CodefOperation, path: string, publicKey: string): Promise<Encrypt> {
  const { createEncrypt } = await import("./rsa.js");
  if (known?.publicKey === publicKey) return known.encrypt;
  try {
    known = { publicKey, encrypt: createEncrypt(publicKey) };
    return known.encrypt;
  } catch {
    throw invalid(
      operation,
      "PUBLIC_KEY_INVALID",
      path,
      "cannot be encrypted: `publicKey` is no RSA public key (base64 or PEM)",
    );
  }
}

async function toBase64(operation: CodefOperation, path: string, file: unknown): Promise<string> {
  if (typeof file === "string") return file;
  if (file instanceof Uint8Array) return base64(file);
  if (typeof file === "object" && file !== null && "path" in file && typeof file.path === "string") {
    // Asked of the process instead of imported, so that bundlers for other platforms do not stumble over it.
    const fs = globalThis.process?.getBuiltinModule?.("node:fs/promises");
    if (!fs) throw invalid(operation, "INPUT_INVALID", path, "cannot be read by path on this platform: pass the bytes");
    try {
      return base64(await fs.readFile(file.path));
    } catch (cause) {
      throw invalid(operation, "INPUT_INVALID", path, "cannot be read", cause);
    }
  }
  throw invalid(operation, "INPUT_INVALID", path, "must be base64 text, a Uint8Array or { path: string }");
}

export function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function invalid(
  operation: CodefOperation,
  code: string,
  field: string,
  what: string,
  cause?: unknown,
): InvalidInputError {
  return new InvalidInputError(code, `${operation.id}: ${field} ${what}`, {
    provider: "codef",
    operation: operation.id,
    field,
    cause,
  });
}

/**
 * Encrypts one value as the spec'd fields are: for `codef.request` and for values that are stored encrypted.
 * @throws InvalidInputError `PUBLIC_KEY_INVALID` when `publicKey` is no RSA public key; `INPUT_INVALID` when the text is too long.
 */
export async function encryptText(publicKey: string, plain: string): Promise<string> {
  const operation: CodefOperation = { id: "encryptText", method: "POST", path: "", retry: "never" };
  return toCipher(operation, "text", plain, { publicKey });
}
