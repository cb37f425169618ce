/**
 * What may stand under an extension. A check says what is wrong with a value, after the name of the extension, if anything is.
 * @module
 */
import { isMap } from "../json.js";
import { didYouMean } from "../nearest.js";
import type { ProviderSettings } from "../provider/settings.js";

export type ValueCheck = (value: unknown, settings: ProviderSettings) => string | undefined;

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

export function isTextMap(value: unknown): value is Record<string, string> {
  return isMap(value) && Object.values(value).every((entry) => typeof entry === "string");
}

export function flag(value: unknown): string | undefined {
  return value === true ? undefined : "must be true, or left out";
}

export function text(what: string): ValueCheck {
  return (value) => (isText(value) ? undefined : `must be ${what}`);
}

export function oneOf(...values: string[]): ValueCheck {
  return (value) => {
    if (values.some((known) => known === value)) return undefined;
    return `must be ${values.join(" or ")}${typeof value === "string" ? didYouMean(value, values) : ""}`;
  };
}

export function texts(value: unknown): string | undefined {
  const isList = Array.isArray(value) && value.length > 0 && value.every(isText);
  return isList ? undefined : "must be a list of texts with at least one in it";
}

export function textMap(what: string): ValueCheck {
  return (value) => {
    const fits = isMap(value) && Object.keys(value).length > 0 && Object.values(value).every(isText);
    return fits ? undefined : `must be a map ${what} with at least one entry`;
  };
}

export function schemaMap(value: unknown): string | undefined {
  const isSchemaMap = isMap(value) && Object.keys(value).length > 0 && Object.values(value).every(isMap);
  return isSchemaMap ? undefined : "must be a map authentication method → schema of its answer";
}

/** A word that the provider's client knows how to fill in. */
export function fillWord(value: unknown, { client, fills }: ProviderSettings): string | undefined {
  if (fills === undefined) return isText(value) ? undefined : "must be a word";
  if (fills.length === 0) return `does not belong here: the client ${client} fills nothing in`;
  return fills.some((word) => word === value) ? undefined : notAmong("must be one of", String(value), fills);
}

/** `none`, or the tokens that do, by scope. */
export function tokens(value: unknown, { tokens: known }: ProviderSettings): string | undefined {
  if (value === "none") return undefined;
  if (known === undefined) return "must be none, or left out: the client has one kind of token";
  if (!isMap(value) || Object.keys(value).length === 0) return "must be none, or a map with user, institution or both";
  const { user, institution, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined) return `has no key ${other}${didYouMean(other, Object.keys(known))}`;
  if (institution !== undefined && texts(institution) !== undefined)
    return "must have a list of scopes under institution";
  if (user !== undefined && !isText(user) && texts(user) !== undefined)
    return "must have a scope, or a list of scopes, under user";
  return wrongScope("institution", institution, known.institution) ?? wrongScope("user", user, known.user);
}

/** Several scopes are alternatives. */
function wrongScope(whose: string, scopes: unknown, known: readonly string[]): string | undefined {
  const wrong = [scopes ?? []].flat().find((scope) => !known.some((word) => word === scope));
  return wrong === undefined ? undefined : notAmong(`must have under ${whose}`, String(wrong), known);
}

function notAmong(must: string, value: string, known: readonly string[]): string {
  return `${must} ${known.join(", ")}${didYouMean(value, known)}`;
}
