/**
 * Small checks that together say which form data have. Each gives what is wrong, and where below the data.
 * @module
 */
import { isMap, type JsonMap } from "../json.js";
import { didYouMean } from "../nearest.js";
import type { Path } from "../read/source.js";

export interface Fault {
  path: Path;
  /** Whether the key is at fault, and not what stands under it. */
  isKey?: true;
  message: string;
}

/** `name` is what messages call the value: its path, with dots. */
export type Shape = (value: unknown, path: Path) => Fault[];

/** A value for which `fits`; `what` ends the sentence "x must be …". */
export function value(fits: (value: unknown) => boolean, what: string): Shape {
  return (given, path) => (fits(given) ? [] : [{ path, message: `${nameOf(path)} must be ${what}` }]);
}

export const text: Shape = value((given) => typeof given === "string" && given.trim() !== "", "a text");
export const isTrue: Shape = value((given) => given === true, "true, or left out");
export const count: Shape = value((given) => Number.isInteger(given) && Number(given) >= 0, "a whole number");
export const positive: Shape = value((given) => typeof given === "number" && given > 0, "a number above 0");

export function matching(pattern: RegExp, what: string): Shape {
  return value((given) => typeof given === "string" && pattern.test(given), what);
}

/** One of some words. */
export function oneOf(...words: readonly string[]): Shape {
  return (given, path) => {
    if (words.some((word) => word === given)) return [];
    const hint = typeof given === "string" ? didYouMean(given, words) : "";
    return [{ path, message: `${nameOf(path)} must be ${words.join(" or ")}${hint}` }];
  };
}

export function list(item: Shape, what: string): Shape {
  return (given, path) => {
    if (!Array.isArray(given)) return [{ path, message: `${nameOf(path)} must be a list of ${what}` }];
    return given.flatMap((entry, index) => item(entry, [...path, index]));
  };
}

/** A map whose keys are names that nobody knows beforehand. */
export function mapOf(entry: Shape, what: string): Shape {
  return (given, path) => {
    if (!isMap(given)) return [{ path, message: `${nameOf(path)} must be a map ${what}` }];
    return Object.entries(given).flatMap(([key, below]) => entry(below, [...path, key]));
  };
}

export interface Keys {
  /** Key → the form of what stands under it, and what to say when it is not there. */
  needed?: Readonly<Record<string, readonly [shape: Shape, mend: string]>>;
  known?: Readonly<Record<string, Shape>>;
}

/** A map with keys of known names: others are named, with the nearest that is known. */
export function record({ needed = {}, known = {} }: Keys): Shape {
  const shapes: Record<string, Shape> = {
    ...Object.fromEntries(Object.entries(needed).map(([key, [shape]]) => [key, shape])),
    ...known,
  };
  const names = Object.keys(shapes);
  return (given, path) => {
    if (!isMap(given)) return [{ path, message: `${nameOf(path)} must be a map with ${names.join(", ")}` }];
    return [...unknownKeys(given, path, names), ...missingKeys(given, path, needed), ...below(given, path, shapes)];
  };
}

/** A record whose key `type` says which of several forms it has. */
export function variant(forms: Readonly<Record<string, Keys>>): Shape {
  return (given, path) => {
    const types = Object.keys(forms);
    if (!isMap(given)) return [{ path, message: `${nameOf(path)} must be a map with the key type` }];
    if (given.type === undefined) {
      return [{ path, isKey: true, message: `${nameOf(path)} has no type: choose from ${types.join(", ")}` }];
    }
    const form = typeof given.type === "string" && Object.hasOwn(forms, given.type) ? forms[given.type] : undefined;
    if (form === undefined) return oneOf(...types)(given.type, [...path, "type"]);
    return record({ ...form, known: { ...form.known, type: text } })(given, path);
  };
}

function unknownKeys(given: JsonMap, path: Path, names: readonly string[]): Fault[] {
  return Object.keys(given)
    .filter((key) => !names.includes(key))
    .map((key) => {
      const message = `${nameOf(path)} has no key ${key}${didYouMean(key, names) || `; it has ${names.join(", ")}`}`;
      return { path: [...path, key], isKey: true, message };
    });
}

function missingKeys(given: JsonMap, path: Path, needed: NonNullable<Keys["needed"]>): Fault[] {
  return Object.entries(needed)
    .filter(([key]) => given[key] === undefined)
    .map(([key, [, mend]]) => ({ path, isKey: true, message: `${nameOf(path)} has no ${key}: ${mend}` }));
}

function below(given: JsonMap, path: Path, shapes: Readonly<Record<string, Shape>>): Fault[] {
  return Object.entries(shapes).flatMap(([key, shape]) =>
    given[key] === undefined ? [] : shape(given[key], [...path, key]),
  );
}

/** `auth.url`; the top is the file itself. */
function nameOf(path: Path): string {
  return path.length === 0 ? "provider.yaml" : path.join(".").replace(/\.(\d+)(?=\.|$)/g, "[$1]");
}
