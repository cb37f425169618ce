/**
 * Specs as they are after reading, checking and resolving, written down: what takes seconds to make of YAML is there in milliseconds.
 * @module
 */
import { isMap } from "./json.js";
import type { Provider } from "./model.js";

/** Stands for an object that is used more than once: `{ "$$": 7 }` is the seventh of `shared`. */
const MARK = "$$";

interface Compiled {
  /** Each refers to earlier ones only. */
  shared: unknown[];
  provider: unknown;
}

/** A provider as JSON. What was one object in several places stays one. */
export function compileSpecs(provider: Provider): string {
  const isShared = sharedObjects(provider);
  const numbers = new Map<object, number>();
  const shared: unknown[] = [];
  const write = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = numbers.get(value);
    if (known !== undefined) return { [MARK]: known };
    const written = Array.isArray(value)
      ? value.map(write)
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, write(item)]));
    if (!isShared(value)) return written;
    numbers.set(value, shared.push(written) - 1);
    return { [MARK]: shared.length - 1 };
  };
  const compiled: Compiled = { provider: write(provider), shared };
  return JSON.stringify(compiled);
}

/** The provider that `compileSpecs` wrote. */
export function readCompiled(text: string): Provider {
  const { shared, provider } = JSON.parse(text) as Compiled;
  const restore = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) value[index] = restore(item);
    } else if (isMap(value)) {
      if (typeof value[MARK] === "number") return shared[value[MARK]];
      for (const key of Object.keys(value)) value[key] = restore(value[key]);
    }
    return value;
  };
  for (const [index, item] of shared.entries()) shared[index] = restore(item);
  return restore(provider) as Provider;
}

/** Which objects of a tree stand in it more than once. */
function sharedObjects(root: object): (value: object) => boolean {
  const seen = new Set<object>();
  const again = new Set<object>();
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    if (seen.has(value)) return again.add(value);
    seen.add(value);
    for (const item of Object.values(value)) visit(item);
  };
  visit(root);
  return (value) => again.has(value);
}
