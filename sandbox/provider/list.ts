import type { Operation, Schema } from "../../generator/model.js";
import { typesOf } from "./schema.js";

/** The path of the list that an operation answers with: `""` for the data as a whole, undefined when there is none. */
export function listIn({ paging }: Operation, data: Schema): string | undefined {
  if (paging && "list" in paging) return paging.list;
  if (isList(data)) return "";
  const fields = Object.entries(data.properties ?? {});
  const own = fields.find(([, schema]) => isList(schema));
  if (own) return own[0];
  for (const [name, { properties = {} }] of fields) {
    const inner = Object.entries(properties).find(([, schema]) => isList(schema));
    if (inner) return `${name}.${inner[0]}`;
  }
  return undefined;
}

function isList(schema: Schema): boolean {
  return typesOf(schema).includes("array");
}
