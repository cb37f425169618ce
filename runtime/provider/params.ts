/**
 * Fields of the input that stand in the path, the query, a header or a cookie, in the styles of OpenAPI.
 * @module
 */
import { serializeArrayParam, serializeObjectParam, serializePrimitiveParam } from "openapi-fetch";
import type { FaultAt } from "../call/fault.js";
import type { Param } from "../call/operation.js";
import { isRecord, type Json } from "../paths.js";

type Where = "path" | "query" | "header" | "cookie" | "form";

/** One parameter, its place in the spec's words. */
interface Placed {
  readonly field: string;
  readonly name: string;
  readonly style: string;
  readonly explode: boolean;
}

function placed(param: Param, where: Where): Placed {
  const { field, name = field, ...rest } = typeof param === "string" ? { field: param, name: param } : param;
  const style =
    ("style" in rest ? rest.style : undefined) ?? (where === "path" || where === "header" ? "simple" : "form");
  const explode = ("explode" in rest ? rest.explode : undefined) ?? style === "form";
  return { field, name, style, explode };
}

/** The path with its parameters, percent-encoded, in the place of the braces. */
export function fillPath(path: string, params: readonly Param[], input: Json, faultAt: FaultAt): string {
  return params.reduce<string>((filled, param) => {
    const found = placed(param, "path");
    const value = input[found.field];
    const text = value === undefined || value === null ? "" : pathText(found, value);
    // `.` and `..` would lead to another path, and an empty one to another operation.
    if (text === "" || text === "." || text === "..") {
      throw faultAt(found.field)(
        text === "" ? "INPUT_MISSING" : "INPUT_INVALID",
        "is a part of the path: it cannot be empty, . or ..",
      );
    }
    return filled.replaceAll(`{${found.name}}`, () => text);
  }, path);
}

function pathText({ name, style, explode }: Placed, value: unknown): string {
  const options = { style: style as "simple", explode };
  if (Array.isArray(value)) return serializeArrayParam(name, value, options);
  if (isRecord(value)) return serializeObjectParam(name, value, options);
  const text = encodeURIComponent(String(value));
  if (style === "matrix") return `;${name}=${text}`;
  return style === "label" ? `.${text}` : text;
}

/** The query, without its question mark. */
export function queryText(params: readonly Param[], input: Json): string {
  return params
    .flatMap((param) => {
      const found = placed(param, "query");
      const value = input[found.field];
      return value === undefined || value === null ? [] : [pairText(found, value)];
    })
    .filter((text) => text !== "")
    .join("&");
}

/** `name=value`, or what stands in its place for lists and objects. */
export function pairText({ name, style, explode }: Placed, value: unknown): string {
  if (style === "json") return serializePrimitiveParam(name, JSON.stringify(value));
  if (Array.isArray(value)) {
    return value.length === 0 ? "" : serializeArrayParam(name, value, { style: style as "form", explode });
  }
  if (isRecord(value))
    return serializeObjectParam(name, value as Record<string, never>, { style: style as "form", explode });
  return serializePrimitiveParam(name, String(value));
}

/** Name and value of each parameter that was passed, as texts. */
export function textEntries(params: readonly Param[], where: Where, input: Json): [name: string, text: string][] {
  return params.flatMap((param): [string, string][] => {
    const { field, name, style, explode } = placed(param, where);
    const value = input[field];
    if (value === undefined || value === null) return [];
    return [[name, style === "json" ? JSON.stringify(value) : listText(value, explode)]];
  });
}

/** The style `simple`, unencoded: `a,b`, or `x=1,y=2`. */
function listText(value: unknown, explode: boolean): string {
  if (Array.isArray(value)) return value.map(String).join(",");
  if (!isRecord(value)) return String(value);
  const pairs = Object.entries(value).map(([name, inner]) => (explode ? `${name}=${inner}` : `${name},${inner}`));
  return pairs.join(",");
}

/** A form in which some fields are written in a style of their own. */
export function formText(body: Json, styled: readonly Param[]): string {
  const own = new Map(styled.map((param) => [placed(param, "form").field, placed(param, "form")]));
  return Object.entries(body)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([field, value]) => {
      const plain = { field, name: field, style: isRecord(value) ? "json" : "form", explode: true };
      return pairText(own.get(field) ?? plain, value);
    })
    .filter((text) => text !== "")
    .join("&");
}

/** The fields that stand somewhere else than in the body. */
export function fieldsOf(params: readonly Param[]): string[] {
  return params.map((param) => (typeof param === "string" ? param : param.field));
}
