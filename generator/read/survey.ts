/**
 * One walk over a provider's files that finds every operation, feed, schema and ref in them, so that rules are about one kind of
 * thing and do not walk by themselves.
 * @module
 */
import { isMap, type JsonMap, listOf } from "../json.js";
import type { Problem } from "../model.js";
import { dataKeys } from "./data-keys.js";
import { feedsOf } from "./feeds.js";
import type { SpecFolder } from "./folder.js";
import { moduleFor, nameOperations } from "./operation-names.js";
import { parametersOf } from "./parameters.js";
import { followAll, locatedAt, valueAt } from "./ref.js";
import type { FeedSite, OperationSite } from "./site.js";
import type { Path, Source } from "./source.js";

/**
 * `field`: below `properties`. `named`: in a document's components. `entry`: of a dictionary. `part`: below allOf, oneOf or anyOf.
 * `items`: of an array. `body`: of a request, a response or a parameter. `answer`: below x-two-way.
 */
export type SchemaRole = "field" | "named" | "entry" | "part" | "items" | "body" | "answer";

/** A schema as written. */
export interface SchemaSite {
  source: Source;
  path: Path;
  value: JsonMap;
  role: SchemaRole;
  /** For a part: the schema that it is a part of. */
  whole?: SchemaSite;
}

export interface RefSite {
  source: Source;
  path: Path;
  ref: unknown;
}

export interface Survey {
  folder: SpecFolder;
  documents: Source[];
  operations: OperationSite[];
  feeds: FeedSite[];
  schemas: SchemaSite[];
  refs: RefSite[];
  /** What had to be named anew. */
  problems: Problem[];
}

const methods = ["get", "post", "put", "patch", "delete", "head", "options"] as const;

export function surveyFolder(folder: SpecFolder): Survey {
  const sources = [...folder.sources.values()];
  const documents = sources.filter(({ kind }) => kind === "document");
  const dictionaries = sources.filter(({ kind }) => kind === "dictionary");
  const { operations, problems } = nameOperations(
    folder,
    documents.flatMap((source) => operationsOf(folder, source)),
  );
  const { rules, features } = folder.settings;
  const feeds = rules === "own" || features.includes("feeds") ? documents.flatMap(feedsOf) : [];
  const roots = [
    ...documents.flatMap((source) => entriesAt(source, ["components", "schemas"], "named")),
    ...dictionaries.flatMap((source) => entriesAt(source, [], "entry")),
    ...[...operations, ...feeds].flatMap((site) => operationSchemas(folder, site)),
  ];
  const refs = [...documents, ...dictionaries].flatMap((source) => refsBelow(source, [], source.data));
  return { folder, documents, operations, feeds, schemas: unique(roots.flatMap(schemasBelow)), refs, problems };
}

function operationsOf(folder: SpecFolder, source: Source): OperationSite[] {
  const paths = valueAt(source, ["paths"]);
  return Object.keys(isMap(paths) ? paths : {}).flatMap((key) => {
    const item = followAll(folder, locatedAt(source, ["paths", key]));
    if (item === undefined || !isMap(item.value)) return [];
    const holder = item.value;
    return methods.flatMap((method) => {
      const [route = "", fragment] = key.split("#");
      const value = holder[method];
      if (!isMap(value)) return [];
      const id = typeof value.operationId === "string" ? value.operationId : "";
      const said = (key: string) => value[key] ?? valueAt(source, [key]);
      const about = { method, route, ...(fragment === undefined ? {} : { fragment }), id };
      const given = { retry: said("x-retry"), auth: said("x-auth") };
      const place = { source: item.source, path: [...item.path, method] };
      return [{ ...place, value, home: source, module: moduleFor(source, value), key, ...about, ...given }];
    });
  });
}

function entriesAt(source: Source, path: Path, role: SchemaRole): SchemaSite[] {
  const entries = valueAt(source, path);
  return Object.entries(isMap(entries) ? entries : {}).flatMap(([name, value]) =>
    isMap(value) ? [{ source, path: [...path, name], value, role }] : [],
  );
}

/** Schemas that an operation or a feed holds itself: in parameters, request, responses and 추가인증. */
function operationSchemas(folder: SpecFolder, site: OperationSite | FeedSite): SchemaSite[] {
  const { source, path, value } = site;
  const responses = Object.keys(isMap(value.responses) ? value.responses : {}).map((status) => ["responses", status]);
  const holders = [["requestBody"], ...responses].flatMap((below) => contentsAt(folder, source, [...path, ...below]));
  const parameters = parametersOf(folder, site).flatMap((parameter) =>
    schemaAt(parameter.source, [...parameter.path, "schema"], "body"),
  );
  return [...parameters, ...holders, ...entriesAt(source, [...path, "x-two-way"], "answer")];
}

/** The schemas of every media type of a request or response, which may be a ref. */
function contentsAt(folder: SpecFolder, source: Source, path: Path): SchemaSite[] {
  const found = followAll(folder, locatedAt(source, path));
  const content = isMap(found?.value) ? found.value.content : undefined;
  if (found === undefined || !isMap(content)) return [];
  return Object.keys(content).flatMap((media) =>
    schemaAt(found.source, [...found.path, "content", media, "schema"], "body"),
  );
}

function schemaAt(source: Source, path: Path, role: SchemaRole): SchemaSite[] {
  const value = valueAt(source, path);
  return isMap(value) ? [{ source, path, value, role }] : [];
}

function schemasBelow(site: SchemaSite): SchemaSite[] {
  const { source, path, value } = site;
  const at = (role: SchemaRole, ...below: (string | number)[]) => schemaAt(source, [...path, ...below], role);
  const fields = isMap(value.properties)
    ? Object.keys(value.properties).flatMap((name) => at("field", "properties", name))
    : [];
  const items = [...at("items", "items"), ...at("items", "additionalProperties")];
  const parts = ["allOf", "oneOf", "anyOf"].flatMap((key) =>
    listOf(value[key]).flatMap((_, index) => at("part", key, index).map((part) => ({ ...part, whole: site }))),
  );
  return [site, ...[...fields, ...items, ...parts].flatMap(schemasBelow)];
}

function refsBelow(source: Source, path: Path, value: unknown): RefSite[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => refsBelow(source, [...path, index], item));
  if (!isMap(value)) return [];
  const isFieldMap = path.at(-1) === "properties";
  return Object.entries(value).flatMap(([key, below]) => {
    if (key === "$ref" && !isFieldMap) return [{ source, path: [...path, key], ref: below }];
    return dataKeys.has(key) && !isFieldMap ? [] : refsBelow(source, [...path, key], below);
  });
}

/** A shared response or parameter is met once for every operation that uses it. */
function unique(sites: SchemaSite[]): SchemaSite[] {
  const seen = new Set<JsonMap>();
  return sites.filter(({ value }) => !seen.has(value) && seen.add(value));
}
