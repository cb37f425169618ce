/**
 * The rules for specs. Each is a function of its own that knows one thing; `specs/README.md` says them in words.
 * @module
 */
import type { Problem } from "../model.js";
import { sortProblems } from "../problem.js";
import type { Survey } from "../read/survey.js";
import { otherNames } from "./also.js";
import { organizationsShape, resultCodesShape } from "./data.js";
import { knownExtensions } from "./extensions.js";
import { feedRecords } from "./feed-records.js";
import { feedNames, feedPlaces, feedShape, feedTrIds } from "./feeds.js";
import { decimalTexts, fieldTitles, organizationDomains, requiredFields } from "./fields.js";
import { oneFiller, pseudoFieldNames } from "./from.js";
import { idempotencyKeys } from "./idempotency.js";
import { mastersShape } from "./masters.js";
import { namedBodies } from "./named-bodies.js";
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
import { brokenRefs, cyclicRefs, unusedSchemas } from "./refs.js";
import type { Rule } from "./rule.js";
import { trIdConditions, trIdShape } from "./tr-id.js";
import { requestUnions } from "./unions.js";

const rules: readonly Rule[] = [
  brokenRefs,
  unusedSchemas,
  knownExtensions,
  operationKeys,
  operationIds,
  duplicateIds,
  duplicateRoutes,
  pagesNames,
  retryKnown,
  idempotencyKeys,
  twoWayOnce,
  settlingOperations,
  successors,
  responseSchemas,
  namedBodies,
  queryAlone,
  pagingShape,
  pagingFields,
  pagingAlone,
  trIdShape,
  trIdConditions,
  feedPlaces,
  feedNames,
  feedTrIds,
  feedShape,
  feedRecords,
  requestUnions,
  fieldTitles,
  requiredFields,
  decimalTexts,
  oneFiller,
  pseudoFieldNames,
  otherNames,
  organizationDomains,
  organizationsShape,
  resultCodesShape,
  mastersShape,
];

/** Everything that the rules find in one provider's specs, in reading order. */
export function checkSurvey(survey: Survey): Problem[] {
  const circles = cyclicRefs(survey);
  // The other rules follow refs to their end.
  if (circles.length > 0) return sortProblems([...brokenRefs(survey), ...circles]);
  return sortProblems(rules.flatMap((rule) => rule(survey)));
}
