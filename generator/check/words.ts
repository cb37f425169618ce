/**
 * Words that OpenAPI and JSON Schema give a meaning, and that readers pass over without a word when they are misspelt.
 * @module
 */
import type { Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import { parametersOf } from "../read/parameters.js";
import type { Survey } from "../read/survey.js";
import { keyProblem, problem } from "./rule.js";

const TYPES = ["string", "number", "integer", "boolean", "object", "array", "null"];

/** Forms of texts on the wires of Korean finance, as `specs/README.md` lists them. */
const WIRE_FORMATS = [
  ...["amount", "decimal", "base64"],
  ...["yyyymmdd", "yymmdd", "yyyymm", "yyyy", "yyyymmdd or yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"],
  ...["hhmmss", "hhmm", "hh:mm:ss", "hh:mm", "yyyymmddhhmmss", "yyyymmddhhmmssSSS"],
];

/** What JSON Schema 2020-12 and the format registry of OpenAPI name. */
const REGISTERED_FORMATS = [
  ...["date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6"],
  ...["uri", "uri-reference", "iri", "iri-reference", "uri-template", "uuid", "json-pointer", "relative-json-pointer"],
  ...["regex", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "single-int", "double-int"],
  ...["float", "double", "decimal128", "binary", "byte", "char", "password", "html", "commonmark", "media-range"],
];

/** `type: int` would be a field of any type. */
export function schemaTypes({ schemas }: Survey): Problem[] {
  return schemas.flatMap((site) => {
    const { type } = site.value;
    if (type === undefined) return [];
    const isList = Array.isArray(type);
    return (isList ? type : [type]).flatMap((word, index) => {
      if (TYPES.includes(word)) return [];
      const meant = typeof word === "string" ? didYouMean(word, TYPES) || `: choose from ${TYPES.join(", ")}` : "";
      const below = isList ? ["type", index] : ["type"];
      return [problem(site, `${JSON.stringify(word)} is no type of JSON Schema${meant}`, ...below)];
    });
  });
}

/** `format: decimals` would be a text like any other. */
export function schemaFormats({ schemas }: Survey): Problem[] {
  const known = [...WIRE_FORMATS, ...REGISTERED_FORMATS];
  return schemas.flatMap((site) => {
    const { format } = site.value;
    if (format === undefined || known.includes(String(format))) return [];
    const meant = didYouMean(String(format), known) || ": specs/README.md lists them";
    return [problem(site, `${JSON.stringify(format)} is no format that kofin knows${meant}`, "format")];
  });
}

/** A path without its slash would become a part of the host's name. */
export function pathSlashes({ operations }: Survey): Problem[] {
  return operations
    .filter(({ route }) => !route.startsWith("/"))
    .map((operation) =>
      keyProblem(operation, `the path ${operation.route} has to begin with a slash: /${operation.route}`),
    );
}

/** There is no request without what stands in its path. */
export function requiredPathParameters({ folder, operations }: Survey): Problem[] {
  const found = operations.flatMap((operation) =>
    parametersOf(folder, operation)
      .filter(({ value }) => value.in === "path" && value.required !== true)
      .map((parameter) =>
        problem(parameter, `the path parameter ${String(parameter.value.name)} needs required: true`),
      ),
  );
  return [...new Map(found.map((finding) => [JSON.stringify(finding.at), finding])).values()];
}
