import { isRecord } from "../paths.js";
import { faultAt } from "./fault.js";
import { loadLate } from "./load.js";
import { type CodefOperation, secretPaths } from "./operation.js";

export interface InputContext {
  publicKey: string | undefined;
}

/**
 * From what the caller passes to what is sent. Everything wrong with the input is found here, before anything leaves the process.
 * Plain fields are looked at in this file; lists, login variants, files and secrets have rules of their own, which load with the
 * first input that needs them.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `PUBLIC_KEY_MISSING`, `PUBLIC_KEY_INVALID`
 */
export async function prepareInput(operation: CodefOperation, input: unknown, context: InputContext): Promise<unknown> {
  const body = { ...((input ?? {}) as object) } as Record<string, unknown>;
  if (!isRecord(input ?? {})) throw faultAt(operation, "input")("INPUT_INVALID", "must be an object");
  const { required = [], defaults = {}, files = [], encrypted = [] } = operation;
  for (const [name, value] of Object.entries(defaults)) if (isPlain(name)) body[name] ??= value;
  const missing = required.find((name) => isPlain(name) && isNothing(body[name]));
  if (missing) throw faultAt(operation, missing)("INPUT_MISSING", "is missing");

  const isNested = [...required, ...secretPaths(operation)].some((path) => !isPlain(path));
  const hasSecret = [...files, ...encrypted].some((name) => !isNothing(body[name]));
  if (!isNested && !hasSecret && !operation.variants && !operation.bodyType) return body;
  return (await loadLate()).applyRules(operation, body, context);
}

/** Whether a path is the name of a field of the input itself, and nothing below it. */
export function isPlain(path: string): boolean {
  return !/[.[]/.test(path);
}

function isNothing(value: unknown): boolean {
  return (value ?? undefined) === undefined;
}
