/**
 * Rules of inputs that are more than plain fields: what stands in lists, and objects that can be filled in several ways.
 * @module
 */
import { isRecord, type Json, mapPath, valuesAt } from "../paths.js";
import type { FaultAt } from "./fault.js";
import type { InputVariant } from "./operation.js";

/** What is no list where a list belongs would slip past encryption and redaction. */
export function checkLists(body: Json, paths: readonly string[], faultAt: FaultAt): void {
  for (const path of paths) {
    for (let end = path.indexOf("[]"); end >= 0; end = path.indexOf("[]", end + 1)) {
      const list = path.slice(0, end);
      const odd = valuesAt(body, [list]).some((value) => !Array.isArray(value));
      if (odd) throw faultAt(list)("INPUT_INVALID", "must be a list");
    }
  }
}

/** Fills in what was left out. */
export function withDefaults(body: unknown, defaults: Readonly<Record<string, unknown>> = {}): unknown {
  return Object.entries(defaults).reduce(
    (filled, [path, value]) => mapPath(filled, path, (leaf) => leaf ?? value),
    body,
  );
}

export function checkRequired(body: unknown, paths: readonly string[], faultAt: FaultAt): void {
  for (const path of paths) {
    mapPath(body, path, (leaf) => {
      if (leaf === undefined || leaf === null) throw faultAt(path)("INPUT_MISSING", "is missing");
      return leaf;
    });
  }
}

export function checkVariants(
  body: unknown,
  variants: Readonly<Record<string, readonly InputVariant[]>>,
  faultAt: FaultAt,
): void {
  for (const [path, choices] of Object.entries(variants)) {
    mapPath(body, path, (part) => {
      checkVariant(part, choices, (key) => faultAt(path ? `${path}.${key}` : key));
      return part;
    });
  }
}

/** Finds the variant that the constants of `part` select, and what it lacks. */
function checkVariant(part: unknown, variants: readonly InputVariant[], faultOf: FaultAt): void {
  const given = isRecord(part) ? part : {};
  const fits = ({ when, defaults }: InputVariant) =>
    Object.entries(when).every(([key, value]) => (given[key] ?? defaults?.[key]) === value);
  const variant = variants.find(fits);
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
