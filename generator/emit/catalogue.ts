import type { Provider } from "../model.js";
import { compareText } from "../problem.js";
import { houseOf } from "../providers.js";
import { header, jsdoc, literal } from "./text.js";

/** Text of `catalogue.ts`: every operation of a provider as data, for lists and searches. */
export function catalogueModule(from: string, { name, documents }: Provider): string {
  const { trIds: hasMockHost } = houseOf(name);
  const entries = [...documents]
    .sort((a, b) => compareText(a.module, b.module))
    .flatMap(({ operations }) => operations)
    .map(({ module, id, method, path, summary, twoWay, deprecated, trId }) =>
      literal({
        ...{ module, id, method, path, summary },
        twoWay: twoWay === undefined ? undefined : true,
        deprecated: deprecated || undefined,
        // What has no tr_id (tokens) is served by both hosts.
        mock: (hasMockHost && (trId === undefined || trId.mock !== undefined)) || undefined,
      }),
    );
  return `${header(from)}
export interface CatalogueEntry {
  module: string;
  id: string;
  method: string;
  path: string;
  summary: string;
  twoWay?: true;
  deprecated?: true;
${hasMockHost ? "  /** The host for mock trading serves it, too. */\n  mock?: true;\n" : ""}}

${jsdoc("Every operation, by module.")}export const catalogue: readonly CatalogueEntry[] = [
${entries.map((entry) => `${entry},`).join("\n")}
];
`;
}
