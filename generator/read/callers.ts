/**
 * Where the specs say what callers pass and get: inside the provider's envelopes, or the whole of what travels.
 * @module
 */
import { isMap, listOf, mapOf } from "../json.js";
import { dataPlace } from "../provider/settings.js";
import { answerOf, requestOf } from "./body.js";
import type { SpecFolder } from "./folder.js";
import { follow, followAll, type Located, locatedAt } from "./ref.js";
import type { OperationSite } from "./site.js";

/** What callers get. Undefined when the answer does not say it in its provider's way. */
export function dataSchema(folder: SpecFolder, operation: OperationSite): Located | undefined {
  const response = answerOf(folder, operation)?.schema;
  const data = dataPlace(folder.settings);
  if (response === undefined || data === undefined || comesWhole(operation)) return response;
  return "inside" in data ? fieldOf(folder, response, data.inside) : besideOf(folder, response, data.beside);
}

/** An answer without the provider's envelope: that of a token, say. */
export function comesWhole({ value }: OperationSite): boolean {
  return value["x-envelope"] === "none";
}

/** What callers pass, parameters aside. Undefined when they pass nothing, or the request does not say it in its provider's way. */
export function inputSchema(folder: SpecFolder, operation: OperationSite): Located | undefined {
  const request = requestOf(folder, operation)?.schema;
  const { input } = folder.settings;
  return request === undefined || input === undefined ? request : fieldOf(folder, request, input);
}

/** The field as a document describes it: the block of an envelope says only that there is one. */
function fieldOf(folder: SpecFolder, { source, path, value }: Located, field: string, depth = 0): Located | undefined {
  if (!isMap(value) || source.kind !== "document" || depth > 50) return undefined;
  const own = mapOf(value.properties)[field];
  if (own !== undefined) return { source, path: [...path, "properties", field], value: own };
  const target = typeof value.$ref === "string" ? follow(folder, source, value.$ref) : undefined;
  const parts = listOf(value.allOf).map((_, index) => locatedAt(source, [...path, "allOf", index]));
  const below = target === undefined || "broken" in target ? parts : [target, ...parts];
  for (const part of below) {
    const found = fieldOf(folder, part, field, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The one part beside the envelope's block. An answer without the envelope (a token, say) is data as a whole. */
function besideOf(folder: SpecFolder, response: Located, block: string): Located | undefined {
  const { parts, others, isMixed } = envelopeParts(folder, response, block);
  if (parts.length === others.length) return response;
  return others.length === 1 && !isMixed ? others[0] : undefined;
}

/** Whether an answer has its provider's envelope around the data. */
export function hasEnvelope(folder: SpecFolder, operation: OperationSite): boolean {
  const response = answerOf(folder, operation)?.schema;
  const data = dataPlace(folder.settings);
  if (response === undefined || data === undefined || "inside" in data) return true;
  const { parts, others } = envelopeParts(folder, response, data.beside);
  return parts.length > others.length;
}

interface EnvelopeParts {
  parts: Located[];
  others: Located[];
  /** There are fields beside the parts as well. */
  isMixed: boolean;
}

function envelopeParts(folder: SpecFolder, response: Located, block: string): EnvelopeParts {
  const { source, path, value } = followAll(folder, response) ?? response;
  const { allOf, properties } = mapOf(value);
  const parts = listOf(allOf).map((_, index) => locatedAt(source, [...path, "allOf", index]));
  const others = parts.filter((part) => !String(mapOf(part.value).$ref).endsWith(`#/${block}`));
  return { parts, others, isMixed: properties !== undefined };
}
