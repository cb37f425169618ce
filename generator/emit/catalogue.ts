import type { ApiDocument, Provider } from "../model.js";
import { compareText } from "../problem.js";
import { header, jsdoc, literal } from "./text.js";

/** Text of `catalogue.ts`: every operation and feed of a provider as data, for lists and searches. */
export function catalogueModule(from: string, { settings, documents }: Provider): string {
  const hasMockHost = settings.features.includes("tr-id");
  const operations = byModule(documents).flatMap((document) => document.operations);
  const isLimited = operations.some(({ environments }) => environments !== undefined);
  const entries = operations.map(
    ({ module, id, method, path, fragment, summary, twoWay, deprecated, trId, environments }) =>
      literal({
        ...{ module, id, method, path: fragment === undefined ? path : `${path}#${fragment}`, summary },
        twoWay: twoWay === undefined ? undefined : true,
        deprecated: deprecated || undefined,
        environments,
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
${isLimited ? "  /** The only environments that serve it. */\n  environments?: readonly string[];\n" : ""}${hasMockHost ? "  /** The host for mock trading serves it, too. */\n  mock?: true;\n" : ""}}

${jsdoc("Every operation, by module.")}export const catalogue: readonly CatalogueEntry[] = [
${entries.map((entry) => `${entry},`).join("\n")}
];
${feedList(documents)}`;
}

function feedList(documents: readonly ApiDocument[]): string {
  const entries = byModule(documents)
    .flatMap(({ feeds }) => feeds)
    .map(({ module, id, trId, summary }) =>
      literal({ module, id, trId: trId.real, summary, mock: trId.mock === undefined ? undefined : true }),
    );
  if (entries.length === 0) return "";
  return `
export interface FeedEntry {
  module: string;
  id: string;
  trId: string;
  summary: string;
  /** The host for mock trading serves it, too. */
  mock?: true;
}

${jsdoc("Every realtime feed, by document.")}export const feeds: readonly FeedEntry[] = [
${entries.map((entry) => `${entry},`).join("\n")}
];
`;
}

function byModule(documents: readonly ApiDocument[]): ApiDocument[] {
  return [...documents].sort((a, b) => compareText(a.module, b.module));
}
