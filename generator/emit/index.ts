import { isMap } from "../json.js";
import type { ApiDocument, Provider } from "../model.js";
import { feedsModule } from "../names.js";
import { compareText } from "../problem.js";
import { catalogueModule } from "./catalogue.js";
import { codesModule, feedCodesModule } from "./codes.js";
import { feedModule, feedsIndex } from "./feed-module.js";
import { formatFiles } from "./format.js";
import { masterLayoutsModule } from "./master-layouts.js";
import { masterTypesModule } from "./master-types.js";
import { mastersModule } from "./masters.js";
import { moduleText } from "./module.js";
import { organizationsModule } from "./organizations.js";
import { providerModule } from "./provider.js";
import { readmeText } from "./readme.js";
import { resultCodesModule } from "./result-codes.js";
import type { Runtime } from "./runtime.js";
import { header } from "./text.js";
import { type TypeSchema, typeDocument } from "./type-document.js";
import { declareTypes } from "./types.js";

/** Texts of all generated files, by path below the output folder. */
export async function emit(
  providers: readonly Provider[],
  runtime: (provider: Provider) => Runtime,
): Promise<Map<string, string>> {
  const files = new Map<string, string>([["README.md", readmeText()]]);
  for (const provider of providers) {
    for (const [name, text] of providerFiles(provider, runtime(provider))) files.set(`${provider.name}/${name}`, text);
  }
  return formatFiles(files);
}

function providerFiles(provider: Provider, runtime: Runtime): [name: string, text: string][] {
  const { documents, organizations, resultCodes, furtherResultCodes = {} } = provider;
  const folder = `specs/${provider.name}`;
  const files: [string, string][] = [["catalogue.ts", catalogueModule(folder, provider)]];
  if (provider.settings.runtime === "general") {
    files.push(["provider.ts", providerModule(`${folder}/provider.yaml`, provider, runtime)]);
  }
  if (organizations.length > 0) {
    files.push(["organizations.ts", organizationsModule(`${folder}/organizations.yaml`, organizations)]);
  }
  for (const [table, codes] of Object.entries({ "result-codes": resultCodes, ...furtherResultCodes })) {
    if (codes.length > 0) files.push([`${table}.ts`, resultCodesModule(`${folder}/${table}.yaml`, table, codes)]);
  }
  for (const document of documents) files.push(...documentFiles(document, provider, runtime));
  files.push(...sharedTypes(documents, runtime.functions));
  return [...files, ...feedFiles(folder, provider, runtime), ...masterFiles(folder, provider, runtime)];
}

function documentFiles(
  document: ApiDocument,
  { organizations, settings }: Provider,
  runtime: Runtime,
): [string, string][] {
  const { module, feeds } = document;
  const types: [string, string] = [`${module}.types.ts`, typesModule(document, runtime.functions)];
  if (feeds.length > 0) return [[`${module}.ts`, feedModule(document, runtime, settings)], types];
  const codes = codesModule(document, runtime.functions);
  const context = { runtime: runtime.functions, settings, organizations, hasCodes: codes !== undefined };
  const files: [string, string][] = [[`${module}.ts`, moduleText(document, context)], types];
  if (codes !== undefined) files.push([`${module}.codes.ts`, codes]);
  return files;
}

function masterFiles(folder: string, { masters }: Provider, runtime: Runtime): [string, string][] {
  if (masters === undefined) return [];
  const from = `${folder}/masters.yaml`;
  return [
    ["masters.ts", mastersModule(from, runtime.masters, masters)],
    ["masters.layouts.ts", masterLayoutsModule(from, runtime.masters, masters)],
    ["masters.types.ts", masterTypesModule(from, masters)],
  ];
}

/** What all documents of feeds have in common. */
function feedFiles(folder: string, { documents, settings }: Provider, runtime: Runtime): [string, string][] {
  const withFeeds = documents.filter(({ feeds }) => feeds.length > 0);
  if (withFeeds.length === 0) return [];
  const codes = feedCodesModule(folder, withFeeds, runtime.functions);
  // Elsewhere the runtime is a package, whose files have no names.
  const place = /^(.*)\/index\.js$/.exec(runtime.realtime)?.[1];
  const beside = place === undefined ? [] : (settings.besideFeeds ?? []).map((name) => `${place}/${name}.js`);
  const index: [string, string] = [`${feedsModule}.ts`, feedsIndex(folder, withFeeds, codes !== undefined, beside)];
  return codes === undefined ? [index] : [index, [`${feedsModule}.codes.ts`, codes]];
}

/** Text of `<module>.types.ts`: what the operations take and answer, and what the feeds deliver. */
function typesModule(document: ApiDocument, runtime: string): string {
  const { schemas, runtime: runtimeTypes, organizations, shared } = typeDocument(document);
  const own = Object.fromEntries(Object.entries(schemas).filter(([name]) => !shared.includes(name)));
  const text = declareTypes(own);
  const imports = [
    typeImport(usedIn(own, runtimeTypes), runtime),
    typeImport(organizations, "./organizations.js"),
    typeImport(usedIn(own, shared), "./shared.types.js"),
  ];
  const exports = shared.length === 0 ? "" : `\nexport type { ${shared.join(", ")} } from "./shared.types.js";\n`;
  return `${header(document.file)}${imports.join("")}${exports}\n${text}`;
}

/** Text of `shared.types.ts`: the types that several modules of one document have. */
function sharedTypes(documents: readonly ApiDocument[], runtime: string): [string, string][] {
  const found = documents.filter(({ shared = [] }) => shared.length > 0).map(typeDocument);
  const names = new Set(found.flatMap(({ shared }) => shared));
  if (names.size === 0) return [];
  const schemas = new Map(found.flatMap(({ schemas: all }) => Object.entries(all).filter(([name]) => names.has(name))));
  const all = Object.fromEntries([...schemas].sort(([a], [b]) => compareText(a, b)));
  const runtimeTypes = [...new Set(found.flatMap((document) => document.runtime))].sort();
  const from = documents.find(({ shared = [] }) => shared.length > 0)?.file ?? "";
  return [
    ["shared.types.ts", `${header(from)}${typeImport(usedIn(all, runtimeTypes), runtime)}\n${declareTypes(all)}`],
  ];
}

/** Those of some names that schemas refer to. */
function usedIn(schemas: Record<string, TypeSchema>, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const used = new Set<string>();
  const collect = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(collect);
    if (!isMap(node)) return;
    const { $ref, "x-type": type } = node;
    if (typeof $ref === "string") used.add($ref.slice($ref.lastIndexOf("/") + 1));
    if (typeof type === "string") for (const word of type.split(/\W+/)) used.add(word);
    for (const below of Object.values(node)) collect(below);
  };
  collect(schemas);
  return names.filter((name) => used.has(name));
}

function typeImport(names: readonly string[], from: string): string {
  return names.length === 0 ? "" : `import type { ${names.join(", ")} } from ${JSON.stringify(from)};\n`;
}
