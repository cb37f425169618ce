import { isMap, mapOf } from "../json.js";
import type { SpecFolder } from "./folder.js";
import { type Located, locatedAt } from "./ref.js";
import { fieldsOf, layersOf } from "./shape.js";

/** A field, or the first name on the way that is not there and the names that are. */
export type FieldAt = { found: Located } | { missing: string; known: string[] };

/**
 * Follows names with dots between them down from a schema: `output1.index_key`. Where a list stands on the way its items are meant.
 * Undefined when a ref on the way is broken.
 */
export function fieldAt(folder: SpecFolder, start: Located, path: string): FieldAt | undefined {
  let here = start;
  for (const name of path.split(".")) {
    const fields = fieldsOf(folder, itemsOf(folder, here) ?? here);
    if (fields === undefined) return undefined;
    const [place] = fields.get(name) ?? [];
    if (place === undefined) return { missing: name, known: [...fields.keys()] };
    here = place;
  }
  return { found: here };
}

/** What a list is a list of, through refs. Undefined when the schema is no list. */
export function itemsOf(folder: SpecFolder, list: Located): Located | undefined {
  const layer = layersOf(folder, list)?.find(({ value }) => isMap(mapOf(value).items));
  return layer && locatedAt(layer.source, [...layer.path, "items"]);
}
