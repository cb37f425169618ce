import { isMap, type JsonMap, listOf, mapOf } from "../json.js";
import type { SpecFolder } from "./folder.js";
import { followAll, type Located, locatedAt, valueAt } from "./ref.js";
import { fieldsOf, saidBy, shapeOf } from "./shape.js";
import type { OperationSite } from "./site.js";

export type ParameterSite = Located & { value: JsonMap };

type Place = Pick<OperationSite, "source" | "path">;

/** The parameters of an operation's path and its own, through refs; its own come last, and win where names are the same. */
export function parametersOf(folder: SpecFolder, { source, path }: Place): ParameterSite[] {
  const found = [path.slice(0, -1), path].flatMap((holder) => {
    const list = [...holder, "parameters"];
    return listOf(valueAt(source, list)).flatMap((value, index) => {
      const target = followAll(folder, { source, path: [...list, index], value });
      return target !== undefined && isMap(target.value) ? [{ ...target, value: target.value }] : [];
    });
  });
  return [...new Map(found.map((parameter) => [`${parameter.value.in} ${parameter.value.name}`, parameter])).values()];
}

/** The parameters that are described by themselves, and have more than one value. */
export function singleParameters(folder: SpecFolder, place: Place): ParameterSite[] {
  const all = parametersOf(folder, place);
  return all.filter(
    (parameter) => !isQueryObject(folder, parameter, all) && constantOf(folder, parameter) === undefined,
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
  const all = parametersOf(folder, place);
  return all.find((parameter) => isQueryObject(folder, parameter, all));
}

/** Its schema, which one with `content` has below its media type. */
export function schemaOf({ source, path, value }: ParameterSite): Located {
  const [media] = Object.keys(mapOf(value.content));
  return locatedAt(source, media === undefined ? [...path, "schema"] : [...path, "content", media, "schema"]);
}

/** In documents of others only where it is all of the query, and written so: otherwise an object is a parameter among others. */
function isQueryObject(folder: SpecFolder, parameter: ParameterSite, all: readonly ParameterSite[]): boolean {
  const { in: where, style = "form", explode = true } = parameter.value;
  if (where !== "query" || shapeOf(folder, schemaOf(parameter)) !== "object") return false;
  if (folder.settings.rules === "own") return true;
  const others = all.filter(({ value }) => value.in === "query");
  const fields = fieldsOf(folder, schemaOf(parameter));
  return others.length === 1 && style === "form" && explode === true && fields !== undefined && fields.size > 0;
}
