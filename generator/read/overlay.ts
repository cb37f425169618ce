/**
 * OpenAPI Overlay 1.0: what is changed on somebody else's document, in a file of its own, so that the owner's next release can be
 * dropped in as it is. Findings about what an overlay says stand in the overlay.
 * @module
 */
import { createRequire } from "node:module";
import { isMap, type JsonMap, listOf, mapOf } from "../json.js";
import type { Position, Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import { locate, type Path, type Source } from "./source.js";

type JsonPath = typeof import("json-p3");

interface Origin {
  source: Source;
  path: Path;
}

/** A document with overlays on it, and what is wrong with them. */
export function applyOverlays(document: Source, overlays: readonly Source[]): { source: Source; problems: Problem[] } {
  const own = overlays.filter((overlay) => isFor(overlay, document));
  if (own.length === 0) return { source: document, problems: [] };
  const origins = new Map<object, Origin>();
  const keys = new Map<object, Map<string, Origin>>();
  const data = copy({ source: document, path: [] }, document.data, origins);
  const problems = own.flatMap((overlay) =>
    listOf(mapOf(overlay.data).actions).flatMap((_, index) => act(overlay, index, data, origins, keys)),
  );
  const locateIn = (path: Path, what: "key" | "value") => locateOrigin({ document, data, origins, keys }, path, what);
  return { source: { ...document, data, locateIn }, problems };
}

/** An overlay that `extends` a document is for that one alone. */
function isFor(overlay: Source, document: Source): boolean {
  const { extends: name } = mapOf(overlay.data);
  return typeof name !== "string" || name.slice(name.lastIndexOf("/") + 1) === document.name;
}

const topKeys = ["overlay", "info", "extends", "actions"];
const actionKeys = ["target", "description", "update", "remove"];

/** What is wrong with the form of an overlay. */
export function overlayProblems(overlay: Source, documents: readonly Source[]): Problem[] {
  const { overlay: version, actions, extends: name } = mapOf(overlay.data);
  const at = (path: Path, message: string, what: "key" | "value" = "value") => ({
    at: locate(overlay, path, what),
    message,
  });
  const unknown = (keys: readonly string[], known: readonly string[], path: Path) =>
    keys
      .filter((key) => !known.includes(key) && !key.startsWith("x-"))
      .map((key) => at([...path, key], `an overlay has no key ${key} here${didYouMean(key, known)}`, "key"));
  const isKnown = typeof name !== "string" || documents.some((document) => isFor(overlay, document));
  return [
    ...(/^1\.\d/.test(String(version))
      ? []
      : [at(["overlay"], `Overlay ${String(version)} is not known: kofin reads 1.0`)]),
    ...unknown(Object.keys(mapOf(overlay.data)), topKeys, []),
    ...(isKnown ? [] : [at(["extends"], `there is no document ${JSON.stringify(name)} beside this overlay`)]),
    ...(Array.isArray(actions) && actions.length > 0
      ? []
      : [at(["actions"], "an overlay must have a list of actions")]),
    ...listOf(actions).flatMap((action, index) => {
      const path = ["actions", index];
      const { target, update, remove } = mapOf(action);
      return [
        ...unknown(Object.keys(mapOf(action)), actionKeys, path),
        ...(typeof target === "string"
          ? []
          : [at(path, "an action must have a target: a JSONPath, like $.paths['/pets'].get")]),
        ...(remove === undefined || typeof remove === "boolean"
          ? []
          : [at([...path, "remove"], "remove must be true or false")]),
        ...(update === undefined && remove !== true
          ? [at(path, "an action must say what to update, or remove: true")]
          : []),
      ];
    }),
  ];
}

function act(
  overlay: Source,
  index: number,
  data: unknown,
  origins: Map<object, Origin>,
  keys: Map<object, Map<string, Origin>>,
): Problem[] {
  const { target, update, remove } = mapOf(listOf(mapOf(overlay.data).actions)[index]);
  const path = ["actions", index];
  const at = (message: string, below: string): Problem[] => [{ at: locate(overlay, [...path, below]), message }];
  let locations: (string | number)[][];
  try {
    locations = [...jsonPath().query(String(target), data as never)].map(({ location }) => location);
  } catch (error) {
    if (error instanceof Error && "code" in error) throw error;
    return at(`${String(target)} is no JSONPath: ${error instanceof Error ? error.message : String(error)}`, "target");
  }
  if (locations.length === 0)
    return at(`${String(target)} is nowhere in the document: correct it, or take the action out`, "target");
  if (remove === true) {
    // From the end, so that indexes stay what they are.
    for (const location of locations.reverse()) removeAt(data, location);
    return [];
  }
  return locations.flatMap((location) => {
    const node = location.reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], data);
    const from = { source: overlay, path: [...path, "update"] };
    if (Array.isArray(node)) {
      node.push(copy(from, update, origins));
      return [];
    }
    if (isMap(node) && isMap(update)) {
      merge(node, update, from, origins, keys);
      return [];
    }
    return at(
      `${String(target)} is no object or list, and only these can be updated: target what it stands in`,
      "target",
    );
  });
}

