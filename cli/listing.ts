import { readdirSync } from "node:fs";

/** What the catalogue says about one operation or feed, and where its function is imported from. */
export interface Listing {
  /** `kofin/codef/bank` */
  from: string;
  id: string;
  /** `WS` for a feed. */
  method: string;
  /** The tr_id of a feed. */
  path: string;
  summary: string;
  twoWay?: true;
  deprecated?: true;
}

interface CatalogueEntry extends Omit<Listing, "from"> {
  module: string;
}

interface FeedEntry {
  id: string;
  trId: string;
  summary: string;
}

interface Catalogue {
  catalogue: readonly CatalogueEntry[];
  feeds?: readonly FeedEntry[];
}

const generated = new URL("../generated/", import.meta.url);

/**
 * Every operation and feed that this installation has functions for.
 * @throws Error when there is no such provider
 */
export async function readListings(only?: string): Promise<Listing[]> {
  const providers = readdirSync(generated, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  if (only !== undefined && !providers.includes(only)) {
    throw new Error(`there are no functions of ${JSON.stringify(only)}: choose from ${providers.join(", ")}`);
  }
  const wanted = providers.filter((provider) => only === undefined || provider === only).sort();
  return (await Promise.all(wanted.map(readCatalogue))).flat();
}

async function readCatalogue(provider: string): Promise<Listing[]> {
  const { href } = new URL(`${provider}/catalogue.js`, generated);
  const { catalogue, feeds = [] } = (await import(href)) as Catalogue;
  return [
    ...catalogue.map(({ module, ...about }) => ({ from: `kofin/${provider}/${module}`, ...about })),
    ...feeds.map(({ id, trId, summary }) => ({
      from: `kofin/${provider}/realtime`,
      id,
      method: "WS",
      path: trId,
      summary,
    })),
  ];
}

/** Those that have every word in their import, function name, path or product name, whatever the case. */
export function findListings(listings: readonly Listing[], words: readonly string[]): Listing[] {
  const wanted = words.map(plain);
  return listings.filter(({ from, id, path, summary }) => {
    const text = plain([from, id, path, summary].join("\n"));
    return wanted.every((word) => text.includes(word));
  });
}

/** A terminal may hand over 한글 letter by letter. */
function plain(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** One line each: import, function, path, product name, and what to know before calling it. */
export function tableOf(listings: readonly Listing[]): string {
  const rows = listings.map(({ from, id, path, summary, twoWay, deprecated }) => ({
    cells: [from, id, path],
    about: [summary, ...(twoWay ? ["추가인증"] : []), ...(deprecated ? ["deprecated"] : [])].join(" · "),
  }));
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map(({ cells }) => cells[column]?.length ?? 0)));
  return rows
    .map(({ cells, about }) => [...cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)), about].join("  "))
    .join("\n");
}
