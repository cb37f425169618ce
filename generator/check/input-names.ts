import { stringsOf } from "../json.js";
import { inputSchema } from "../read/callers.js";
import type { SpecFolder } from "../read/folder.js";
import { singleParameters } from "../read/parameters.js";
import type { Located } from "../read/ref.js";
import { branchesOf, fieldsOf } from "../read/shape.js";
import type { OperationSite } from "../read/site.js";

/** The fields of an operation's request by name, with every place that says something about each. Undefined when a ref is broken. */
export function inputFields(folder: SpecFolder, operation: OperationSite): Map<string, Located[]> | undefined {
  const request = inputSchema(folder, operation);
  return request === undefined ? new Map() : fieldsOf(folder, request);
}

/** What callers can pass at the top of their input, single parameters included. Undefined when a ref is broken. */
export function inputNames(folder: SpecFolder, operation: OperationSite): string[] | undefined {
  const fields = inputFields(folder, operation);
  const request = inputSchema(folder, operation);
  const choices = request === undefined ? [] : branchesOf(folder, request).map((branch) => fieldsOf(folder, branch));
  const parameters = singleParameters(folder, operation);
  if (fields === undefined) return undefined;
  const names = [fields, ...choices].flatMap((found) => [...(found?.keys() ?? [])]);
  return [...new Set(names), ...parameters.flatMap(({ value }) => stringsOf([value.name]))];
}
