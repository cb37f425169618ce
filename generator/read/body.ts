import { isMap, type JsonMap, mapOf } from "../json.js";
import type { SpecFolder } from "./folder.js";
import { chooseMedia } from "./media.js";
import { queryObject, schemaOf } from "./parameters.js";
import { followAll, type Located, locatedAt } from "./ref.js";
import type { OperationSite } from "./site.js";

/** What a request or an answer holds, as written. */
export interface Body {
  media: string;
  schema: Located;
  example?: unknown;
}

/** What an operation takes, which a query can hold as well. */
export type Request = (Body & { in: "body" }) | (Omit<Body, "media"> & { in: "query" });

type Place = Pick<OperationSite, "source" | "path">;

/** What an operation takes. Undefined when it takes neither a query in one object nor a body, or one without a schema. */
export function requestOf(folder: SpecFolder, place: Place): Request | undefined {
  const query = queryObject(folder, place);
  if (query !== undefined) return { in: "query", schema: schemaOf(query), ...exampleOf(query.value) };
  const body = bodyAt(folder, locatedAt(place.source, [...place.path, "requestBody"]));
  return body && { in: "body", ...body };
}

/** What an operation answers when all is well: the first 2xx, or the default. Undefined when it has no schema. */
export function answerOf(folder: SpecFolder, { source, path, value }: OperationSite): Body | undefined {
  const statuses = Object.keys(mapOf(value.responses));
  const status = statuses.find((name) => /^2/.test(name)) ?? "default";
  return bodyAt(folder, locatedAt(source, [...path, "responses", status]));
}

/** JSON where there is a choice, through refs. */
function bodyAt(folder: SpecFolder, holder: Located): Body | undefined {
  const found = contentAt(folder, holder);
  if (found === undefined || !isMap(found.schema.value)) return undefined;
  return found;
}

/** What a holder of media types holds, even where nothing says which schema it has. */
function contentAt(folder: SpecFolder, holder: Located): Body | undefined {
  const found = followAll(folder, holder);
  const content = mapOf(isMap(found?.value) ? found.value.content : undefined);
  const media = chooseMedia(Object.keys(content));
  if (found === undefined || media === undefined) return undefined;
  const type = mapOf(content[media]);
  return { media, schema: locatedAt(found.source, [...found.path, "content", media, "schema"]), ...exampleOf(type) };
}

/** The body of a request, even one without a schema. */
export function contentOf(folder: SpecFolder, { source, path }: Place): Body | undefined {
  return contentAt(folder, locatedAt(source, [...path, "requestBody"]));
}

/** What comes back when all is well, by status; the default where nothing else is said. Without a body: nothing comes. */
export function successesOf(
  folder: SpecFolder,
  { source, path, value }: OperationSite,
): { status: string; body?: Body }[] {
  const statuses = Object.keys(mapOf(value.responses));
  const good = statuses.filter((name) => /^2/.test(name));
  const chosen = good.length > 0 ? good : statuses.filter((name) => name === "default");
  return chosen.map((status) => {
    const body = contentAt(folder, locatedAt(source, [...path, "responses", status]));
    return body === undefined ? { status } : { status, body };
  });
}

/** The example of a media type or a parameter: the only one, or the first of several. */
function exampleOf({ example: only, examples }: JsonMap): { example?: unknown } {
  const example = only ?? mapOf(Object.values(mapOf(examples))[0]).value;
  return example === undefined ? {} : { example };
}
