import { isMap, type JsonMap, listOf, mapOf, stringsOf, textOf } from "../json.js";
import type { Operation, Parameter, Schema } from "../model.js";
import type { SpecFolder } from "../read/folder.js";
import { followAll, type Located, locatedAt } from "../read/ref.js";
import { locate } from "../read/source.js";
import type { OperationSite } from "../read/survey.js";
import type { Resolver } from "./schema.js";

/** One operation as plain data. Expects specs without findings. */
export function buildOperation(folder: SpecFolder, resolver: Resolver, site: OperationSite): Operation {
  const { resolve } = resolver;
  const { source, path, value } = site;
  const request = bodyOf(folder, locatedAt(source, [...path, "requestBody"]));
  const response = bodyOf(folder, successOf(site));
  const operation: Operation = {
    provider: folder.provider,
    module: site.module,
    id: site.id,
    method: site.method.toUpperCase() as Operation["method"],
    path: site.route,
    summary: textOf(value.summary),
    description: textOf(value.description),
    deprecated: value.deprecated === true,
    retry: (value["x-retry"] ?? mapOf(source.data)["x-retry"]) as Operation["retry"],
    success: stringsOf(value["x-success"]),
    confidence: value["x-confidence"] as NonNullable<Operation["confidence"]>,
    sources: stringsOf(value["x-source"]),
    parameters: parametersOf(folder, resolver, site),
    response: response === undefined ? {} : resolve(response.schema),
    at: locate(source, path, "key"),
  };
  if (typeof value["x-successor"] === "string") operation.successor = value["x-successor"];
  if (isMap(value["x-two-way"])) operation.twoWay = answersOf(resolver, site, value["x-two-way"]);
  if (isMap(value["x-paging"])) operation.paging = value["x-paging"] as NonNullable<Operation["paging"]>;
  if (request !== undefined) {
    operation.request = resolve(request.schema);
    operation.requestType = request.media as NonNullable<Operation["requestType"]>;
    if (request.example !== undefined) operation.requestExample = request.example;
  }
  if (response?.example !== undefined) operation.responseExample = response.example;
  return operation;
}

/** The success answer: the first 2xx, or the default. */
export function successOf({ source, path, value }: OperationSite): Located {
  const statuses = Object.keys(mapOf(value.responses));
  const status = statuses.find((name) => /^2/.test(name)) ?? "default";
  return locatedAt(source, [...path, "responses", status]);
}

interface Body {
  media: string;
  schema: Located;
  example?: unknown;
}

/** What a request or response holds, through refs. Undefined when it has no schema. */
export function bodyOf(folder: SpecFolder, holder: Located): Body | undefined {
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

function answersOf({ resolve }: Resolver, { source, path }: OperationSite, answers: JsonMap): Record<string, Schema> {
  const methods = Object.keys(answers);
  return Object.fromEntries(
    methods.map((method) => [method, resolve(locatedAt(source, [...path, "x-two-way", method]))]),
  );
}

/** Parameters of the path and of the operation; the operation's own win. */
function parametersOf(folder: SpecFolder, { resolve }: Resolver, { source, path }: OperationSite): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const holder of [path.slice(0, -1), path]) {
    const list = locatedAt(source, [...holder, "parameters"]);
    for (const index of listOf(list.value).keys()) {
      const located = followAll(folder, locatedAt(source, [...list.path, index]));
      if (located === undefined || !isMap(located.value)) continue;
      const { name, in: where, required, description, schema } = located.value;
      const resolved = resolve({ source: located.source, path: [...located.path, "schema"], value: mapOf(schema) });
      const labelled = typeof description === "string" ? { description, ...resolved } : resolved;
      found.set(`${String(where)} ${String(name)}`, {
        name: String(name),
        in: where as Parameter["in"],
        required: required === true,
        schema: labelled,
      });
    }
  }
  return [...found.values()];
}
