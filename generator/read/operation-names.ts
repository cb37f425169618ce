/**
 * Modules and functions of documents that were not written for kofin: tags become modules, and an operationId that cannot be the
 * name of a function gives way to one made of method and path.
 * @module
 */
import { stringsOf, textOf } from "../json.js";
import type { Problem } from "../model.js";
import { camelCase, isIdentifier, kebabCase, pascalCase, reservedFunctionNames, reservedModules } from "../names.js";
import { moduleOf, type SpecFolder } from "./folder.js";
import type { OperationSite } from "./site.js";
import { locate, type Source } from "./source.js";

/** Of a document that describes a whole API the first tag of an operation, `Code Scanning` → `code-scanning`. What has none is in `default`. */
export function moduleFor(source: Source, operation: Record<string, unknown>): string {
  if (!source.isWhole) return moduleOf(source);
  const [tag = ""] = stringsOf(operation.tags);
  const module = kebabCase(tag);
  if (module === "") return "default";
  return reservedModules.has(module) ? `${module}-operations` : module;
}

/** Operations with names that their module has once. Those of specs of kofin's own stay as they are: rules are about them. */
export function nameOperations(
  { settings }: SpecFolder,
  sites: readonly OperationSite[],
): { operations: OperationSite[]; problems: Problem[] } {
  if (settings.rules === "own") return { operations: [...sites], problems: [] };
  const taken = new Set<string>();
  const problems: Problem[] = [];
  const operations = sites.map((site) => {
    const written = textOf(site.value.operationId);
    const names = [...givenNames(site, written), madeName(site)];
    const id = [...names, ...numbered(madeName(site))].find((name) => isFree(site, name)) ?? madeName(site);
    taken.add(`${site.module}/${id}`);
    if (id !== site.id && !givenNames(site, written).includes(id)) problems.push(renamed(site, written, id));
    return { ...site, id };
  });
  return { operations, problems };

  function isFree({ module }: OperationSite, name: string): boolean {
    const isName = isIdentifier(name) && /^\p{L}/u.test(name) && !reservedFunctionNames.has(name);
    return isName && !taken.has(`${module}/${name}`);
  }
}

/** `repos/list-for-org` in the module `repos` is `listForOrg`, or `reposListForOrg` where that is no name or taken. */
function givenNames({ module }: OperationSite, written: string): string[] {
  if (written === "") return [];
  const [first = "", ...rest] = written.split(/[/.]/);
  const short = rest.length > 0 && kebabCase(first) === module ? [camelCase(rest.join(" "))] : [];
  return [...short, camelCase(written)];
}

/** `GET /pets/{petId}/photos` → `getPetsByPetIdPhotos`. */
function madeName({ method, route }: OperationSite): string {
  const words = route.split("/").map((segment) => segment.replace(/\{([^}]*)\}/g, " by $1 "));
  return camelCase(`${method} ${pascalCase(words.join(" "))}`);
}

function* numbered(name: string): Generator<string> {
  for (let count = 2; count < 1000; count++) yield `${name}${count}`;
}

function renamed(site: OperationSite, written: string, id: string): Problem {
  const { source, path, method, key } = site;
  const at = locate(source, written === "" ? path : [...path, "operationId"], written === "" ? "key" : "value");
  const why =
    written === "" ? "has no operationId" : `has an operationId that is taken or no name, ${JSON.stringify(written)}`;
  const message = `${method.toUpperCase()} ${key} ${why}: its function is called ${id}`;
  return { at, message, level: "warning", rule: "operationNames" };
}
