import { checkSurvey } from "./check/index.js";
import type { Problem, Provider } from "./model.js";
import { SpecError, sortProblems } from "./problem.js";
import { deriveSettings } from "./provider/derive.js";
import { parseFolders, readDocumentTexts, readSpecTexts, type SpecFolder, type SpecText } from "./read/folder.js";
import { surveyFolder } from "./read/survey.js";
import { buildOrganizations, buildResultCodes } from "./resolve/data.js";
import { buildDocuments } from "./resolve/document.js";
import { buildMasters } from "./resolve/masters.js";

export interface LoadOptions {
  /** Folders of `root` to read. Default: all of them. */
  providers?: readonly string[] | undefined;
  /** All specs have to keep the rules for specs of kofin's own, whatever their `provider.yaml` says. */
  own?: boolean | undefined;
}

/**
 * Reads, checks and resolves the specs in `root` (the folder that holds one folder for each provider).
 * @throws SpecError with every finding, when there is any
 * @throws Error when a folder is not there
 */
export function loadSpecs(root: string, { providers, own }: LoadOptions = {}): Provider[] {
  const folders = providers?.length === 0 ? undefined : providers;
  return loadTexts(readSpecTexts(root, folders), { own });
}

export interface DocumentOptions extends Pick<LoadOptions, "own"> {
  /** What its provider is called. */
  name: string;
}

/**
 * Reads one OpenAPI document as its owner published it, with the `provider.yaml` and the `overlay.yaml` beside it, if there are any.
 * @throws SpecError with every finding, when there is any
 * @throws Error when there is no such file
 */
export function loadDocument(file: string, { name, own }: DocumentOptions): Provider {
  const [provider] = loadTexts(readDocumentTexts(file, name), { own });
  if (provider === undefined) throw new Error(`${file} describes nothing`);
  return provider;
}

/**
 * The files of one provider, read and not checked.
 * @throws SpecError when one of them cannot be read
 * @throws Error when the folder is not there
 */
export function readSpecFolder(root: string, provider: string): SpecFolder {
  const { folders, problems } = parseFolders(readSpecTexts(root, [provider]));
  const [folder] = folders;
  if (problems.length > 0) throw new SpecError(problems);
  if (folder === undefined) throw new Error(`there are no specs in ${root}/${provider}`);
  return folder;
}

/**
 * The same for specs in memory.
 * @throws SpecError with every finding, when there is any
 */
export function loadTexts(texts: readonly SpecText[], { own = false }: Pick<LoadOptions, "own"> = {}): Provider[] {
  const { folders, problems } = parseFolders(texts);
  // A file that cannot be read would show up again as refs that lead nowhere.
  if (problems.length > 0) throw new SpecError(problems);
  const built = folders.map((folder) => buildFolder(folder, own));
  const findings = built.flatMap((result) => result.problems);
  if (findings.some(isError)) throw new SpecError(findings.filter(isError));
  return built.flatMap(({ provider, problems: [...warnings] }) => {
    if (provider === undefined) return [];
    return warnings.length === 0 ? provider : { ...provider, warnings: sortProblems(warnings) };
  });
}

function isError({ level }: Problem): boolean {
  return level !== "warning";
}

/** A folder with errors has no model: building relies on what the rules promise. */
function buildFolder(read: SpecFolder, own: boolean): { provider?: Provider; problems: Problem[] } {
  const derived = deriveSettings(read);
  const folder = { ...read, settings: derived.settings };
  const survey = surveyFolder(folder);
  const findings = [...derived.problems, ...survey.problems, ...checkSurvey(survey, own)];
  if (findings.some(isError)) return { problems: findings };
  const { documents, problems: others } = buildDocuments(survey);
  const problems = [...findings, ...others];
  const masters = buildMasters(folder);
  const provider: Provider = {
    name: folder.provider,
    settings: folder.settings,
    documents,
    organizations: buildOrganizations(folder),
    ...buildResultCodes(folder),
    ...(masters === undefined ? {} : { masters }),
  };
  return { provider, problems };
}
