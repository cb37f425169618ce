/**
 * The rules for inputs that are more than plain fields: what stands in lists, ways to log in, files, secrets, multipart.
 * @module
 */
import { isRecord, type Json, mapPath, valuesAt } from "../paths.js";
import { toCipher } from "./cipher.js";
import { faultAt } from "./fault.js";
import { toBase64, toBlob } from "./files.js";
import type { InputContext } from "./input.js";
import { type CodefOperation, type InputVariant, secretPaths } from "./operation.js";

/** The body to send for an input that is more than plain fields. */
export async function applyRules(operation: CodefOperation, input: Json, context: InputContext): Promise<unknown> {
  const { defaults = {}, required = [], variants = {}, files = [], encrypted = [], bodyType } = operation;
  checkLists(operation, input);
  let body: unknown = input;
  for (const [path, value] of Object.entries(defaults)) {
    body = mapPath(body, path, (leaf) => leaf ?? value);
  }
  for (const path of required) {
    mapPath(body, path, (leaf) => {
      if (leaf === undefined || leaf === null) throw faultAt(operation, path)("INPUT_MISSING", "is missing");
      return leaf;
    });
  }
  for (const [path, choices] of Object.entries(variants)) {
    mapPath(body, path, (part) => {
      checkVariant(operation, path, part, choices);
      return part;
    });
  }
  const toFile = bodyType === "multipart" ? toBlob : toBase64;
  for (const path of files) body = await rewrite(body, path, (file) => toFile(file, faultAt(operation, path)));
  for (const path of encrypted) {
    body = await rewrite(body, path, (secret) => toCipher(secret, context.publicKey, faultAt(operation, path)));
  }
  return bodyType === "multipart" ? toForm(body as Json) : body;
}

/** What is no list where a list belongs would slip past encryption and redaction. */
function checkLists(operation: CodefOperation, body: Json): void {
  for (const path of [...secretPaths(operation), ...(operation.required ?? [])]) {
    for (let end = path.indexOf("[]"); end >= 0; end = path.indexOf("[]", end + 1)) {
      const list = path.slice(0, end);
      const odd = valuesAt(body, [list]).some((value) => !Array.isArray(value));
      if (odd) throw faultAt(operation, list)("INPUT_INVALID", "must be a list");
    }
  }
}

/** Finds the variant that the constants of `part` select, and what it lacks. */
function checkVariant(operation: CodefOperation, path: string, part: unknown, variants: readonly InputVariant[]): void {
  const given = isRecord(part) ? part : {};
  const fits = ({ when, defaults }: InputVariant) =>
    Object.entries(when).every(([key, value]) => (given[key] ?? defaults?.[key]) === value);
  const variant = variants.find(fits);
  const faultOf = (key: string) => faultAt(operation, path ? `${path}.${key}` : key);
  if (!variant) {
    const [selector = ""] = Object.keys(variants[0]?.when ?? {});
    const choices = variants.map(({ when }) => JSON.stringify(when)).join(" or ");
    const isMissing = (given[selector] ?? undefined) === undefined;
    throw faultOf(selector)(
      isMissing ? "INPUT_MISSING" : "INPUT_INVALID",
      `${isMissing ? "is missing" : "does not fit"}: it takes ${choices}`,
    );
  }
  const missing = variant.required.find((key) => (given[key] ?? undefined) === undefined);
  if (missing) throw faultOf(missing)("INPUT_MISSING", `is missing: ${JSON.stringify(variant.when)} needs it`);
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
