import { asTexts, fillIn } from "../call/index.js";
import { type Json, mapPath } from "../paths.js";
import { faultAt } from "./fault.js";
import { day } from "./forms.js";
import type { WooriOperation } from "./operation.js";

/**
 * From what the caller passes to `dataBody`: names and defaults of the document, dates as eight digits, numbers as the document
 * types them.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`
 */
export function toDataBody(operation: WooriOperation, input: unknown): Json {
  const fault = (field: string) => faultAt(operation, field);
  const body = dated(asTexts(fillIn(operation, input, {}, fault), fault));
  return (operation.numbers ?? []).reduce((typed, path) => mapPath(typed, path, toNumber) as Json, body);
}

/** Every request field that holds a date is called `…DT`, and every document wants eight digits in it. */
function dated(body: Json): Json {
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === "string" && name.endsWith("DT") ? day(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The number that a text writes, if JSON writes it in the very same way: no digit is lost, and none is added. */
function toNumber(text: unknown): unknown {
  const value = Number(text);
  return Number.isFinite(value) && String(value) === text ? value : text;
}
