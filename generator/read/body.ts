import { isMap, mapOf } from "../json.js";
import type { SpecFolder } from "./folder.js";
import { followAll, type Located, locatedAt } from "./ref.js";
import type { OperationSite } from "./survey.js";

/** What a request or an answer holds, as written. */
export interface Body {
  media: string;
  schema: Located;
  example?: unknown;
}

type Place = Pick<OperationSite, "source" | "path">;

/** What an operation takes. Undefined when it takes no body, or one without a schema. */
export function requestOf(folder: SpecFolder, { source, path }: Place): Body | undefined {
  return bodyAt(folder, locatedAt(source, [...path, "requestBody"]));
}

/** What an operation answers when all is well: the first 2xx, or the default. Undefined when it has no schema. */
export function answerOf(folder: SpecFolder, { source, path, value }: OperationSite): Body | undefined {
  const statuses = Object.keys(mapOf(value.responses));
  const status = statuses.find((name) => /^2/.test(name)) ?? "default";
  return bodyAt(folder, locatedAt(source, [...path, "responses", status]));
}

/** JSON where there is a choice, through refs. */
function bodyAt(folder: SpecFolder, holder: Located): Body | undefined {
  const found = followAll(folder, holder);
  const content = mapOf(isMap(found?.value) ? found.value.content : undefined);
  const media = "application/json" in content ? "application/json" : Object.keys(content)[0];
  if (found === undefined || media === undefined) return undefined;
  const type = mapOf(content[media]);
  if (!isMap(type.schema)) return undefined;
  const schema = { source: found.source, path: [...found.path, "content", media, "schema"], value: type.schema };
  const example = type.example ?? firstExample(type.examples);
  return { media, schema, ...(example === undefined ? {} : { example }) };
}

function firstExample(examples: unknown): unknown {
  return mapOf(Object.values(mapOf(examples))[0]).value;
}
