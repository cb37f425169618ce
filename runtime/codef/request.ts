/**
 * From what the caller passes to what is sent.
 * @module
 */
import { fillFlat } from "../call/flat-input.js";
import type { Call, WireRequest } from "../call/protocol.js";
import { later } from "../later.js";
import { type Json, valuesAt } from "../paths.js";
import type { InputSettings } from "./input-rules.js";
import { type CodefOperation, faultAt } from "./operation.js";
import type { Continuation } from "./two-way/challenge.js";

/** Rules for lists, ways to log in, files and secrets are there, and all that a call needs which does not succeed at once. */
export const loadLazy = /* @__PURE__ */ later(() => import("./lazy.js"));

/**
 * Everything wrong with the input is found here, before anything leaves the process.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `PUBLIC_KEY_MISSING`, `PUBLIC_KEY_INVALID`
 */
export async function serialize(
  { operation, input, context }: Call<CodefOperation, Continuation>,
  settings: InputSettings,
): Promise<WireRequest> {
  const prepared =
    (isPlain(operation, input) && fillFlat(operation, input, {}, (field) => faultAt(operation, field))) ||
    (await (await loadLazy()).applyRules(operation, input, settings));
  const { continued } = context;
  const body = continued ? { ...continued, ...(prepared as Json) } : prepared;
  return operation.method === "GET" ? { query: body as Json } : { body };
}

/** Whether nothing has to be encrypted or read from a file. */
function isPlain({ bodyType, encrypted = [], files = [] }: CodefOperation, input: unknown): boolean {
  return !bodyType && !valuesAt(input, [...encrypted, ...files]).length;
}

/**
 * The URL-encoded text of the body's JSON, percent-encoded as a whole: neither a form nor plain JSON. Space leaves as `%20`, which
 * every decoder reads alike. Multipart when the operation says so.
 */
export function encodeRequest(body: unknown): string | FormData {
  return body instanceof FormData ? body : encodeURIComponent(JSON.stringify(body ?? null));
}

/**
 * Encrypts one value as the spec'd fields are: for `codef.request`, and for values that are kept encrypted.
 * @throws InvalidInputError `PUBLIC_KEY_INVALID` when `publicKey` is no RSA public key; `INPUT_INVALID` when the text is too long.
 */
export async function encryptText(publicKey: string, plain: string): Promise<string> {
  return (await loadLazy()).toCipher(plain, publicKey, faultAt({ id: "encryptText" }, "text"));
}
