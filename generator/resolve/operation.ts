import { isMap, type JsonMap, listOf, mapOf, stringsOf, textOf } from "../json.js";
import type { Operation, Paging, ParameterStyle, Schema } from "../model.js";
import { dataPlace } from "../provider/settings.js";
import { answerOf, type Body, contentOf, requestOf, successesOf } from "../read/body.js";
import { comesWhole, dataSchema } from "../read/callers.js";
import type { SpecFolder } from "../read/folder.js";
import { idempotencyOf } from "../read/idempotency.js";
import { mediaKind } from "../read/media.js";
import { constantHeaders } from "../read/parameters.js";
import { followAll, locatedAt, valueAt } from "../read/ref.js";
import type { OperationSite } from "../read/site.js";
import { locate } from "../read/source.js";
import { isChoiceAlone, isFlat, parametersFor } from "./parameters.js";
import type { Resolver } from "./schema.js";

/** One operation as plain data. Expects specs without errors. */
export function buildOperation(folder: SpecFolder, resolver: Resolver, site: OperationSite): Operation {
  const { source, path, value } = site;
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
    retry: retryOf(site),
    success: stringsOf(value["x-success"]),
    confidence: value["x-confidence"] as NonNullable<Operation["confidence"]>,
    sources: stringsOf(value["x-source"]),
    parameters: parametersFor(folder, resolver, site),
    response: {},
    at: locate(source, path, "key"),
  };
  if (typeof value["x-successor"] === "string") operation.successor = value["x-successor"];
  const environments = stringsOf(value["x-environments"]);
  if (environments.length > 0) operation.environments = environments;
  if (isMap(value["x-two-way"])) operation.twoWay = answersOf(resolver, site, value["x-two-way"]);
  if (typeof value["x-settled-by"] === "string") operation.settledBy = value["x-settled-by"];
  if (isMap(value["x-paging"])) operation.paging = pagingOf(value["x-paging"]);
  if (comesWhole(site)) operation.comesWhole = true;
  const idempotency = idempotencyOf(value["x-idempotency-key"]);
  if (idempotency !== undefined) operation.idempotency = idempotency;
  if (isMap(value["x-tr-id"])) operation.trId = value["x-tr-id"] as unknown as NonNullable<Operation["trId"]>;
  if (typeof value["x-limit"] === "string") operation.limit = value["x-limit"];
  const server = serverOf(folder, site);
  if (server !== undefined) operation.server = server;
  if (site.auth !== undefined) operation.auth = site.auth as NonNullable<Operation["auth"]>;
  const isOwn = folder.settings.rules === "own";
  Object.assign(operation, isOwn ? requestIn(folder, resolver, site) : anyRequest(folder, resolver, site, operation));
  Object.assign(operation, isOwn ? answerIn(folder, resolver, site) : anyAnswer(folder, resolver, site));
  return operation;
}

