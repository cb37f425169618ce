import { isMap } from "../json.js";
import { didYouMean } from "../nearest.js";
import type { SpecFolder } from "./folder.js";
import type { Path, Source } from "./source.js";

/** A value and where it was found. */
export interface Located {
  source: Source;
  path: Path;
  value: unknown;
}

/** Follows a `$ref` one step. A ref that leads nowhere gives the message that says why. */
export function follow(folder: SpecFolder, from: Source, ref: string): Located | { broken: string } {
  const [name = "", pointer = ""] = ref.split("#");
  const source = name === "" ? from : folder.sources.get(name.replace(/^\.\//, ""));
  if (source === undefined) {
    return {
      broken: `there is no file ${JSON.stringify(name)} beside this one${didYouMean(name, folder.sources.keys())}`,
    };
  }
  if (pointer !== "" && !pointer.startsWith("/")) {
    return { broken: `${JSON.stringify(ref)} must have a "/" after the "#"` };
  }
  const path: string[] = [];
  let value = source.data;
  for (const key of parsePointer(pointer)) {
    if (!(isMap(value) && Object.hasOwn(value, key)) && !(Array.isArray(value) && key in value)) {
      const names = isMap(value) ? Object.keys(value) : [];
      return { broken: `there is no ${JSON.stringify(key)} in ${place(source, path)}${didYouMean(key, names)}` };
    }
    value = (value as Record<string, unknown>)[key];
    path.push(key);
  }
  return { source, path, value };
}

function place(source: Source, path: Path): string {
  return path.length === 0 ? source.name : `${source.name}#${formatPointer(path)}`;
}

function parsePointer(pointer: string): string[] {
  const segments = pointer.split("/").slice(1);
  return segments.map((segment) => unescapePercent(segment).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A stray "%" is part of the name. */
function unescapePercent(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A path as a JSON pointer (RFC 6901). */
function formatPointer(path: Path): string {
  return path.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** One string for one place in the specs of a provider. */
export function addressOf({ source, path }: Pick<Located, "source" | "path">): string {
  return `${source.name}#${formatPointer(path)}`;
}

/** Follows refs until something that is no ref: undefined when one of them is broken or they lead in a circle. */
export function followAll(folder: SpecFolder, start: Located): Located | undefined {
  let here = start;
  for (let step = 0; isMap(here.value) && typeof here.value.$ref === "string"; step++) {
    const next = follow(folder, here.source, here.value.$ref);
    if ("broken" in next || step > 50) return undefined;
    here = next;
  }
  return here;
}

/** What stands at `path`, undefined when nothing does. */
export function valueAt(source: Source, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, source.data);
}

/** The value at `path` with its place. */
export function locatedAt(source: Source, path: Path): Located {
  return { source, path, value: valueAt(source, path) };
}
