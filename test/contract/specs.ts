import { loadSpecs, type Operation } from "kofin/generator";

/** Every CODEF operation of the specs. */
export const operations: readonly Operation[] = loadSpecs(new URL("../../specs", import.meta.url).pathname, {
  providers: ["codef"],
}).flatMap(({ documents }) => documents.flatMap((document) => document.operations));

export function nameOf({ module, id }: Operation): string {
  return `${module}.${id}`;
}
