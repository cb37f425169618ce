import { checkSurvey } from "./check/index.js";
import type { Problem, Provider } from "./model.js";
import { SpecError } from "./problem.js";
import { parseFolders, readSpecTexts, type SpecFolder, type SpecText } from "./read/folder.js";
import { surveyFolder } from "./read/survey.js";
import { buildOrganizations, buildResultCodes } from "./resolve/data.js";
import { buildDocuments } from "./resolve/document.js";
import { buildMasters } from "./resolve/masters.js";

export interface LoadOptions {
  /** Folders of `root` to read. Default: all of them. */
  providers?: readonly string[] | undefined;
}

/**
 * Reads, checks and resolves the specs in `root` (the folder that holds one folder for each provider).
 * @throws SpecError with every finding, when there is any
 * @throws Error when a folder is not there
 */
export function loadSpecs(root: string, { providers }: LoadOptions = {}): Provider[] {
  const folders = providers?.length === 0 ? undefined : providers;
  return loadTexts(readSpecTexts(root, folders));
}

/**
 * The same for specs in memory.
 * @throws SpecError with every finding, when there is any
 */
export function loadTexts(texts: readonly SpecText[]): Provider[] {
  const { folders, problems } = parseFolders(texts);
  // A file that cannot be read would show up again as refs that lead nowhere.
  if (problems.length > 0) throw new SpecError(problems);
  const built = folders.map(buildFolder);
  const findings = built.flatMap((result) => result.problems);
  if (findings.length > 0) throw new SpecError(findings);
  return built.flatMap(({ provider }) => provider ?? []);
}

/** A folder with findings has no model: building relies on what the rules promise. */
function buildFolder(folder: SpecFolder): { provider?: Provider; problems: Problem[] } {
  const survey = surveyFolder(folder);
  const findings = checkSurvey(survey);
  if (findings.length > 0) return { problems: findings };
  const { documents, problems } = buildDocuments(survey);
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
