import type { Schema } from "../../generator/model.js";
import type { Json } from "../shared/json.js";
import { type Facts, nothing, type Sections, written } from "./facts.js";
import type { Filler } from "./filler.js";

/** Rows of a list that nobody said anything about. */
const UNKNOWN_ROWS = 3;

/**
 * The body of an answer beside its envelope: every field that the schema names, from the facts where they know it.
 * @param top facts of fields that stand in no section, such as `ctx_area_nk100`
 */
export function bodyOf(response: Schema, sections: Sections, top: Facts, filler: Filler): Json {
  const fields = Object.entries(response.properties ?? {}).filter(([name]) => !ENVELOPE.has(name));
  return Object.fromEntries(
    fields.map(([name, schema]) => [
      name,
      sectionOf(name, schema, Object.hasOwn(sections, name) ? sections[name] : undefined, top, filler),
    ]),
  );
}

const ENVELOPE: ReadonlySet<string> = new Set(["rt_cd", "msg_cd", "msg1"]);

function sectionOf(
  name: string,
  schema: Schema,
  given: Facts | readonly Facts[] | undefined,
  top: Facts,
  filler: Filler,
): unknown {
  if (schema.items) {
    const { items } = schema;
    const rows =
      given === undefined ? Array<Facts>(UNKNOWN_ROWS).fill(nothing) : typeof given === "function" ? [given] : given;
    return rows.map((facts, row) => objectOf(items, facts, row, filler));
  }
  if (!schema.properties) return fieldOf(name, schema, top, 0, filler);
  const facts = given === undefined ? nothing : typeof given === "function" ? given : given[0];
  // A section without anything to tell is an empty object.
  return facts ? objectOf(schema, facts, 0, filler) : {};
}

function objectOf({ properties = {} }: Schema, facts: Facts, row: number, filler: Filler): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, fieldOf(name, schema, facts, row, filler)]),
  );
}

function fieldOf(name: string, schema: Schema, facts: Facts, row: number, filler: Filler): unknown {
  const value = facts(name.toLowerCase());
  return value === undefined ? filler(name, schema, row) : written(value);
}
