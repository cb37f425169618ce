import { textOf } from "../json.js";
import type { Operation, Parameter, ParameterStyle } from "../model.js";
import { pascalCase } from "../names.js";
import type { SpecFolder } from "../read/folder.js";
import { type ParameterSite, schemaOf, singleParameters } from "../read/parameters.js";
import type { OperationSite } from "../read/site.js";
import { isClients } from "../walk.js";
import type { Resolver } from "./schema.js";

/** OpenAPI ignores parameters of these names: other parts of a document say what they are. */
const ignoredHeaders = ["accept", "authorization", "content-type"];

/** The parameters that are described by themselves, each under a name that the input has once. */
export function parametersFor(folder: SpecFolder, resolver: Resolver, site: OperationSite): Parameter[] {
  const isOwn = folder.settings.rules === "own";
  const parameters = singleParameters(folder, site)
    .filter(({ value }) => isOwn || value.in !== "header" || !ignoredHeaders.includes(textOf(value.name).toLowerCase()))
    .map((parameter) => parameterOf(resolver, parameter));
  const taken = new Set<string>();
  return parameters.map((parameter) => {
    const { name, in: where } = parameter;
    const field = taken.has(name) ? `${name}In${pascalCase(where)}` : name;
    taken.add(field);
    return field === name ? parameter : { ...parameter, field };
  });
}

function parameterOf({ resolve }: Resolver, site: ParameterSite): Parameter {
  const { name, in: where, required, description, deprecated, style, explode, content } = site.value;
  // A parameter is always sent, whatever the schema that it shares with an answer says.
  const { readOnly: _r, writeOnly: _w, ...schema } = resolve(schemaOf(site));
  const said = typeof description === "string" ? { description } : {};
  const parameter: Parameter = {
    name: String(name),
    in: where as Parameter["in"],
    required: required === true || where === "path",
    schema: { ...said, ...schema, ...(deprecated === true ? { deprecated } : {}) },
  };
  if (content !== undefined) return { ...parameter, style: "json" };
  const usual = where === "query" || where === "cookie" ? "form" : "simple";
  const written = textOf(style) || usual;
  if (written !== usual) parameter.style = written as ParameterStyle;
  if (typeof explode === "boolean" && explode !== (written === "form")) parameter.explode = explode;
  return parameter;
}

/** Whether a body is one of several objects, and nothing has to stand beside it in the input: then it is the input. */
export function isChoiceAlone(request: Operation["request"], parameters: readonly Parameter[]): boolean {
  const { oneOf = [], properties, allOf, anyOf } = request ?? {};
  const isObjects = oneOf.length > 0 && oneOf.every((branch) => branch.properties !== undefined);
  const isAlone = [properties, allOf, anyOf].every((part) => part === undefined);
  return isObjects && isAlone && parameters.every(isClients);
}

/** Whether a body's fields can stand in the input, beside the parameters. */
export function isFlat(request: Operation["request"], parameters: readonly Parameter[]): boolean {
  if (request?.properties === undefined || Object.keys(request.properties).length === 0) return false;
  const names = new Set(parameters.map(({ field, name }) => field ?? name));
  const isOpen = request.additionalProperties !== undefined && request.additionalProperties !== false;
  const isChoice = request.oneOf ?? request.anyOf ?? request.allOf;
  const clashes = Object.keys(request.properties).some((name) => names.has(name));
  return !isOpen && isChoice === undefined && request.type === "object" && !clashes;
}
