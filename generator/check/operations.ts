import { mapOf } from "../json.js";
import type { Problem } from "../model.js";
import { isIdentifier, reservedFunctionNames } from "../names.js";
import { didYouMean } from "../nearest.js";
import { answerOf } from "../read/body.js";
import { constantHeaders } from "../read/parameters.js";
import type { FeedSite, OperationSite } from "../read/site.js";
import { locate } from "../read/source.js";
import type { Survey } from "../read/survey.js";
import { pagesName } from "../walk.js";
import { duplicates, keyProblem, placeOf, problem } from "./rule.js";

type RequiredKeys = readonly [key: string, mend: string][];

/** What every operation says, and what to write when it does not. */
const requiredKeys: RequiredKeys = [
  ["summary", "give the provider's own Korean product name"],
  ["description", "say in one English sentence what comes back"],
  ["x-confidence", "say high, medium or low"],
  ["x-source", "list where the facts come from"],
];

/** What every feed says besides. */
const requiredOfFeeds: RequiredKeys = [...requiredKeys, ["x-feed", "say by which key it is asked for"]];

const requiredWithTrIds: RequiredKeys = [...requiredOfFeeds, ["x-tr-id", "say under which tr_id it is asked for"]];

export function operationKeys({ folder, operations, feeds }: Survey): Problem[] {
  const ofFeeds = folder.settings.features.includes("tr-id") ? requiredWithTrIds : requiredOfFeeds;
  return [
    ...operations.flatMap((operation) => missingKeys(operation, requiredKeys)),
    ...feeds.flatMap((feed) => missingKeys(feed, ofFeeds)),
  ];
}

function missingKeys(site: OperationSite | FeedSite, required: RequiredKeys): Problem[] {
  return required
    .filter(([key]) => site.value[key] === undefined || site.value[key] === "")
    .map(([key, mend]) => keyProblem(site, `${name(site)} has no ${key}: ${mend}`));
}

export function retryKnown({ operations }: Survey): Problem[] {
  return operations
    .filter(({ retry }) => retry === undefined)
    .map((operation) => {
      const mend = "say safe or never here, or once for the document";
      return keyProblem(operation, `${name(operation)} has no x-retry: ${mend}`);
    });
}

/** Whoever is asked for 추가인증 is asked again by every repeat. */
export function twoWayOnce({ operations }: Survey): Problem[] {
  return operations.flatMap((operation) => {
    const { value, retry } = operation;
    if (value["x-two-way"] === undefined || retry === "never") return [];
    const message = `${name(operation)} may ask for 추가인증, so a repeat would ask the user again: say x-retry: never`;
    const isOwn = value["x-retry"] !== undefined;
    return [isOwn ? problem(operation, message, "x-retry") : keyProblem(operation, message, "x-two-way")];
  });
}

export function operationIds({ operations, feeds }: Survey): Problem[] {
  return [...operations, ...feeds].flatMap((operation) => {
    const { id, value } = operation;
    if (id === "") return [keyProblem(operation, `${name(operation)} has no operationId: name its function`)];
    if (!isIdentifier(id) || /^\P{Ll}/u.test(id)) {
      return [
        problem(
          operation,
          `operationId ${JSON.stringify(value.operationId)} must be a camel-case identifier`,
          "operationId",
        ),
      ];
    }
    if (reservedFunctionNames.has(id)) {
      return [problem(operation, `operationId ${id} is a reserved word: choose another`, "operationId")];
    }
    return [];
  });
}

export function duplicateIds({ operations }: Survey): Problem[] {
  const named = operations.filter(({ id }) => id !== "");
  return duplicates(named, ({ module, id }) => `${module}/${id}`).map(({ again, first }) => {
    const at = placeOf(locate(first.source, [...first.path, "operationId"]));
    return problem(again, `operationId ${again.id} is taken by ${at}: choose another`, "operationId");
  });
}

/** The second function of a paged operation has a name, too. */
export function pagesNames({ operations }: Survey): Problem[] {
  const paged = operations.filter(({ id, value }) => id !== "" && value["x-paging"] !== undefined);
  const taken = new Map(paged.map((operation) => [`${operation.module}/${pagesName(operation)}`, operation.id]));
  return operations.flatMap((operation) => {
    const owner = taken.get(`${operation.module}/${operation.id}`);
    if (owner === undefined) return [];
    const message = `operationId ${operation.id} is generated for ${owner}, which has x-paging: choose another`;
    return [problem(operation, message, "operationId")];
  });
}

