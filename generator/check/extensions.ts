import { isMap } from "../json.js";
import type { Feature, Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import type { ProviderSettings } from "../provider/settings.js";
import { dataKeys } from "../read/data-keys.js";
import { addressOf, valueAt } from "../read/ref.js";
import { typesOf } from "../read/shape.js";
import type { Path, Source } from "../read/source.js";
import type { SchemaSite, Survey } from "../read/survey.js";
import { keyProblem, problem, unquotedCodes } from "./rule.js";
import { fillWord, flag, isText, oneOf, schemaMap, text, textMap, texts, tokens, type ValueCheck } from "./values.js";

type Place = "document" | "operation" | "feed" | "field";

interface Extension {
  places: readonly Place[];
  /** For fields: the type that it belongs on, which may depend on its value. */
  type?: string | ((value: unknown) => string);
  check: ValueCheck;
  /** The word of `generator.features` that switches it on. Those of x-tr-id and x-feed have rules of their own. */
  feature?: Feature;
}

/** The table of `specs/README.md`, for the machine. Extensions with parts of their own have a rule for these, too. */
const extensions: Readonly<Record<string, Extension>> = {
  "x-retry": { places: ["document", "operation"], check: oneOf("safe", "never", "idempotency-key") },
  "x-idempotency-key": {
    places: ["operation"],
    check: (value) => (isText(value) || isMap(value) ? undefined : "must be a field, or { field, lifetimeSeconds }"),
  },
  "x-limit": { places: ["operation"], check: limitName },
  "x-open": { places: ["field"], type: "string", check: flag },
  "x-envelope": { places: ["operation"], check: oneOf("none") },
  "x-settled-by": { places: ["operation"], check: text("module/operationId") },
  "x-encrypted": { places: ["field"], type: "string", check: oneOf("rsa"), feature: "encryption" },
  "x-sensitive": { places: ["field"], check: flag },
  "x-codes": { places: ["field"], type: "string", check: textMap("code → Korean name") },
  "x-code-list": { places: ["field"], type: "string", check: text("the name of a list of codes") },
  "x-organization": { places: ["field"], type: "string", check: (value) => (isText(value) ? undefined : texts(value)) },
  "x-from": { places: ["field"], check: fillWord },
  "x-also": { places: ["field"], check: texts },
  "x-key": { places: ["field"], type: "string", check: text("its key in the record"), feature: "feeds" },
  "x-spec": { places: ["field"], check: text("the provider's notation of the type") },
  "x-two-way": { places: ["operation"], check: schemaMap, feature: "two-way" },
  "x-shape": {
    places: ["field"],
    type: (value) => (value === "one" ? "object" : "array"),
    check: oneOf("one-or-many", "one"),
  },
  "x-certificate": {
    places: ["field"],
    type: "string",
    check: oneOf("der", "key", "pfx", "file", "type", "password"),
  },
  "x-second-request": { places: ["field"], check: flag, feature: "two-way" },
  "x-environments": { places: ["operation"], check: texts },
  "x-success": { places: ["operation"], check: texts },
  "x-successor": { places: ["operation"], check: text("an operationId") },
  "x-paging": { places: ["operation"], check: map },
  "x-tr-id": { places: ["operation", "feed"], check: map },
  "x-feed": { places: ["feed"], check: map },
  "x-auth": { places: ["document", "operation"], check: tokens },
  "x-confidence": { places: ["operation", "feed"], check: oneOf("high", "medium", "low") },
  "x-source": { places: ["operation", "feed"], check: texts },
};

function limitName(value: unknown, { data: { limits = [] } }: ProviderSettings): string | undefined {
  const names = limits.flatMap(({ name }) => name ?? []);
  if (names.some((name) => name === value)) return undefined;
  return `must name a limit of provider.yaml${didYouMean(String(value), names)}`;
}

function map(value: unknown): string | undefined {
  return isMap(value) ? undefined : "must be a map";
}

/** Only known extensions, only where they belong, only with values that mean something. */
export function knownExtensions(survey: Survey): Problem[] {
  const places = placesOf(survey);
  return [...survey.folder.sources.values()]
    .filter(({ kind }) => kind === "document" || kind === "dictionary")
    .flatMap((source) => [...mapsIn(source, [], source.data)])
    .flatMap(({ source, path, keys }) => {
      const site = places.get(addressOf({ source, path }));
      return keys.flatMap((name) => checkKey(survey, { source, path }, name, site));
    });
}

interface PlaceSite {
  place: Place;
  schema?: SchemaSite;
}

function placesOf({ documents, operations, feeds, schemas }: Survey): Map<string, PlaceSite> {
  return new Map<string, PlaceSite>([
    ...documents.map((source) => [addressOf({ source, path: [] }), { place: "document" }] as const),
    ...operations.map((operation) => [addressOf(operation), { place: "operation" }] as const),
    ...feeds.map((feed) => [addressOf(feed), { place: "feed" }] as const),
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

function checkKey(
  { folder }: Survey,
  site: { source: Source; path: Path },
  name: string,
  found: PlaceSite | undefined,
): Problem[] {
  const extension = extensions[name];
  if (extension === undefined) {
    return [keyProblem(site, `${name} is no extension of kofin${didYouMean(name, Object.keys(extensions))}`, name)];
  }
  if (found === undefined || !extension.places.includes(found.place)) {
    return [keyProblem(site, `${name} does not belong here, but on ${placeText(extension)}`, name)];
  }
  const { feature } = extension;
  if (feature !== undefined && !folder.settings.features.includes(feature)) {
    const mend = `list it under generator.features of provider.yaml, or take ${name} out`;
    return [keyProblem(site, `${name} needs the feature ${feature}: ${mend}`, name)];
  }
  const value = valueAt(site.source, [...site.path, name]);
  const unquoted = name === "x-codes" ? unquotedCodes(site.source, [...site.path, name]) : [];
  if (unquoted.length > 0) return unquoted;
  const fault = extension.check(value, folder.settings);
  if (fault !== undefined) return [problem(site, `${name} ${fault}`, name)];
  const wanted = typeof extension.type === "function" ? extension.type(value) : extension.type;
  const types = found.schema === undefined ? undefined : typesOf(folder, found.schema);
  if (wanted === undefined || types === undefined || types.includes(wanted)) return [];
  const belongs = placeText({ places: extension.places, type: wanted });
  return [keyProblem(site, `${name} does not belong on type ${types.join(" | ")}, but on ${belongs}`, name)];
}

function placeText({ places, type }: Pick<Extension, "places" | "type">): string {
  const names = places.map((place) => (place === "field" && typeof type === "string" ? `${type} field` : place));
  return names.map((name) => `${/^[ao]/.test(name) ? "an" : "a"} ${name}`).join(" or ");
}
