import { isMap, type JsonMap, mapOf, textOf } from "../json.js";
import type { Problem } from "../model.js";
import { isIdentifier, reservedTypeNames } from "../names.js";
import { didYouMean } from "../nearest.js";
import type { Path, Source } from "../read/source.js";
import { keyProblem, problem, unknownKeys, unquotedCodes } from "./rule.js";

const layoutKeys = ["title", "note", "kind", "bytes", "code", "name", "columns"];
const columnKeys = ["title", "note", "bytes", "type", "codes", "optional", "stretch", "deprecated"];
const kinds = ["fixed", "tab", "pipe"];
const flags = ["optional", "stretch", "deprecated"];

/** Bytes that a column of the type has. Undefined: any number. */
const types: Record<string, number | undefined> = { string: undefined, number: undefined, yn: 1, date: 8 };

/** Names of types that the generated file uses itself. */
const taken = new Set([...reservedTypeNames, "FixedLayout", "Master", "MasterLayout", "SeparatedLayout"]);

/** What is wrong with a layout of `masters.yaml`. */
export function layoutProblems(source: Source, name: string, layout: JsonMap): Problem[] {
  const path: Path = ["layouts", name];
  const { kind, columns } = layout;
  const at = (message: string, ...below: string[]) => [problem({ source, path }, `${name}: ${message}`, ...below)];
  const isNamed = /^\p{Lu}/u.test(name) && isIdentifier(name) && !taken.has(name);
  if (!isMap(columns) || Object.keys(columns).length === 0) return at("has no columns");
  return [
    ...(isNamed ? [] : [keyProblem({ source, path: ["layouts"] }, `${name} cannot be the name of a type`, name)]),
    ...unknownKeys({ source, path: ["layouts"] }, Object.keys(layout), layoutKeys, name),
    ...(textOf(layout.title) === "" ? at("has no title") : []),
    ...(kinds.includes(textOf(kind)) ? [] : at(`kind must be ${kinds.join(", ")}`, "kind")),
    ...recordSize(layout, columns, at),
    ...["code", "name"].flatMap((key) => lookUpColumn(key, layout[key], columns, at)),
    ...Object.entries(columns).flatMap(([column, about]) =>
      columnProblems({ source, path: [...path, "columns"] }, column, mapOf(about)),
    ),
    ...columnOrder({ source, path: [...path, "columns"] }, kind, columns),
  ];
}

type At = (message: string, ...below: string[]) => Problem[];

/** The sum is said twice, because a width that is off by one moves everything behind it. */
function recordSize({ kind, bytes }: JsonMap, columns: JsonMap, at: At): Problem[] {
  if (kind !== "fixed") return bytes === undefined ? [] : at("bytes: only a fixed layout has a size", "bytes");
  const sum = Object.values(columns).reduce<number>((total, column) => total + Number(mapOf(column).bytes), 0);
  if (bytes === undefined) return at("bytes is missing: how long a line is, without its end");
  return bytes === sum || Number.isNaN(sum) ? [] : at(`its columns have ${sum} bytes together, not ${bytes}`, "bytes");
}

function lookUpColumn(key: string, column: unknown, columns: JsonMap, at: At): Problem[] {
  const name = textOf(column);
  if (name === "") return at(`${key} is missing: the column to look rows up by`);
  if (!Object.hasOwn(columns, name)) {
    return at(`${key}: there is no column ${name}${didYouMean(name, Object.keys(columns))}`, key);
  }
  const { type = "string" } = mapOf(columns[name]);
  return type === "string" ? [] : at(`${key}: the column ${name} is no text`, key);
}

interface Site {
  source: Source;
  path: Path;
}

function columnProblems(site: Site, name: string, column: JsonMap): Problem[] {
  const { bytes, type = "string", codes } = column;
  const at = (message: string, ...below: string[]) => [problem(site, `${name}: ${message}`, name, ...below)];
  const isKnown = Object.hasOwn(types, String(type));
  const fixed = types[String(type)];
  const wrongFlags = flags.filter((flag) => column[flag] !== undefined && column[flag] !== true);
  return [
    ...(isIdentifier(name) ? [] : [keyProblem(site, `${name} cannot be the name of a property`, name)]),
    ...unknownKeys(site, Object.keys(column), columnKeys, name),
    ...(textOf(column.title) === "" ? at("has no title") : []),
    ...(Number.isInteger(bytes) && Number(bytes) > 0 ? [] : at("bytes must be a whole number above 0", "bytes")),
    ...(isKnown ? [] : at(`type must be ${Object.keys(types).join(", ")}`, "type")),
    ...(fixed === undefined || bytes === fixed ? [] : at(`a column of type ${type} has ${fixed} bytes`, "bytes")),
    ...wrongFlags.flatMap((flag) => at(`${flag} is true or left out`, flag)),
    ...(codes === undefined ? [] : codesProblems(site, name, type, codes)),
  ];
}

function codesProblems(site: Site, name: string, type: unknown, codes: unknown): Problem[] {
  const below = [name, "codes"];
  if (type !== "string") return [problem(site, `${name}: only text has codes`, ...below)];
  if (!isMap(codes) || Object.keys(codes).length === 0) {
    return [problem(site, `${name}: codes must be a map code → Korean name`, ...below)];
  }
  const unquoted = unquotedCodes(site.source, [...site.path, ...below]);
  if (unquoted.length > 0) return unquoted;
  return Object.entries(codes)
    .filter(([, title]) => textOf(title) === "")
    .map(([code]) => problem(site, `${name}: the code ${code} has no name`, ...below, code));
}

/** What may be missing is at the end, and one column at most gives way. */
function columnOrder(site: Site, kind: unknown, columns: JsonMap): Problem[] {
  const entries = Object.entries(columns).map(([name, about]) => ({
    name,
    ...(mapOf(about) as { optional?: unknown; stretch?: unknown; type?: unknown }),
  }));
  const stretching = entries.filter(({ stretch }) => stretch === true);
  const firstOptional = entries.findIndex(({ optional }) => optional === true);
  const late = firstOptional < 0 ? [] : entries.slice(firstOptional).filter(({ optional }) => optional !== true);
  const canStretch = kind === "fixed" && firstOptional < 0;
  return [
    ...late.map(({ name }) =>
      keyProblem(site, `${name}: stands behind an optional column, so it must be optional too`, name),
    ),
    ...stretching
      .slice(1)
      .map(({ name }) => problem(site, `${name}: another column stretches already`, name, "stretch")),
    ...stretching
      .filter(({ type = "string" }) => !canStretch || type !== "string")
      .map(({ name }) =>
        problem(site, `${name}: only text in a fixed layout without optional columns stretches`, name, "stretch"),
      ),
  ];
}
