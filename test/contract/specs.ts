import { join } from "node:path";
import { type ApiDocument, loadSpecs, type Operation } from "kofin/generator";
import { root } from "../../bench/package-root.js";

export const documents: readonly ApiDocument[] = loadSpecs(join(root, "specs"), { providers: ["codef"] }).flatMap(
  (provider) => provider.documents,
);

/** Every CODEF operation of the specs. */
export const operations: readonly Operation[] = documents.flatMap((document) => document.operations);

export function nameOf({ module, id }: Operation): string {
  return `${module}.${id}`;
}
