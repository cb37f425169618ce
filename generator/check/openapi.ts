/**
 * What documents of OpenAPI can say and kofin cannot do: refused where code would be wrong without it, named where it is only left out.
 * @module
 */
import { isMap, mapOf, textOf } from "../json.js";
import type { Problem } from "../model.js";
import { parametersOf } from "../read/parameters.js";
import { followAll, locatedAt, valueAt } from "../read/ref.js";
import type { OperationSite } from "../read/site.js";
import type { Survey } from "../read/survey.js";
import { keyProblem, problem } from "./rule.js";

/** OpenAPI 3.0 to 3.2. Swagger 2.0 is another language. */
export function documentVersions({ documents }: Survey): Problem[] {
  return documents.flatMap((source) => {
    const { openapi, swagger } = mapOf(source.data);
    const site = { source, path: [] };
    if (openapi === undefined) {
      const mend = "convert it to OpenAPI 3 first, with swagger2openapi, say";
      return [problem(site, `this is Swagger ${String(swagger)}, which kofin does not read: ${mend}`, "swagger")];
    }
    if (/^3\.[012](\.|$)/.test(String(openapi))) return [];
    return [problem(site, `OpenAPI ${String(openapi)} is not known: kofin reads 3.0, 3.1 and 3.2`, "openapi")];
  });
}

const otherMethods: Readonly<Record<string, string>> = {
  trace: "fetch sends no TRACE",
  query: "no client sends QUERY yet",
  additionalOperations: "no other methods can be sent",
};

/** Refused by name: whoever needs them has to know that they are not there. */
export function unsupportedParts({ folder, documents, operations, refs }: Survey): Problem[] {
  const items = documents.flatMap((source) =>
    Object.keys(mapOf(valueAt(source, ["paths"]))).flatMap((key) => {
      const item = followAll(folder, locatedAt(source, ["paths", key]));
      return Object.keys(mapOf(item?.value)).flatMap((name) => {
        const why = Object.hasOwn(otherMethods, name) ? otherMethods[name] : undefined;
        if (item === undefined || why === undefined) return [];
        return [
          keyProblem(item, `${name} of ${key} cannot be called, ${why}: take it out, by an overlay if need be`, name),
        ];
      });
    }),
  );
  const parameters = operations.flatMap((operation) =>
    parametersOf(folder, operation)
      .filter(({ value }) => !["query", "header", "path", "cookie"].includes(textOf(value.in)))
      .map((parameter) =>
        problem(
          parameter,
          `a parameter cannot be in ${JSON.stringify(parameter.value.in)}: kofin knows path, query, header and cookie`,
          "in",
        ),
      ),
  );
  const paths = operations.flatMap((operation) =>
    missingPathParameters(
      operation,
      parametersOf(folder, operation).map(({ value }) => value),
    ),
  );
  const dynamic = refs
    .filter(({ ref }) => ref === "#")
    .map((site) => problem(site, "$ref to the whole document is not supported: name the schema"));
  return [...items, ...unique(parameters), ...paths, ...dynamic];
}

/** What stands in braces is a parameter. */
function missingPathParameters(operation: OperationSite, parameters: readonly Record<string, unknown>[]): Problem[] {
  const known = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
  const named = [...operation.route.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  return named
    .filter((name) => !known.includes(name))
    .map((name) =>
      keyProblem(operation, `${operation.key} has no path parameter ${name}: describe what stands in its place`),
    );
}

/** Left out, and said so. Whoever wrote them meant other readers, or other programs than a client. */
export function ignoredParts({ folder, documents, operations, schemas }: Survey): Problem[] {
  if (folder.settings.rules === "own") return [];
  const found = [
    ...documents
      .filter(({ data }) => mapOf(data).webhooks !== undefined && !folder.settings.features.includes("feeds"))
      .map((source) =>
        keyProblem(
          { source, path: [] },
          "webhooks are what the provider calls: no code is generated for them",
          "webhooks",
        ),
      ),
    ...operations.flatMap((operation) => [
      ...(operation.value.callbacks === undefined
        ? []
        : [
            keyProblem(
              operation,
              `callbacks of ${operation.id} are what the provider calls: no code is generated for them`,
              "callbacks",
            ),
          ]),
      ...linkProblems(operation),
      ...parametersOf(folder, operation)
        .filter(({ value }) => value.in === "cookie")
        .map((parameter) =>
          problem(parameter, `the cookie ${textOf(parameter.value.name)} can be sent by servers, but not by browsers`),
        ),
    ]),
    ...schemas.flatMap((site) =>
      looseKeys
        .filter((key) => site.value[key] !== undefined)
        .map((key) => keyProblem(site, `${key} is not checked, and the type is wider than it says`, key)),
    ),
  ];
  return unique(found).map((finding) => ({ ...finding, level: "warning" as const }));
}

const looseKeys = [
  "not",
  "if",
  "dependentSchemas",
  "patternProperties",
  "unevaluatedProperties",
  "contains",
  "propertyNames",
  "xml",
];

function linkProblems(operation: OperationSite): Problem[] {
  return Object.entries(mapOf(operation.value.responses))
    .filter(([, response]) => isMap(response) && response.links !== undefined)
    .map(([status]) =>
      keyProblem(operation, `links of ${operation.id} are not followed`, "responses", status, "links"),
    );
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((found) => [JSON.stringify(found), found])).values()];
}
