import type { Problem } from "../model.js";
import { parametersOf, queryObject } from "../read/parameters.js";
import type { Survey } from "../read/survey.js";
import { keyProblem, problem } from "./rule.js";

/** A query in one object is the whole request: nothing stands beside it, and each of its fields is a parameter of the query. */
export function queryAlone({ folder, operations }: Survey): Problem[] {
  return operations.flatMap((operation) => {
    const query = queryObject(folder, operation);
    if (query === undefined) return [];
    const { method, value } = operation;
    const { style = "form", explode = true } = query.value;
    const others = parametersOf(folder, operation).filter(
      (parameter) => parameter.value.in === "query" && parameter.path.join() !== query.path.join(),
    );
    return [
      ...others.map((other) =>
        problem(other, `the query is described by one object already: put ${String(other.value.name)} into it`),
      ),
      ...(method === "get"
        ? []
        : [problem(query, `only a get has a query in one object: describe the body of this ${method}`)]),
      ...(method === "get" && value.requestBody !== undefined
        ? [keyProblem(operation, "a query in one object is the whole request: take the body out", "requestBody")]
        : []),
      ...(style === "form" && explode === true
        ? []
        : [problem(query, "each field of the object is a parameter: say style: form and explode: true, or neither")]),
    ];
  });
}
