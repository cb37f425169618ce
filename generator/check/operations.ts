import { isMap } from "../json.js";
import type { Problem } from "../model.js";
import { isIdentifier, pascalCase, reservedFunctionNames } from "../names.js";
import { didYouMean } from "../nearest.js";
import { houseOf } from "../providers.js";
import { answerOf, requestOf } from "../read/body.js";
import { follow, followAll, type Located } from "../read/ref.js";
import { typeNameOf } from "../read/shape.js";
import { locate } from "../read/source.js";
import type { OperationSite, Survey } from "../read/survey.js";
import { pagesName } from "../walk.js";
import { dataSchema } from "./data-schema.js";
import { keyProblem, placeOf, problem } from "./rule.js";

/** What every operation says, and what to write when it does not. */
const requiredKeys: readonly [key: string, mend: string][] = [
  ["summary", "give the provider's own Korean product name"],
  ["description", "say in one English sentence what comes back"],
  ["x-confidence", "say high, medium or low"],
  ["x-source", "list where the facts come from"],
];

export function operationKeys({ operations }: Survey): Problem[] {
  return operations.flatMap((operation) =>
    requiredKeys
      .filter(([key]) => operation.value[key] === undefined || operation.value[key] === "")
      .map(([key, mend]) => keyProblem(operation, `${name(operation)} has no ${key}: ${mend}`)),
  );
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

export function operationIds({ operations }: Survey): Problem[] {
  return operations.flatMap((operation) => {
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

export function duplicateRoutes({ operations }: Survey): Problem[] {
  return duplicates(operations, ({ method, route }) => `${method} ${route}`).map(({ again, first }) => {
    const at = placeOf(locate(first.source, first.path, "key"));
    return keyProblem(again, `${again.method.toUpperCase()} ${again.route} is described at ${at} already: keep one`);
  });
}

function duplicates<T>(items: readonly T[], keyOf: (item: T) => string): { again: T; first: T }[] {
  const seen = new Map<string, T>();
  return items.flatMap((again) => {
    const first = seen.get(keyOf(again));
    if (first === undefined) seen.set(keyOf(again), again);
    return first === undefined ? [] : [{ again, first }];
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

/** Every operation says what it answers. */
export function responseSchemas({ folder, operations }: Survey): Problem[] {
  return operations
    .filter((operation) => answerOf(folder, operation) === undefined)
    .map((operation) =>
      keyProblem(operation, `${name(operation)} has no schema for its answer: describe the 200 response`),
    );
}

/** What is sent and what callers get have names, because functions are read by them. */
export function namedBodies({ folder, operations }: Survey): Problem[] {
  const { envelope } = houseOf(folder.provider);
  return operations.flatMap((operation) => {
    const request = requestOf(folder, operation)?.schema;
    const response = answerOf(folder, operation)?.schema;
    const data = dataSchema(folder, operation);
    const base = pascalCase(operation.id);
    const problems =
      request === undefined || isNamed(request) ? [] : [anonymous(request, "request body", `${base}Request`)];
    if (response !== undefined && data === undefined) {
      problems.push(
        problem(response, `the answer has no ${envelope}: say what stands in it, as a $ref to ${base}Data`),
      );
    }
    if (data !== undefined && !isNamed(data)) problems.push(anonymous(data, "data of the answer", `${base}Data`));
    return problems;
  });

  function isNamed({ source, value }: Located): boolean {
    const ref = isMap(value) ? value.$ref : undefined;
    const target = typeof ref === "string" ? follow(folder, source, ref) : undefined;
    // A ref that leads nowhere has been reported as such.
    if (target !== undefined && ("broken" in target || followAll(folder, target) === undefined)) return true;
    return target !== undefined && typeNameOf(folder, target) !== undefined;
  }

  function anonymous(located: Located, what: string, schema: string): Problem {
    return problem(located, `the ${what} must be a $ref to a named schema: #/components/schemas/${schema}`);
  }
}

function name({ id, method, route }: OperationSite): string {
  return id === "" ? `${method.toUpperCase()} ${route}` : id;
}
