import { isMap } from "../json.js";
import { dataKeys } from "./data-keys.js";
import type { Located } from "./ref.js";

/** The refs in a value, as written. What is data of the provider has none. */
export function refsIn({ value }: Located): string[] {
  const found: string[] = [];
  function collect(node: unknown, isFieldMap: boolean): void {
    if (Array.isArray(node)) for (const item of node) collect(item, false);
    if (!isMap(node)) return;
    for (const [key, below] of Object.entries(node)) {
      if (isFieldMap) collect(below, false);
      else if (key === "$ref" && typeof below === "string") found.push(below);
      else if (!dataKeys.has(key)) collect(below, key === "properties");
    }
  }
  collect(value, false);
  return found;
}
