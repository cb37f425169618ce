/**
 * The house rules. Each is a function of its own that knows one thing; `specs/README.md` says them in words.
 * @module
 */
import type { Problem } from "../model.js";
import { sortProblems } from "../problem.js";
import type { Survey } from "../read/survey.js";
import { organizationsShape, resultCodesShape } from "./data.js";
import { houseExtensions } from "./extensions.js";
import { fieldTitles, organizationDomains, requiredFields } from "./fields.js";
import {
  duplicateIds,
  duplicateRoutes,
  namedBodies,
  operationIds,
  operationKeys,
  pagesNames,
  responseSchemas,
  retryKnown,
  successors,
  twoWayOnce,
} from "./operations.js";
import { pagingAlone, pagingFields } from "./paging.js";
import { brokenRefs, cyclicRefs, unusedSchemas } from "./refs.js";
import type { Rule } from "./rule.js";
import { requestUnions } from "./unions.js";

const rules: readonly Rule[] = [
  brokenRefs,
  unusedSchemas,
  houseExtensions,
  operationKeys,
  operationIds,
  duplicateIds,
  duplicateRoutes,
  pagesNames,
  retryKnown,
  twoWayOnce,
  successors,
  responseSchemas,
  namedBodies,
  pagingFields,
  pagingAlone,
  requestUnions,
  fieldTitles,
  requiredFields,
  organizationDomains,
  organizationsShape,
  resultCodesShape,
];

/** Everything that the rules find in one provider's specs, in reading order. */
export function checkSurvey(survey: Survey): Problem[] {
  const circles = cyclicRefs(survey);
  // The other rules follow refs to their end.
  if (circles.length > 0) return sortProblems([...brokenRefs(survey), ...circles]);
  return sortProblems(rules.flatMap((rule) => rule(survey)));
}