/**
 * Operations may share a path (`/chart#day`, `/chart#week`) when a header with a value of its own tells them apart. Of a path that one has for
 * itself, what stands behind the `#` is a name that the provider calls it by.
 */
export function duplicateRoutes({ folder, operations }: Survey): Problem[] {
  const byRoute = new Map<string, OperationSite[]>();
  const routes = operations.map(({ method, route }) => `${method} ${route}`);
  const isShared = (key: string) => routes.indexOf(key) !== routes.lastIndexOf(key);
  return operations.flatMap((again) => {
    const key = `${again.method} ${again.route}`;
    const before = byRoute.get(key) ?? [];
    byRoute.set(key, [...before, again]);
    const headers = constantHeaders(folder, again);
    const first = before.find((other) => !differ(headers, constantHeaders(folder, other)));
    if (first !== undefined) return [sameRoute(again, first)];
    if (again.fragment === undefined || !isShared(key) || Object.keys(headers).length > 0) return [];
    const mend = "give it a header parameter with a const, which says on the wire what the # says here";
    return [keyProblem(again, `nothing that is sent tells ${name(again)} from others of its path: ${mend}`)];
  });
}

function sameRoute(again: OperationSite, first: OperationSite): Problem {
  const at = placeOf(locate(first.source, first.path, "key"));
  const call = `${again.method.toUpperCase()} ${again.route}`;
  if (again.fragment === undefined && first.fragment === undefined) {
    return keyProblem(again, `${call} is described at ${at} already: keep one`);
  }
  const mend = "give both a header parameter of the same name, with a const of its own";
  return keyProblem(again, `${call} cannot be told from the one at ${at}: ${mend}`);
}

/** Header names are the same in capitals. */
function differ(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const values = new Map(Object.entries(other).map(([header, constant]) => [header.toLowerCase(), constant]));
  return Object.entries(one).some(([header, constant]) => {
    const theirs = values.get(header.toLowerCase());
    return theirs !== undefined && theirs !== constant;
  });
}

export function successors({ operations }: Survey): Problem[] {
  const known = new Set(operations.map(({ module, id }) => `${module}/${id}`));
  return operations.flatMap((operation) => {
    const { value, module } = operation;
    const successor = value["x-successor"];
    if (value.deprecated !== true) {
      const mend = "set deprecated: true, or take x-successor out";
      return successor === undefined
        ? []
        : [keyProblem(operation, `${name(operation)} is not deprecated: ${mend}`, "x-successor")];
    }
    if (typeof successor !== "string") {
      return [keyProblem(operation, `${name(operation)} is deprecated: name what to call instead as x-successor`)];
    }
    const address = successor.includes("/") ? successor : `${module}/${successor}`;
    if (known.has(address)) return [];
    const names = [...known].map((other) => (other.startsWith(`${module}/`) ? other.slice(module.length + 1) : other));
    return [problem(operation, `there is no operation ${successor}${didYouMean(successor, names)}`, "x-successor")];
  });
}

/** `x-settled-by` names the look-up of what must not be repeated. */
export function settlingOperations({ operations }: Survey): Problem[] {
  const known = new Set(operations.map(({ module, id }) => `${module}/${id}`));
  return operations.flatMap((operation) => {
    const settledBy = operation.value["x-settled-by"];
    if (settledBy === undefined) return [];
    if (operation.retry !== "never" && operation.retry !== "idempotency-key") {
      const message = `${name(operation)} may be repeated, so nobody has to look it up: say x-retry: never, or take this out`;
      return [keyProblem(operation, message, "x-settled-by")];
    }
    if (typeof settledBy !== "string" || known.has(settledBy)) return [];
    const message = `there is no operation ${settledBy}${didYouMean(settledBy, known)}`;
    return [problem(operation, message, "x-settled-by")];
  });
}

/** Every operation says what it answers. */
export function responseSchemas({ folder, operations }: Survey): Problem[] {
  return operations
    .filter((operation) => answerOf(folder, operation) === undefined && !isSilent(operation))
    .map((operation) =>
      keyProblem(operation, `${name(operation)} has no schema for its answer: describe the 200 response`),
    );
}

/** 204 has no body. */
function isSilent({ value }: OperationSite): boolean {
  return mapOf(value.responses)["204"] !== undefined;
}

function name(site: OperationSite | FeedSite): string {
  if (site.id !== "") return site.id;
  return "webhook" in site ? site.webhook : `${site.method.toUpperCase()} ${site.key}`;
}
