import { isMap, type JsonMap, listOf } from "../json.js";
import type { SpecFolder } from "./folder.js";
import { followAll, type Located, locatedAt, valueAt } from "./ref.js";
import { saidBy, shapeOf } from "./shape.js";
import type { OperationSite } from "./site.js";

export type ParameterSite = Located & { value: JsonMap };

type Place = Pick<OperationSite, "source" | "path">;

/** The parameters of an operation's path and its own, through refs; its own come last, and win where names are the same. */
export function parametersOf(folder: SpecFolder, { source, path }: Place): ParameterSite[] {
  return [path.slice(0, -1), path].flatMap((holder) => {
    const list = [...holder, "parameters"];
    return listOf(valueAt(source, list)).flatMap((value, index) => {
      const found = followAll(folder, { source, path: [...list, index], value });
      return found !== undefined && isMap(found.value) ? [{ ...found, value: found.value }] : [];
    });
  });
}

/** The parameters that are described by themselves, and have more than one value. */
export function singleParameters(folder: SpecFolder, place: Place): ParameterSite[] {
  return parametersOf(folder, place).filter(
    (parameter) => !isQueryObject(folder, parameter) && constantOf(folder, parameter) === undefined,
  );
}

/** Headers with one value: whoever calls the operation has nothing to say about them. */
export function constantHeaders(folder: SpecFolder, place: Place): Record<string, string> {
  const headers = parametersOf(folder, place).flatMap((parameter) => {
    const constant = constantOf(folder, parameter);
    return constant === undefined ? [] : [[String(parameter.value.name), constant] as const];
  });
  return Object.fromEntries(headers);
}

function constantOf(folder: SpecFolder, parameter: ParameterSite): string | undefined {
  if (parameter.value.in !== "header") return undefined;
  const constant = saidBy(folder, [schemaOf(parameter)], "const");
  return constant === undefined ? undefined : String(constant);
}

/** The parameter that describes the whole query as one object. */
export function queryObject(folder: SpecFolder, place: Place): ParameterSite | undefined {
  return parametersOf(folder, place).find((parameter) => isQueryObject(folder, parameter));
}

export function schemaOf({ source, path }: ParameterSite): Located {
  return locatedAt(source, [...path, "schema"]);
}

function isQueryObject(folder: SpecFolder, parameter: ParameterSite): boolean {
  return parameter.value.in === "query" && shapeOf(folder, schemaOf(parameter)) === "object";
}
