import { mapOf } from "../json.js";
import { isIdentifier, pascalCase, reservedTypeNames } from "../names.js";
import type { SpecFolder } from "../read/folder.js";
import { addressOf, type Located, locatedAt } from "../read/ref.js";
import { shapeOf, typeNameOf } from "../read/shape.js";

/** Names that a module of somebody else's schemas would lose when one of them were called so. */
const platformNames: ReadonlySet<string> = new Set([
  ...reservedTypeNames,
  "AsyncGenerator",
  "Omit",
  "Uint8Array",
  "WithRequired",
]);

interface TypeNames {
  nameOf(located: Located): string | undefined;
  isTaken(name: string): boolean;
}

/**
 * How the type of a schema is called that has one of its own. Names of kofin's own specs are as written, and rules are about them.
 * Others are made unique: `simple-user` and `SimpleUser` would be one.
 */
export function createTypeNames(folder: SpecFolder, recursive: ReadonlySet<string>): TypeNames {
  if (folder.settings.rules === "own") {
    const ownName = (located: Located) => {
      const name = typeNameOf(folder, located);
      return name === undefined ? undefined : pascalCase(name);
    };
    return { nameOf: ownName, isTaken: () => false };
  }
  const names = new Map<string, string | undefined>();
  const taken = new Set<string>();

  function take(name: string): string {
    const base = identifier(name);
    let free = base;
    for (let count = 2; taken.has(free); count++) free = `${base}${count}`;
    taken.add(free);
    return free;
  }

  function nameOf(located: Located): string | undefined {
    const address = addressOf(located);
    if (names.has(address)) return names.get(address);
    const written = typeNameOf(folder, located) ?? nameOfEnum(folder, located);
    const made = written ?? (recursive.has(address) ? located.path.slice(-3).join(" ") : undefined);
    const name = made === undefined ? undefined : take(made);
    names.set(address, name);
    return name;
  }

  // In the order of the documents, so that names do not depend on what is used first.
  for (const source of folder.sources.values()) {
    const schemas = mapOf(mapOf(mapOf(source.data).components).schemas);
    if (source.kind !== "document") continue;
    for (const name of Object.keys(schemas)) nameOf(locatedAt(source, ["components", "schemas", name]));
  }
  return { nameOf, isTaken: (name) => taken.has(name) };
}

function identifier(name: string): string {
  const pascal = pascalCase(name) || "Schema";
  const usable =
    isIdentifier(pascal) && /^\p{L}/u.test(pascal) ? pascal : `Schema${pascal.replace(/^[^\p{ID_Continue}]+/u, "")}`;
  return platformNames.has(usable) ? `${usable}Schema` : usable;
}

/** A list of values deserves a name as well. */
function nameOfEnum(folder: SpecFolder, located: Located): string | undefined {
  const { source, path, value } = located;
  const isNamed = source.kind === "document" && path.length === 3 && path[0] === "components" && path[1] === "schemas";
  if (!isNamed || shapeOf(folder, located) !== "scalar" || !Array.isArray(mapOf(value).enum)) return undefined;
  return String(path[2]);
}
