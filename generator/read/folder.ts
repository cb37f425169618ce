import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Problem } from "../model.js";
import { compareText } from "../problem.js";
import { readSettings } from "../provider/read.js";
import type { ProviderSettings } from "../provider/settings.js";
import { applyOverlays, overlayProblems } from "./overlay.js";
import { parseSource, type Source } from "./source.js";

/** The parsed files of one provider, by name (`bank.yaml`), in the order of their names. */
export interface SpecFolder {
  provider: string;
  settings: ProviderSettings;
  sources: ReadonlyMap<string, Source>;
}

/** A file as it came from the disk. */
export interface SpecText {
  provider: string;
  /** `specs/acme/bank.yaml` */
  file: string;
  text: string;
  /** It describes the whole API, as documents called `openapi` do. */
  isWhole?: true;
}

/**
 * Every `*.yaml`, `*.yml` and `*.json` of `root/<provider>/`. `providers` narrows it down.
 * @throws Error when `root` or a named provider's folder is not there.
 */
export function readSpecTexts(root: string, providers?: readonly string[]): SpecText[] {
  const folders = providers ?? foldersOf(root);
  return folders.flatMap((provider) =>
    list(join(root, provider), `there are no specs of ${JSON.stringify(provider)} in ${root}`)
      .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
      .map((entry) => ({
        provider,
        file: `${basename(resolve(root))}/${provider}/${entry.name}`,
        text: readFileSync(join(root, provider, entry.name), "utf8"),
      })),
  );
}

/** One document, and what stands beside it: what its provider says of itself, and what is changed on it. */
export function readDocumentTexts(file: string, provider: string): SpecText[] {
  const folder = dirname(file);
  const text = readText(file);
  const beside = list(folder, `there is no folder ${folder}`)
    .filter((entry) => entry.isFile() && /^(provider|overlay)\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => ({ provider, file: slashed(join(folder, entry.name)), text: readText(join(folder, entry.name)) }));
  return [{ provider, file: slashed(file), text, isWhole: true }, ...beside];
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`there is no file ${file}`, { cause });
  }
}

function slashed(file: string): string {
  return file.replaceAll("\\", "/");
}

function foldersOf(root: string): string[] {
  return list(root, `there is no specs folder ${root}: name it with --specs`)
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function list(folder: string, otherwise: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new Error(otherwise, { cause });
  }
}

/** Parses texts into folders. The order in which the texts come makes no difference. */
export function parseFolders(texts: readonly SpecText[]): { folders: SpecFolder[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const folders = new Map<string, Map<string, Source>>();
  for (const { provider, file, text, isWhole } of [...texts].sort((a, b) => compareText(a.file, b.file))) {
    const parsed = parseSource(file, text, isWhole);
    problems.push(...parsed.problems);
    const sources = folders.get(provider) ?? new Map<string, Source>();
    folders.set(provider, sources.set(parsed.source.name, parsed.source));
  }
  const read = [...folders].map(([provider, parsed]) => {
    const { sources, problems: faults } = withOverlays(parsed);
    const { settings, problems } = readSettings(
      provider,
      [...sources.values()].find(({ kind }) => kind === "provider"),
    );
    return { folder: { provider, settings, sources }, problems: [...faults, ...problems] };
  });
  return {
    folders: read.map(({ folder }) => folder),
    problems: [...problems, ...read.flatMap((found) => found.problems)],
  };
}

/** The documents with what their overlays change. */
function withOverlays(sources: ReadonlyMap<string, Source>): {
  sources: ReadonlyMap<string, Source>;
  problems: Problem[];
} {
  const overlays = [...sources.values()].filter(({ kind }) => kind === "overlay");
  if (overlays.length === 0) return { sources, problems: [] };
  const documents = [...sources.values()].filter(({ kind }) => kind === "document");
  const faults = overlays.flatMap((overlay) => overlayProblems(overlay, documents));
  if (faults.length > 0) return { sources, problems: faults };
  const applied = documents.map((document) => applyOverlays(document, overlays));
  const changed = applied.map(({ source }) => [source.name, source] as const);
  return { sources: new Map([...sources, ...changed]), problems: applied.flatMap(({ problems }) => problems) };
}

/** `bank` of `specs/acme/bank.yaml`. */
export function moduleOf({ name }: Pick<Source, "name">): string {
  return name.replace(/\.(ya?ml|json)$/, "");
}