function jsonPath(): JsonPath {
  return createRequire(import.meta.url)("json-p3") as JsonPath;
}

function removeAt(data: unknown, location: readonly (string | number)[]): void {
  const key = location.at(-1);
  const holder = location.slice(0, -1).reduce<unknown>((found, step) => (found as Record<string, unknown>)[step], data);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (isMap(holder) && key !== undefined) delete holder[key];
}

/** Objects are merged, lists made longer, everything else is replaced. */
function merge(
  node: JsonMap,
  update: JsonMap,
  { source, path }: Origin,
  origins: Map<object, Origin>,
  keys: Map<object, Map<string, Origin>>,
): void {
  for (const [key, value] of Object.entries(update)) {
    const from = { source, path: [...path, key] };
    const before = Object.hasOwn(node, key) ? node[key] : undefined;
    if (isMap(before) && isMap(value)) merge(before, value, from, origins, keys);
    else if (Array.isArray(before) && Array.isArray(value)) {
      before.push(...value.map((item, index) => copy({ source, path: [...from.path, index] }, item, origins)));
    } else {
      node[key] = copy(from, value, origins);
      keys.set(node, (keys.get(node) ?? new Map()).set(key, from));
    }
  }
}

/** A copy that may be changed, of which every part knows where it comes from. */
function copy(from: Origin, value: unknown, origins: Map<object, Origin>): unknown {
  const below = (key: string | number, part: unknown) =>
    copy({ source: from.source, path: [...from.path, key] }, part, origins);
  if (Array.isArray(value)) return known(value.map((item, index) => below(index, item)));
  if (!isMap(value)) return value;
  return known(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, below(key, part)])));

  function known<T extends object>(made: T): T {
    origins.set(made, from);
    return made;
  }
}

interface Overlaid {
  document: Source;
  data: unknown;
  origins: ReadonlyMap<object, Origin>;
  keys: ReadonlyMap<object, ReadonlyMap<string, Origin>>;
}

function locateOrigin({ document, data, origins, keys }: Overlaid, path: Path, what: "key" | "value"): Position {
  let node = data;
  let origin: Origin = { source: document, path: [] };
  for (const key of path) {
    const holder = node;
    const isThere = (isMap(holder) && Object.hasOwn(holder, key)) || (Array.isArray(holder) && Number(key) in holder);
    if (!isThere) break;
    node = (holder as Record<string, unknown>)[key];
    const given = keys.get(holder as object)?.get(String(key));
    const own = typeof node === "object" && node !== null ? origins.get(node) : undefined;
    origin = given ?? own ?? { source: origin.source, path: [...origin.path, key] };
  }
  return locate(origin.source, origin.path, what);
}
