import { isMap } from "../json.js";
import type { Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import { addressOf, followAll, valueAt } from "../read/ref.js";
import type { Path, Source } from "../read/source.js";
import { dataKeys, type SchemaSite, type Survey } from "../read/survey.js";
import { keyProblem, problem, unquotedCodes } from "./rule.js";

type Place = "document" | "operation" | "field";

interface Extension {
  places: readonly Place[];
  /** For fields: the type that it belongs on. */
  type?: string;
  /** What is wrong with a value, if anything. */
  judge(value: unknown): string | undefined;
}

/** The table of `specs/README.md`, for the machine. */
const extensions: Readonly<Record<string, Extension>> = {
  "x-retry": { places: ["document", "operation"], judge: oneOf("safe", "never") },
  "x-encrypted": { places: ["field"], type: "string", judge: oneOf("rsa") },
  "x-sensitive": { places: ["field"], judge: flag },
  "x-codes": { places: ["field"], type: "string", judge: textMap("code → Korean name") },
  "x-organization": { places: ["field"], type: "string", judge: (value) => (isText(value) ? undefined : texts(value)) },
  "x-two-way": { places: ["operation"], judge: schemaMap },
  "x-shape": { places: ["field"], type: "array", judge: oneOf("one-or-many") },
  "x-second-request": { places: ["field"], judge: flag },
  "x-success": { places: ["operation"], judge: texts },
  "x-successor": { places: ["operation"], judge: (value) => (isText(value) ? undefined : "must be an operationId") },
  "x-paging": { places: ["operation"], judge: paging },
  "x-confidence": { places: ["operation"], judge: oneOf("high", "medium", "low") },
  "x-source": { places: ["operation"], judge: texts },
};

/** Only house extensions, only where they belong, only with values that mean something. */
export function houseExtensions(survey: Survey): Problem[] {
  const places = placesOf(survey);
  return [...survey.folder.sources.values()]
    .filter(({ kind }) => kind === "document" || kind === "dictionary")
    .flatMap((source) => [...mapsIn(source, [], source.data)])
    .flatMap(({ source, path, keys }) => {
      const site = places.get(addressOf({ source, path }));
      return keys.flatMap((name) => judgeKey(survey, { source, path }, name, site));
    });
}

interface PlaceSite {
  place: Place;
  schema?: SchemaSite;
}

function placesOf({ documents, operations, schemas }: Survey): Map<string, PlaceSite> {
  return new Map<string, PlaceSite>([
    ...documents.map((source) => [addressOf({ source, path: [] }), { place: "document" }] as const),
    ...operations.map((operation) => [addressOf(operation), { place: "operation" }] as const),
    ...schemas.map((schema) => [addressOf(schema), { place: "field", schema }] as const),
  ]);
}

/** Every mapping with extension keys. Below `properties` and the like the keys are names of the provider. */
function* mapsIn(
  source: Source,
  path: Path,
  value: unknown,
): Generator<{ source: Source; path: Path; keys: string[] }> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* mapsIn(source, [...path, index], item);
  if (!isMap(value)) return;
  const holdsNames = path.at(-1) === "properties" || path.at(-1) === "headers";
  const names = Object.keys(value);
  if (!holdsNames) yield { source, path, keys: names.filter((name) => name.startsWith("x-")) };
  for (const name of names) {
    if (holdsNames || !dataKeys.has(name)) yield* mapsIn(source, [...path, name], value[name]);
  }
}

function judgeKey(
  { folder }: Survey,
  site: { source: Source; path: Path },
  name: string,
  found: PlaceSite | undefined,
): Problem[] {
  const extension = extensions[name];
  if (extension === undefined) {
    return [keyProblem(site, `${name} is no house extension${didYouMean(name, Object.keys(extensions))}`, name)];
  }
  if (found === undefined || !extension.places.includes(found.place)) {
    return [keyProblem(site, `${name} does not belong here, but on ${placeText(extension)}`, name)];
  }
  const value = valueAt(site.source, [...site.path, name]);
  const unquoted = name === "x-codes" ? unquotedCodes(site.source, [...site.path, name]) : [];
  if (unquoted.length > 0) return unquoted;
  const verdict = extension.judge(value);
  if (verdict !== undefined) return [problem(site, `${name} ${verdict}`, name)];
  const type = found.schema === undefined ? undefined : typeOf(found.schema, followAll(folder, found.schema)?.value);
  if (extension.type === undefined || type === undefined || type.includes(extension.type)) return [];
  return [
    keyProblem(site, `${name} does not belong on type ${type.join(" | ")}, but on ${placeText(extension)}`, name),
  ];
}

/** The type that a schema names, itself or through its ref. */
function typeOf({ value }: SchemaSite, target: unknown): string[] | undefined {
  const type = value.type ?? (isMap(target) ? target.type : undefined);
  return type === undefined ? undefined : [type].flat().map(String);
}

function placeText({ places, type }: Extension): string {
  const names = places.map((place) => (place === "field" && type !== undefined ? `${type} field` : place));
  return names.map((name) => `${/^[ao]/.test(name) ? "an" : "a"} ${name}`).join(" or ");
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function flag(value: unknown): string | undefined {
  return value === true ? undefined : "must be true, or left out";
}

function oneOf(...values: string[]): (value: unknown) => string | undefined {
  return (value) => {
    if (values.some((known) => known === value)) return undefined;
    return `must be ${values.join(" or ")}${typeof value === "string" ? didYouMean(value, values) : ""}`;
  };
}

function texts(value: unknown): string | undefined {
  const isList = Array.isArray(value) && value.length > 0 && value.every(isText);
  return isList ? undefined : "must be a list of texts with at least one in it";
}

function textMap(what: string): (value: unknown) => string | undefined {
  return (value) => {
    const isTextMap = isMap(value) && Object.keys(value).length > 0 && Object.values(value).every(isText);
    return isTextMap ? undefined : `must be a map ${what} with at least one entry`;
  };
}

function schemaMap(value: unknown): string | undefined {
  const isSchemaMap = isMap(value) && Object.keys(value).length > 0 && Object.values(value).every(isMap);
  return isSchemaMap ? undefined : "must be a map authentication method → schema of its answer";
}

function paging(value: unknown): string | undefined {
  const keys = ["next", "more", "page"];
  const fits = isMap(value) && Object.keys(value).length === keys.length && keys.every((name) => isText(value[name]));
  return fits ? undefined : "must name fields under next, more and page";
}