/** A host of its own, which an operation or its path may have. */
function serverOf({ settings }: SpecFolder, { source, path, value }: OperationSite): string | undefined {
  if (settings.rules === "own") return undefined;
  const [first] = listOf(value.servers ?? valueAt(source, [...path.slice(0, -1), "servers"]));
  const url = textOf(mapOf(first).url).replace(/\/+$/, "");
  if (!/^https?:\/\/[^{]+$/.test(url) || Object.values(settings.data.environments).includes(url)) return undefined;
  return url;
}

/** What nobody says anything about is repeated when HTTP calls its method safe (RFC 9110, 9.2.1), and otherwise never. */
function retryOf({ retry, method }: OperationSite): Operation["retry"] {
  if (retry !== undefined) return retry as Operation["retry"];
  return ["get", "head", "options"].includes(method) ? "safe" : "never";
}

function constantsOf(folder: SpecFolder, site: OperationSite): Pick<Operation, "constantHeaders"> {
  const headers = constantHeaders(folder, site);
  return Object.keys(headers).length === 0 ? {} : { constantHeaders: headers };
}

function requestIn(folder: SpecFolder, { resolve }: Resolver, site: OperationSite): Partial<Operation> {
  const request = requestOf(folder, site);
  if (request === undefined) return {};
  const { input } = folder.settings;
  return {
    request: resolve(request.schema),
    requestIn: request.in,
    ...(input === undefined ? {} : { requestField: input }),
    ...(request.in === "body" ? { requestType: request.media } : {}),
    ...(request.example === undefined ? {} : { requestExample: request.example }),
  };
}

function answerIn(folder: SpecFolder, resolver: Resolver, site: OperationSite): Partial<Operation> {
  const found = answerOf(folder, site);
  const response = found === undefined ? {} : resolver.resolve(found.schema);
  const data = dataIn(folder, resolver, site, response);
  return {
    response,
    ...(data === undefined ? {} : { data }),
    ...(found?.example === undefined ? {} : { responseExample: found.example }),
  };
}

function dataIn(folder: SpecFolder, { resolve }: Resolver, site: OperationSite, answer: Schema): Schema | undefined {
  const place = dataPlace(folder.settings);
  if (place === undefined || comesWhole(site)) return undefined;
  if ("inside" in place) return answer.properties?.[place.inside] ?? {};
  const data = dataSchema(folder, site);
  return data && resolve(data);
}

/** A request as any document may describe it: its fields stand in the input where they can, and otherwise as a whole in one. */
function anyRequest(
  folder: SpecFolder,
  resolver: Resolver,
  site: OperationSite,
  operation: Operation,
): Partial<Operation> {
  const query = requestOf(folder, site);
  if (query?.in === "query") return requestIn(folder, resolver, site);
  const body = contentOf(folder, site);
  if (body === undefined) return {};
  const kind = mediaKind(body.media);
  const holder = followAll(folder, locatedAt(site.source, [...site.path, "requestBody"]));
  const isRequired = mapOf(holder?.value).required === true;
  const request =
    kind === "text" ? { type: "string" as const } : kind === "bytes" ? bytes : resolver.resolve(body.schema);
  const whole = resolver.definitionOf(request);
  const isForm = kind === "form" || kind === "multipart";
  const canBeLeftOut = !isRequired && (whole.required ?? []).length > 0;
  const names = new Set(operation.parameters.map(({ field, name }) => field ?? name));
  // What stands nowhere else is the query of a GET: a body must be told apart.
  const isQuery = operation.method === "GET" || operation.method === "HEAD";
  const isFields = isFlat(whole, operation.parameters) && !canBeLeftOut && kind !== "text" && kind !== "bytes";
  const isChoice = kind === "json" && isRequired && isChoiceAlone(whole, operation.parameters);
  const isInput = !isQuery && (isFields || isChoice);
  return {
    request: isInput ? whole : request,
    requestIn: "body",
    requestType: body.media,
    isBodyRequired: isRequired,
    ...(isInput ? {} : { bodyField: names.has("body") ? "requestBody" : "body" }),
    ...(isForm ? formStyles(folder, body) : {}),
    ...(body.example === undefined ? {} : { requestExample: body.example }),
  };
}

const bytes: Schema = { type: "string", contentMediaType: "application/octet-stream" };

/** How fields of a form are written that are no plain text. */
function formStyles(folder: SpecFolder, body: Body): Pick<Operation, "formStyles"> {
  const { source, path } = body.schema;
  const encoding = followAll(folder, locatedAt(source, [...path.slice(0, -1), "encoding"]));
  const styles = Object.entries(mapOf(encoding?.value)).flatMap(([name, given]) => {
    const { style, explode } = mapOf(given);
    if (typeof style !== "string" || style === "form") return [];
    return [{ name, style: style as ParameterStyle, ...(typeof explode === "boolean" ? { explode } : {}) }];
  });
  return styles.length === 0 ? {} : { formStyles: styles };
}

/** Every success of an operation, as one schema: a union where they differ, with nothing for those that have no body. */
function anyAnswer(folder: SpecFolder, resolver: Resolver, site: OperationSite): Partial<Operation> {
  const successes = successesOf(folder, site).map(({ body }) => body);
  const bodies = successes.flatMap((body) => body ?? []);
  const kinds = [...new Set(bodies.map(({ media }) => mediaKind(media)))];
  const kind = kinds.includes("json") ? "json" : kinds[0];
  if (kind === undefined) return { response: nothing, answerType: "none" };
  const chosen = bodies.filter(({ media }) => mediaKind(media) === kind);
  const [first] = chosen;
  const example = first?.example === undefined ? {} : { responseExample: first.example };
  if (kind !== "json") {
    const isText = kind === "text" || kind === "form";
    return { response: isText ? { type: "string" } : bytes, answerType: isText ? "text" : "bytes", ...example };
  }
  const schemas = chosen.map(({ schema }) => (isMap(schema.value) ? resolver.resolve(schema) : {}));
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  const branches = successes.length > bodies.length ? [...different, nothing] : different;
  const [only = {}] = branches;
  const response = branches.length === 1 ? only : { anyOf: branches };
  const data = dataPlace(folder.settings) === undefined ? undefined : dataIn(folder, resolver, site, response);
  return { response, ...(data === undefined ? {} : { data }), ...example };
}

/** No body: callers get undefined. */
const nothing: Schema = { "x-nothing": true };

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
