import { mapOf, textOf } from "../json.js";
import type { ApiDocument, Problem } from "../model.js";
import { moduleOf } from "../read/folder.js";
import type { Source } from "../read/source.js";
import type { Survey } from "../read/survey.js";
import { buildFeed } from "./feed.js";
import { namedSchemas } from "./named.js";
import { buildOperation } from "./operation.js";
import { createResolver } from "./schema.js";

/** The documents of a provider, in the order of their names, with operations and feeds in the order of the spec. */
export function buildDocuments(survey: Survey): { documents: ApiDocument[]; problems: Problem[] } {
  const { folder } = survey;
  const resolver = createResolver(folder);
  const problems: Problem[] = [];
  const documents = survey.documents.map((source) => {
    const info = mapOf(mapOf(source.data).info);
    const isHere = (site: { source: Source }) => site.source === source;
    const operations = survey.operations.filter(isHere).map((site) => buildOperation(folder, resolver, site));
    const feeds = survey.feeds.filter(isHere).map((site) => buildFeed(folder, resolver, site));
    const named = namedSchemas({ operations, feeds }, resolver);
    problems.push(...named.problems);
    return {
      provider: folder.provider,
      module: moduleOf(source),
      file: source.file,
      title: textOf(info.title),
      description: textOf(info.description),
      operations,
      feeds,
      schemas: named.schemas,
    };
  });
  return { documents, problems };
}
