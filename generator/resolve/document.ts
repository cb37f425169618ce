import { listOf, mapOf, textOf } from "../json.js";
import type { ApiDocument, Operation, Problem } from "../model.js";
import { pascalCase } from "../names.js";
import { moduleOf } from "../read/folder.js";
import { moduleFor } from "../read/operation-names.js";
import type { Source } from "../read/source.js";
import type { Survey } from "../read/survey.js";
import { inputOf } from "../walk.js";
import { buildFeed } from "./feed.js";
import { namedSchemas, sharedNames } from "./named.js";
import { buildOperation } from "./operation.js";
import { createResolver, type Resolver } from "./schema.js";
import { inputNames } from "./sides.js";

/** The documents of a provider, in the order of their names, with operations and feeds in the order of the spec. */
export function buildDocuments(survey: Survey): { documents: ApiDocument[]; problems: Problem[] } {
  const { folder } = survey;
  const resolver = createResolver(folder, survey.refs);
  const isOwn = folder.settings.rules === "own";
  const problems: Problem[] = [];
  const documents = survey.documents.flatMap((source) =>
    modulesOf(survey, source).map((module) => {
      const info = mapOf(mapOf(source.data).info);
      const isHere = (site: { home?: Source; source: Source; module: string }) =>
        (site.home ?? site.source) === source && site.module === module;
      const built = survey.operations.filter(isHere).map((site) => buildOperation(folder, resolver, site));
      const operations = isOwn ? built : built.map((operation) => withTypeNames(operation, resolver));
      const feeds = survey.feeds.filter(isHere).map((site) => buildFeed(folder, resolver, site));
      const named = namedSchemas({ operations, feeds }, resolver, isOwn);
      problems.push(...named.problems);
      return {
        provider: folder.provider,
        module,
        file: source.file,
        title: textOf(info.title),
        description: source.isWhole ? tagText(source, module) : textOf(info.description),
        operations,
        feeds,
        schemas: named.schemas,
      };
    }),
  );
  return { documents: isOwn ? documents : withSides(documents, resolver), problems };
}

function modulesOf({ operations }: Survey, source: Source): string[] {
  if (!source.isWhole) return [moduleOf(source)];
  return [...new Set(operations.filter(({ home }) => home === source).map(({ module }) => module))];
}

function tagText(source: Source, module: string): string {
  const tag = listOf(mapOf(source.data).tags).find(
    (entry) => moduleFor(source, { tags: [mapOf(entry).name] }) === module,
  );
  return textOf(mapOf(tag).description);
}

/** Types of an operation have names that no schema has. */
function withTypeNames(operation: Operation, { isTaken }: Resolver): Operation {
  const base = pascalCase(operation.id);
  const free = (...endings: string[]) => {
    const names = endings.map((ending) => base + ending);
    return names.find((name) => !isTaken(name)) ?? names[0];
  };
  const [inputName, dataName] = [free("Request", "Input", "RequestInput"), free("Data", "Answer", "AnswerData")];
  return { ...operation, ...(inputName ? { inputName } : {}), ...(dataName ? { dataName } : {}) };
}

/** Of schemas that callers pass and get in different forms each form has a name, the same in all modules. */
function withSides(documents: ApiDocument[], resolver: Resolver): ApiDocument[] {
  const names = inputNames(documents, resolver);
  const shared = sharedNames(documents);
  return documents.map((document) => ({
    ...document,
    operations: document.operations.map((operation) => {
      const sentName = names[inputOf(operation)?.["x-name"] ?? ""];
      return sentName === undefined ? operation : { ...operation, sentName };
    }),
    ...(Object.keys(names).length === 0 ? {} : { inputNames: names }),
    shared: Object.keys(document.schemas).filter((name) => shared.has(name)),
  }));
}
