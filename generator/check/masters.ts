import { isMap, type JsonMap, mapOf, stringsOf, textOf } from "../json.js";
import type { Problem } from "../model.js";
import { fieldWords, isIdentifier, reservedFunctionNames } from "../names.js";
import { didYouMean } from "../nearest.js";
import type { Path, Source } from "../read/source.js";
import type { Survey } from "../read/survey.js";
import { layoutProblems } from "./master-layouts.js";
import { duplicates, keyProblem, problem, unknownKeys } from "./rule.js";

const topKeys = ["host", "encoding", "layouts", "files"];
const fileKeys = ["title", "layout", "path", "entry", "note", "confidence", "source"];
const confidences = ["high", "medium", "low"];

/** Names of constants that the generated file uses itself. */
const taken = new Set([...reservedFunctionNames, "host", "layouts", "masters"]);

/** `masters.yaml`: `{ host, encoding, layouts: { Name: … }, files: { id: … } }`. */
export function mastersShape({ folder }: Survey): Problem[] {
  const source = folder.sources.get("masters.yaml");
  if (source === undefined) return [];
  const top = { source, path: [] };
  if (!folder.settings.features.includes("masters")) {
    return [problem(top, "masters.yaml needs the feature masters: list it under generator.features of provider.yaml")];
  }
  if (!isMap(source.data)) return [problem(top, "must be a map of host, encoding, layouts and files")];
  const { host, encoding, layouts, files } = source.data;
  return [
    ...Object.keys(source.data)
      .filter((key) => !topKeys.includes(key))
      .map((key) => keyProblem(top, `masters.yaml has no key ${key}${didYouMean(key, topKeys)}`, key)),
    ...(/^https:\/\/[^/]+$/.test(textOf(host))
      ? []
      : [problem(top, "host must be an address like https://example.com, without a path", "host")]),
    ...(encoding === "cp949" ? [] : [problem(top, "encoding must be cp949: the reader knows no other", "encoding")]),
    ...Object.entries(mapOf(layouts)).flatMap(([name, layout]) => layoutProblems(source, name, mapOf(layout))),
    ...unusedLayouts(source, mapOf(layouts), mapOf(files)),
    ...Object.entries(mapOf(files)).flatMap(([id, file]) => fileProblems(source, id, mapOf(file), mapOf(layouts))),
    ...sameConstants(source, Object.keys(mapOf(files))),
  ];
}

/** Not where a file has a layout that is not there: that is the one it means. */
function unusedLayouts(source: Source, layouts: JsonMap, files: JsonMap): Problem[] {
  const used = new Set(Object.values(files).map((file) => textOf(mapOf(file).layout)));
  if ([...used].some((name) => !Object.hasOwn(layouts, name))) return [];
  return Object.keys(layouts)
    .filter((name) => !used.has(name))
    .map((name) => keyProblem({ source, path: [] }, `no file has the layout ${name}`, "layouts", name));
}

function fileProblems(source: Source, id: string, file: JsonMap, layouts: JsonMap): Problem[] {
  const path: Path = ["files", id];
  const { layout, entry, confidence } = file;
  const at = (message: string, ...below: string[]) => [problem({ source, path }, `${id}: ${message}`, ...below)];
  const isNamed = isIdentifier(fieldWords(id)) && !taken.has(fieldWords(id));
  const address = textOf(file.path);
  const isZip = address.endsWith(".zip");
  return [
    ...(isNamed ? [] : [keyProblem({ source, path: ["files"] }, `${id} cannot be the name of a constant`, id)]),
    ...unknownKeys({ source, path: ["files"] }, Object.keys(file), fileKeys, id),
    ...(textOf(file.title) === "" ? at("has no title") : []),
    ...(Object.hasOwn(layouts, textOf(layout))
      ? []
      : at(`there is no layout ${textOf(layout)}${didYouMean(textOf(layout), Object.keys(layouts))}`, "layout")),
    ...(address === "" || /^\/[^?#]+$/.test(address) ? [] : at("path must begin with /", "path")),
    ...(isZip && entry === undefined ? at("a zip needs the name of its entry", "path") : []),
    ...(!isZip && entry !== undefined ? at("entry: only a zip has one", "entry") : []),
    ...(confidences.includes(textOf(confidence))
      ? []
      : at(`confidence must be ${confidences.join(", ")}`, "confidence")),
    ...(stringsOf(file.source).length === 0 ? at("source must be a list of texts", "source") : []),
  ];
}

/** `fo_idx` and `foIdx` would be one. */
function sameConstants(source: Source, ids: readonly string[]): Problem[] {
  return duplicates(ids, fieldWords).map(({ again, first }) =>
    keyProblem({ source, path: ["files"] }, `its constant has the name of ${first}: ${fieldWords(first)}`, again),
  );
}
