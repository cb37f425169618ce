import {
  type Document,
  isNode,
  isScalar,
  isSeq,
  isMap as isYamlMap,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from "yaml";
import { isMap } from "../json.js";
import type { Position, Problem } from "../model.js";

/** Keys and indexes from the top of a file to a value in it. */
export type Path = readonly (string | number)[];

export type SourceKind = "document" | "dictionary" | "organizations" | "result-codes" | "masters" | "provider";

/** One parsed YAML file. */
export interface Source {
  /** Path from the specs folder's parent: `specs/acme/bank.yaml`. */
  file: string;
  /** `bank.yaml`: what a `$ref` of the same folder calls it. */
  name: string;
  kind: SourceKind;
  data: unknown;
  yaml: Document;
  lines: LineCounter;
}

/** Parses one file. Syntax errors and duplicate keys come back as problems, and `data` holds what could be read. */
export function parseSource(file: string, text: string): { source: Source; problems: Problem[] } {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems = [...yaml.errors, ...yaml.warnings].map((error) => ({
    at: positionAt(file, lines, error.pos[0]),
    message: error.message,
  }));
  const data: unknown = problems.length > 0 ? undefined : yaml.toJS();
  const name = file.slice(file.lastIndexOf("/") + 1);
  return { source: { file, name, kind: kindOf(name, data), data, yaml, lines }, problems };
}

function kindOf(name: string, data: unknown): SourceKind {
  if (name === "organizations.yaml") return "organizations";
  if (name.endsWith("result-codes.yaml")) return "result-codes";
  if (name === "masters.yaml") return "masters";
  if (name === "provider.yaml") return "provider";
  return isMap(data) && "openapi" in data ? "document" : "dictionary";
}

function positionAt(file: string, lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/**
 * Where the value at `path` stands, or its key. A path that leads nowhere (a missing key, say) gives the deepest value that is
 * there, so that a message about something missing points at what it is missing from.
 */
export function locate(source: Source, path: Path, what: "key" | "value" = "value"): Position {
  let node: unknown = source.yaml.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, segment] of path.entries()) {
    const step = child(node, segment);
    if (step === undefined) break;
    const isLast = depth === path.length - 1;
    const target = isLast && what === "key" ? (step.key ?? step.value) : step.value;
    offset = startOf(target) ?? startOf(step.key) ?? offset;
    node = step.value;
  }
  return positionAt(source.file, source.lines, offset);
}

/** Where the key itself is not text (`0004:` unquoted is a number), for every such key of the mapping at `path`. */
export function keysThatAreNoText(source: Source, path: Path): { key: string; at: Position }[] {
  const node = path.length === 0 ? source.yaml.contents : source.yaml.getIn(path, true);
  if (!isYamlMap(node)) return [];
  return node.items.flatMap(({ key }) => {
    if (!isScalar(key) || typeof key.value === "string") return [];
    return [{ key: key.source ?? String(key.value), at: positionAt(source.file, source.lines, startOf(key) ?? 0) }];
  });
}

function child(node: unknown, segment: string | number): { key?: unknown; value: unknown } | undefined {
  if (isYamlMap(node)) return node.items.find((pair: Pair) => keyText(pair.key) === String(segment));
  if (isSeq(node)) {
    const value = node.items[Number(segment)];
    return value === undefined ? undefined : { value };
  }
  return undefined;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
