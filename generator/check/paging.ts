import { isMap, stringsOf } from "../json.js";
import type { Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import { requestOf } from "../read/body.js";
import type { SpecFolder } from "../read/folder.js";
import { parametersOf } from "../read/parameters.js";
import type { Located } from "../read/ref.js";
import { fieldsOf } from "../read/shape.js";
import type { OperationSite, Survey } from "../read/survey.js";
import { dataSchema } from "./data-schema.js";
import { keyProblem, problem } from "./rule.js";

/** `x-paging` names fields that are there: `page` is sent, `next` and `more` come back. */
export function pagingFields({ folder, operations }: Survey): Problem[] {
  return operations.flatMap((operation) => {
    const paging = operation.value["x-paging"];
    if (!isMap(paging)) return [];
    const input = inputNames(folder, operation);
    const data = namesOf(folder, dataSchema(folder, operation));
    const places = [
      { key: "page", names: input, where: "the input" },
      { key: "more", names: data, where: "the data of the answer" },
      { key: "next", names: data, where: "the data of the answer" },
    ];
    return places.flatMap(({ key, names, where }) => {
      const name = paging[key];
      if (typeof name !== "string" || names === undefined || names.includes(name)) return [];
      const message = `x-paging names ${JSON.stringify(name)}, which is no field of ${where}${didYouMean(name, names)}`;
      return [problem(operation, message, "x-paging", key)];
    });
  });
}

/** Nobody is there to answer 추가인증 between two pages. */
export function pagingAlone({ operations }: Survey): Problem[] {
  return operations
    .filter(({ value }) => value["x-paging"] !== undefined && value["x-two-way"] !== undefined)
    .map((operation) =>
      keyProblem(operation, "x-paging cannot stand beside x-two-way: take one of them out", "x-paging"),
    );
}

function inputNames(folder: SpecFolder, operation: OperationSite): string[] | undefined {
  const request = requestOf(folder, operation)?.schema;
  const fields = request === undefined ? [] : namesOf(folder, request);
  const parameters = parametersOf(folder, operation).flatMap(({ value }) => stringsOf([value.name]));
  return fields && [...fields, ...parameters];
}

/** Undefined when there is nothing to read, which other rules report. */
function namesOf(folder: SpecFolder, schema: Located | undefined): string[] | undefined {
  const fields = schema && fieldsOf(folder, schema);
  return fields && [...fields.keys()];
}
