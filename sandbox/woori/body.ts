import type { Schema } from "../../generator/model.js";
import { findFlaw } from "../shared/check-body.js";
import { parseYmd } from "../shared/clock.js";
import { isBlank, isRecord, type Json } from "../shared/json.js";
import { badInput, type Refused } from "./codes.js";
import { compact, isDate, isNumber } from "./forms.js";
import type { Route } from "./routes.js";

/** A request that can be understood: what it asks, or why it cannot be. */
export type Asked = { dataBody: Json; refusal?: undefined } | Refused;

const CODES = { missing: "SYSCD01000", type: "SYSCD02101", choice: "SYSCD01006" } as const;

/** Reads a body and holds it against the document: its form first, then the device block, then the fields. */
export function readBody(route: Route, text: string): Asked {
  if (!route.enveloped) return { dataBody: {} };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { refusal: { code: "SYSCD01005" } };
  }
  const { dataHeader, dataBody } = isRecord(body) ? body : {};
  if (!isRecord(dataHeader) || !isRecord(dataBody)) return { refusal: { code: "SYSCD02101" } };
  // Empty texts pass, as they do in the bank's test environment.
  const absent = route.device.required?.find((name) => dataHeader[name] === undefined);
  if (absent) return badInput(absent, "SYSCD01004");
  const flaw = findFlaw(route.request, dataBody);
  if (flaw) return badInput(flaw.field, CODES[flaw.kind]);
  return valueFlaw(route.device, dataHeader) ?? valueFlaw(route.request, dataBody) ?? { dataBody };
}

/** The first value that its field cannot hold. Every request is flat. */
function valueFlaw({ properties = {} }: Schema, body: Json): Refused | undefined {
  for (const [field, schema] of Object.entries(properties)) {
    const code = isBlank(body[field]) ? undefined : codeFor(schema, body[field]);
    if (code) return badInput(field, code);
  }
  return undefined;
}

function codeFor(schema: Schema, value: unknown): string | undefined {
  const { type, maxLength, format, enum: values } = schema;
  const types = [type ?? []].flat();
  const own = typeof value;
  if (types.length > 0 && !types.some((name) => own === (name === "integer" ? "number" : name))) return CODES.type;
  if (maxLength !== undefined && [...String(value)].length > maxLength) return "SYSCD01008";
  const isDecimal = isNumber(schema) || format === "amount" || format === "decimal";
  const odd =
    (isDate(schema) && parseYmd(compact(value)) === undefined) ||
    (isDecimal && !/^-?\d+(\.\d+)?$/.test(String(value))) ||
    (values && !values.includes(value as string));
  return odd ? CODES.choice : undefined;
}
