import type { Position, Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import { keysThatAreNoText, locate, type Path, type Source } from "../read/source.js";
import type { Survey } from "../read/survey.js";

/** One rule: what it finds in a provider's specs. A message says what to do about it. */
export type Rule = (survey: Survey) => Problem[];

interface Site {
  source: Source;
  path: Path;
}

/** A finding about the value at a site, or about something below it. */
export function problem({ source, path }: Site, message: string, ...below: (string | number)[]): Problem {
  return { at: locate(source, [...path, ...below]), message };
}

/** A finding about a key: the position is the key's. */
export function keyProblem({ source, path }: Site, message: string, ...below: (string | number)[]): Problem {
  return { at: locate(source, [...path, ...below], "key"), message };
}

/** Findings about the keys of a map that say nothing, at the path `below` of a site. */
export function unknownKeys(
  site: Site,
  keys: readonly string[],
  known: readonly string[],
  ...below: string[]
): Problem[] {
  const where = below.join(": ");
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => keyProblem(site, `${where} has no key ${key}${didYouMean(key, known)}`, ...below, key));
}

/** Items that have the key of an earlier one. */
export function duplicates<T>(items: readonly T[], keyOf: (item: T) => string): { again: T; first: T }[] {
  const seen = new Map<string, T>();
  return items.flatMap((again) => {
    const first = seen.get(keyOf(again));
    if (first === undefined) seen.set(keyOf(again), again);
    return first === undefined ? [] : [{ again, first }];
  });
}

/** `specs/acme/bank.yaml:12` */
export function placeOf(at: Position): string {
  return `${at.file}:${at.line}`;
}

/** Codes without quotes: `0004:` is a number and loses its zeros. */
export function unquotedCodes(source: Source, path: Path): Problem[] {
  return keysThatAreNoText(source, path).map(({ key, at }) => {
    return { at, message: `the code ${key} must be text: write "${key}"` };
  });
}
