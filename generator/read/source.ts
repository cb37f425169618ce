import {
  type Document,
  isAlias,
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
import { type JsonNode, readJsonTree } from "./json-tree.js";

/** Keys and indexes from the top of a file to a value in it. */
export type Path = readonly (string | number)[];

export type SourceKind =
  | "document"
  | "dictionary"
  | "organizations"
  | "result-codes"
  | "masters"
  | "provider"
  | "overlay";

/** One parsed file. */
export interface Source {
  /** Path from the specs folder's parent: `specs/acme/bank.yaml`. */
  file: string;
  /** `bank.yaml`: what a `$ref` of the same folder calls it. */
  name: string;
  kind: SourceKind;
  data: unknown;
  tree: Tree;
  /** It describes a whole API, whose modules are its tags. */
  isWhole: boolean;
  /** Where something stands when parts of the data come from other files. */
  locateIn?: (path: Path, what: "key" | "value") => Position;
}

/** Where values and keys stand in the text of a file. */
interface Tree {
  root: unknown;
  child(node: unknown, segment: string | number): { key?: number | undefined; value: unknown } | undefined;
  startOf(node: unknown): number | undefined;
  positionOf(file: string, offset: number): Position;
  /** Keys that are no text: unquoted numbers of YAML. */
  oddKeys(path: Path): { key: string; offset: number }[];
}

/** Parses one file. Syntax errors and duplicate keys come back as problems, and `data` holds what could be read. */
export function parseSource(file: string, text: string, isWhole = false): { source: Source; problems: Problem[] } {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const { data, tree, faults } = name.endsWith(".json") ? parseJson(text) : parseYaml(text);
  const found = faults.length === 0 && !isMap(data) ? [{ offset: 0, message: noMap(text) }] : faults;
  const problems = found.map(({ offset, message }) => ({ at: tree.positionOf(file, offset), message }));
  const whole = isWhole || /^openapi\.(ya?ml|json)$/.test(name);
  return { source: { file, name, kind: kindOf(name, data), data, tree, isWhole: whole }, problems };
}

function noMap(text: string): string {
  return text.trim() === ""
    ? "this file is empty: describe something in it, or take it away"
    : "this is no map of YAML or JSON, as specs are";
}

interface Parsed {
  data: unknown;
  tree: Tree;
  faults: { offset: number; message: string }[];
}

function parseYaml(text: string): Parsed {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const faults = [...yaml.errors, ...yaml.warnings].map(({ pos, message }) => ({ offset: pos[0], message }));
  // Documents of others repeat a block as often as they like; that many aliases are no attack on who generates code.
  const data: unknown = faults.length > 0 ? undefined : yaml.toJS({ maxAliasCount: -1 });
  return { data, tree: yamlTree(yaml, lines), faults };
}

function yamlTree(yaml: Document, lines: LineCounter): Tree {
  return {
    root: yaml.contents,
    child: (node, segment) => yamlChild(yaml, node, segment),
    startOf: (node) => (isNode(node) ? (node as Node).range?.[0] : undefined),
    positionOf: (file, offset) => {
      const { line, col } = lines.linePos(offset);
      return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
    },
    oddKeys: (path) => {
      const node = path.length === 0 ? yaml.contents : yaml.getIn(path, true);
      if (!isYamlMap(node)) return [];
      return node.items.flatMap(({ key }) => {
        if (!isScalar(key) || typeof key.value === "string") return [];
        return [{ key: key.source ?? String(key.value), offset: key.range?.[0] ?? 0 }];
      });
    },
  };
}

function yamlChild(yaml: Document, given: unknown, segment: string | number) {
  const node = isAlias(given) ? given.resolve(yaml) : given;
  if (isYamlMap(node)) {
    const pair = node.items.find(
      ({ key }: Pair) => (isScalar(key) ? String(key.value) : String(key)) === String(segment),
    );
    return pair && { key: isNode(pair.key) ? pair.key.range?.[0] : undefined, value: pair.value };
  }
  if (isSeq(node)) {
    const value = node.items[Number(segment)];
    return value === undefined ? undefined : { value };
  }
  return undefined;
}

function parseJson(text: string): Parsed {
  let data: unknown;
  let root: JsonNode = { offset: 0 };
  const faults: Parsed["faults"] = [];
  try {
    root = readJsonTree(text);
    data = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const offset = error instanceof SyntaxError && "offset" in error ? Number(error.offset) : 0;
    faults.push({ offset, message: error instanceof Error ? error.message : String(error) });
  }
  return { data, tree: jsonTree(root, text), faults };
}

function jsonTree(root: JsonNode, text: string): Tree {
  let starts: number[] | undefined;
  return {
    root,
    child: (node, segment) => {
      const { entries, items } = node as JsonNode;
      const entry = entries?.find(({ key }) => key === String(segment));
      if (entry !== undefined) return { key: entry.offset, value: entry.node };
      const item = items?.[Number(segment)];
      return item && { value: item };
    },
    startOf: (node) => (node as JsonNode | undefined)?.offset,
    positionOf: (file, offset) => {
      starts ??= lineStarts(text);
      const line = lineAt(starts, offset);
      return { file, line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
    },
    oddKeys: () => [],
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The last line that begins at or before an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  for (let high = starts.length - 1; low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function kindOf(name: string, data: unknown): SourceKind {
  const base = name.replace(/\.(ya?ml|json)$/, "");
  if (base === "organizations") return "organizations";
  if (base.endsWith("result-codes")) return "result-codes";
  if (base === "masters") return "masters";
  if (base === "provider") return "provider";
  if (isMap(data) && "overlay" in data) return "overlay";
  return isMap(data) && ("openapi" in data || "swagger" in data) ? "document" : "dictionary";
}

/**
 * Where the value at `path` stands, or its key. A path that leads nowhere (a missing key, say) gives the deepest value that is
 * there, so that a message about something missing points at what it is missing from.
 */
export function locate({ file, tree, locateIn }: Source, path: Path, what: "key" | "value" = "value"): Position {
  if (locateIn !== undefined) return locateIn(path, what);
  let node = tree.root;
  let offset = tree.startOf(node) ?? 0;
  for (const [depth, segment] of path.entries()) {
    const step = tree.child(node, segment);
    if (step === undefined) break;
    const value = tree.startOf(step.value);
    const isKey = depth === path.length - 1 && what === "key";
    offset = (isKey ? (step.key ?? value) : (value ?? step.key)) ?? offset;
    node = step.value;
  }
  return tree.positionOf(file, offset);
}

/** Where the key itself is not text (`0004:` unquoted is a number), for every such key of the mapping at `path`. */
export function keysThatAreNoText({ file, tree }: Source, path: Path): { key: string; at: Position }[] {
  return tree.oddKeys(path).map(({ key, offset }) => ({ key, at: tree.positionOf(file, offset) }));
}
