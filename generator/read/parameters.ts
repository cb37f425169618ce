import { isMap, type JsonMap, listOf } from "../json.js";
import type { SpecFolder } from "./folder.js";
import { followAll, type Located, locatedAt, valueAt } from "./ref.js";
import { shapeOf } from "./shape.js";
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

/** The parameters that are described by themselves. */
export function singleParameters(folder: SpecFolder, place: Place): ParameterSite[] {
  return parametersOf(folder, place).filter((parameter) => !isQueryObject(folder, parameter));
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
