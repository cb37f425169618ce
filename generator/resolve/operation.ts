import { isMap, type JsonMap, stringsOf, textOf } from "../json.js";
import type { Operation, Paging, Parameter, Schema } from "../model.js";
import { dataPlace } from "../provider/settings.js";
import { answerOf, requestOf } from "../read/body.js";
import { comesWhole, dataSchema } from "../read/callers.js";
import type { SpecFolder } from "../read/folder.js";
import { idempotencyOf } from "../read/idempotency.js";
import { constantHeaders, schemaOf, singleParameters } from "../read/parameters.js";
import { locatedAt } from "../read/ref.js";
import type { OperationSite } from "../read/site.js";
import { locate } from "../read/source.js";
import type { Resolver } from "./schema.js";

/** One operation as plain data. Expects specs without findings. */
export function buildOperation(folder: SpecFolder, resolver: Resolver, site: OperationSite): Operation {
  const { resolve } = resolver;
  const { source, path, value } = site;
  const request = requestOf(folder, site);
  const response = answerOf(folder, site);
  const answer = response === undefined ? {} : resolve(response.schema);
  const operation: Operation = {
    provider: folder.provider,
    module: site.module,
    id: site.id,
    method: site.method.toUpperCase() as Operation["method"],
    path: site.route,
    ...(site.fragment === undefined ? {} : { fragment: site.fragment }),
    ...constantsOf(folder, site),
    summary: textOf(value.summary),
    description: textOf(value.description),
    deprecated: value.deprecated === true,
    retry: site.retry as Operation["retry"],
    success: stringsOf(value["x-success"]),
    confidence: value["x-confidence"] as NonNullable<Operation["confidence"]>,
    sources: stringsOf(value["x-source"]),
    parameters: parametersFor(folder, resolver, site),
    response: answer,
    at: locate(source, path, "key"),
  };
  if (typeof value["x-successor"] === "string") operation.successor = value["x-successor"];
  if (isMap(value["x-two-way"])) operation.twoWay = answersOf(resolver, site, value["x-two-way"]);
  if (typeof value["x-settled-by"] === "string") operation.settledBy = value["x-settled-by"];
  if (isMap(value["x-paging"])) operation.paging = pagingOf(value["x-paging"]);
  if (comesWhole(site)) operation.comesWhole = true;
  const idempotency = idempotencyOf(value["x-idempotency-key"]);
  if (idempotency !== undefined) operation.idempotency = idempotency;
  if (isMap(value["x-tr-id"])) operation.trId = value["x-tr-id"] as unknown as NonNullable<Operation["trId"]>;
  if (site.auth !== undefined) operation.auth = site.auth as NonNullable<Operation["auth"]>;
  if (request !== undefined) {
    operation.request = resolve(request.schema);
    operation.requestIn = request.in;
    if (folder.settings.input !== undefined) operation.requestField = folder.settings.input;
    if (request.in === "body") operation.requestType = request.media as NonNullable<Operation["requestType"]>;
    if (request.example !== undefined) operation.requestExample = request.example;
  }
  const data = dataIn(folder, resolver, site, answer);
  if (data !== undefined) operation.data = data;
  if (response?.example !== undefined) operation.responseExample = response.example;
  return operation;
}

function dataIn(folder: SpecFolder, { resolve }: Resolver, site: OperationSite, answer: Schema): Schema | undefined {
  const place = dataPlace(folder.settings);
  if (place === undefined || comesWhole(site)) return undefined;
  if ("inside" in place) return answer.properties?.[place.inside] ?? {};
  const data = dataSchema(folder, site);
  return data && resolve(data);
}

function constantsOf(folder: SpecFolder, site: OperationSite): Pick<Operation, "constantHeaders"> {
  const headers = constantHeaders(folder, site);
  return Object.keys(headers).length === 0 ? {} : { constantHeaders: headers };
}

/** Fields under `page`, `more` and `next` need no style to tell what they are. */
function pagingOf(value: JsonMap): Paging {
  return { style: "page", ...value } as Paging;
}

function answersOf({ resolve }: Resolver, { source, path }: OperationSite, answers: JsonMap): Record<string, Schema> {
  const methods = Object.keys(answers);
  return Object.fromEntries(
    methods.map((method) => [method, resolve(locatedAt(source, [...path, "x-two-way", method]))]),
  );
}

function parametersFor(folder: SpecFolder, { resolve }: Resolver, site: OperationSite): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const parameter of singleParameters(folder, site)) {
    const { name, in: where, required, description } = parameter.value;
    const resolved = resolve(schemaOf(parameter));
    const labelled = typeof description === "string" ? { description, ...resolved } : resolved;
    found.set(`${String(where)} ${String(name)}`, {
      name: String(name),
      in: where as Parameter["in"],
      required: required === true,
      schema: labelled,
    });
  }
  return [...found.values()];
}
