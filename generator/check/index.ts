/**
 * The rules for specs. Each is a function of its own that knows one thing; `specs/README.md` says them in words.
 * @module
 */
import type { Problem } from "../model.js";
import { sortProblems } from "../problem.js";
import type { Source } from "../read/source.js";
import type { Survey } from "../read/survey.js";
import { otherNames } from "./also.js";
import { codeLists } from "./code-lists.js";
import { organizationsShape, resultCodesShape } from "./data.js";
import { knownEnvironments } from "./environments.js";
import { knownExtensions } from "./extensions.js";
import { feedRecords } from "./feed-records.js";
import { feedNames, feedPlaces, feedShape, feedTrIds } from "./feeds.js";
import { decimalTexts, fieldTitles, organizationDomains, requiredFields } from "./fields.js";
import { oneFiller, pseudoFieldNames } from "./from.js";
import { idempotencyKeys } from "./idempotency.js";
import { mastersShape } from "./masters.js";
import { namedBodies } from "./named-bodies.js";
import { documentVersions, ignoredParts, unsupportedParts } from "./openapi.js";
import {
  duplicateIds,
  duplicateRoutes,
  operationIds,
  operationKeys,
  pagesNames,
  responseSchemas,
  retryKnown,
  settlingOperations,
  successors,
  twoWayOnce,
} from "./operations.js";
import { pagingAlone, pagingFields, pagingShape } from "./paging.js";
import { queryAlone } from "./parameters.js";
import { allOfCircles, brokenRefs, containedSchemas, unusedSchemas } from "./refs.js";
import type { Rule } from "./rule.js";
import { trIdConditions, trIdShape } from "./tr-id.js";
import { requestUnions } from "./unions.js";
import { pathSlashes, requiredPathParameters, schemaFormats, schemaTypes } from "./words.js";

/** What kofin cannot do without, or what would be dropped without a word. */
const always: readonly Rule[] = [brokenRefs, allOfCircles, unsupportedParts, ignoredParts];

/** What specs of kofin's own keep to. Those of others are their owners', so that the same findings are warnings there. */
const ownRules: readonly Rule[] = [
  unusedSchemas,
  knownExtensions,
  operationKeys,
  duplicateRoutes,
  retryKnown,
  settlingOperations,
  successors,
  responseSchemas,
  fieldTitles,
  requiredFields,
  decimalTexts,
  schemaTypes,
  pathSlashes,
  requiredPathParameters,
  oneFiller,
  otherNames,
  organizationDomains,
];

/** Forms that specs of kofin's own have, and that documents of others need not have. */
const ownForms: readonly Rule[] = [
  containedSchemas,
  operationIds,
  duplicateIds,
  pagesNames,
  twoWayOnce,
  namedBodies,
  queryAlone,
  pagingAlone,
  trIdConditions,
  requestUnions,
  pseudoFieldNames,
  schemaFormats,
];

/** Extensions of ours: what stands in them has to make sense, whoever wrote the document around them. */
const extensionRules: readonly Rule[] = [
  idempotencyKeys,
  pagingShape,
  pagingFields,
  knownEnvironments,
  codeLists,
  trIdShape,
  feedPlaces,
  feedNames,
  feedTrIds,
  feedShape,
  feedRecords,
  organizationsShape,
  resultCodesShape,
  mastersShape,
];

const aboutExtensions: readonly Rule[] = [
  knownExtensions,
  settlingOperations,
  oneFiller,
  otherNames,
  organizationDomains,
];

function isAboutExtensions({ rule }: Problem): boolean {
  return aboutExtensions.some(({ name }) => name === rule);
}

/** Everything that the rules find in one provider's specs, in reading order. `own`: whatever its `provider.yaml` says. */
export function checkSurvey(survey: Survey, own = false): Problem[] {
  const versions = documentVersions(survey);
  // What follows would be said of another language.
  if (versions.length > 0) return sortProblems(versions);
  const isOwn = own || survey.folder.settings.rules === "own";
  const found = (rule: Rule) => rule(survey).map((problem) => ({ rule: rule.name, ...problem }));
  const errors = [...always, ...extensionRules, ...(isOwn ? ownForms : [])].flatMap(found);
  const others = ownRules.flatMap(found);
  // Extensions in an overlay are ours, whoever wrote the document below it.
  const isOverlay = ({ kind }: Source) => kind === "overlay";
  const overlays = new Set([...survey.folder.sources.values()].filter(isOverlay).map(({ file }) => file));
  const levelled = others.map((problem) =>
    isOwn || (isAboutExtensions(problem) && overlays.has(problem.at.file))
      ? problem
      : { ...problem, level: "warning" as const },
  );
  return sortProblems([...errors, ...levelled]);
}
