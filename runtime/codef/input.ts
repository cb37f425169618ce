import { isRecord } from "../paths.js";
import { faultAt } from "./fault.js";
import { loadLate } from "./load.js";
import { type CodefOperation, secretPaths } from "./operation.js";

export interface InputContext {
  publicKey: string | undefined;
  /** False: certificates leave unread. */
  checkCertificates?: boolean | undefined;
}

/**
 * From what the caller passes to what is sent. Everything wrong with the input is found here, before anything leaves the process.
 * This file is for inputs of plain fields; lists, login variants, files and secrets have rules that load with the first input that
 * needs them.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `PUBLIC_KEY_MISSING`, `PUBLIC_KEY_INVALID`
 */
export async function prepareInput(operation: CodefOperation, input: unknown, context: InputContext): Promise<unknown> {
  const given = input ?? {};
  if (!isRecord(given)) throw faultAt(operation, "input")("INPUT_INVALID", "must be an object");
  const { required = [], defaults, files = [], encrypted = [] } = operation;
  const isSecret = (name: string) => !isNothing(given[name]);
  if (!isPlain(operation) || encrypted.some(isSecret) || files.some(isSecret)) {
    return (await loadLate()).applyRules(operation, given, context);
  }
  const body = { ...given };
  for (const name in defaults) body[name] ??= defaults[name];
  const missing = required.find((name) => isNothing(body[name]));
  if (missing) throw faultAt(operation, missing)("INPUT_MISSING", "is missing");
  return body;
}

const plain = /* @__PURE__ */ new WeakMap<CodefOperation, boolean>();

/** Whether an operation takes nothing but fields of the input itself: no lists, no ways to log in, no form. */
function isPlain(operation: CodefOperation): boolean {
  let known = plain.get(operation);
  if (known === undefined) {
    const paths = [...(operation.required ?? []), ...secretPaths(operation)];
    known = !operation.variants && !operation.bodyType && !paths.some((path) => /[.[]/.test(path));
    plain.set(operation, known);
  }
  return known;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
