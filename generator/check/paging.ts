import { isMap, mapOf } from "../json.js";
import type { Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import { dataSchema } from "../read/callers.js";
import { fieldAt, itemsOf } from "../read/field-at.js";
import type { Located } from "../read/ref.js";
import type { OperationSite } from "../read/site.js";
import type { Survey } from "../read/survey.js";
import { inputNames } from "./input-names.js";
import { keyProblem, problem, unknownKeys } from "./rule.js";
import { isText, isTextMap } from "./values.js";

/** What each way to ask for further pages says: `true` for what it must say. */
const styles: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  page: { page: true, more: true, next: true },
  "page-number": { page: true, list: true, first: false, last: false },
  cursor: { cursor: true, next: true },
  "header-key": { keys: false },
  key: { keys: true, set: false, continued: false },
  walk: { list: true, back: true, until: false, set: false },
};

const names = ["page", "more", "next"] as const;

/** `x-paging` says everything that its way to ask for further pages needs, and nothing else. */
export function pagingShape({ folder, operations }: Survey): Problem[] {
  return operations.flatMap((operation) => {
    const paging = operation.value["x-paging"];
    if (!isMap(paging)) return [];
    const problems = paging.style === undefined ? plainShape(operation, paging) : styledShape(operation, paging);
    return [...problems, ...(folder.settings.data.paging === undefined ? withoutHeaders(operation, paging) : [])];
  });
}

/** What the headers of pages are called is the provider's, not the operation's. */
function withoutHeaders(operation: OperationSite, { style, continued }: Record<string, unknown>): Problem[] {
  if (style !== "header-key" && continued !== true) return [];
  const message = "x-paging goes by headers here: say under paging in provider.yaml what they are called";
  return [problem(operation, message, "x-paging", style === "header-key" ? "style" : "continued")];
}

function plainShape(operation: OperationSite, paging: Record<string, unknown>): Problem[] {
  const fits = Object.keys(paging).length === names.length && names.every((name) => isText(paging[name]));
  const mend = `must name fields under next, more and page, or a style: ${Object.keys(styles).join(", ")}`;
  return fits ? [] : [problem(operation, `x-paging ${mend}`, "x-paging")];
}

function styledShape(operation: OperationSite, { style, ...parts }: Record<string, unknown>): Problem[] {
  const known = styles[String(style)];
  if (known === undefined) {
    const hint = didYouMean(String(style), Object.keys(styles)) || `; choose from ${Object.keys(styles).join(", ")}`;
    return [problem(operation, `x-paging has no style ${JSON.stringify(style)}${hint}`, "x-paging", "style")];
  }
  const missing = Object.keys(known).filter((key) => known[key] && parts[key] === undefined);
  const wrong = Object.entries(parts).filter(([key, value]) => Object.hasOwn(known, key) && !fitsUnder(key, value));
  return [
    ...unknownKeys(operation, Object.keys(parts), Object.keys(known), "x-paging"),
    ...missing.map((key) => keyProblem(operation, `x-paging of style ${style} has no ${key}`, "x-paging")),
    ...wrong.map(([key]) => {
      return problem(operation, `x-paging: ${key} ${formOf(key)}`, "x-paging", key);
    }),
  ];
}

function formOf(key: string): string {
  if (key === "first") return "must be a whole number";
  if (key === "continued") return "must be true, or left out";
  return isMapKey(key) ? `must be a map field → text${key === "back" ? ", or texts" : ""}` : "must name a field";
}

function isMapKey(key: string): boolean {
  return key === "keys" || key === "set" || key === "back";
}

function fitsUnder(key: string, value: unknown): boolean {
  if (key === "back") return isMap(value) && Object.values(value).every((from) => isText(from) || isTextPair(from));
  if (key === "first") return Number.isInteger(value);
  if (key === "continued") return value === true;
  return isMapKey(key) ? isTextMap(value) : isText(value);
}

/** A date and a time of day that are sent as one. */
function isTextPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(isText);
}

/** `x-paging` names fields that are there: some are sent, some come back. */
export function pagingFields({ folder, operations }: Survey): Problem[] {
  return operations.flatMap((operation) => {
    const paging = operation.value["x-paging"];
    if (!isMap(paging)) return [];
    const { page, cursor, more, next, last, keys, set, back, list, until } = paging;
    const data = dataSchema(folder, operation);
    const found = data && isText(list) ? fieldAt(folder, data, list) : undefined;
    const listed = found && "found" in found ? found.found : undefined;
    const items = listed && itemsOf(folder, listed);
    const sentKeys = Object.entries({ keys, set, back }).flatMap(([key, fields]) =>
      Object.keys(mapOf(fields)).map((name) => ({ name, at: [key, name] })),
    );
    return [
      ...sent(operation, page, "page"),
      ...sent(operation, cursor, "cursor"),
      ...sent(operation, until, "until"),
      ...sentKeys.flatMap(({ name, at }) => sent(operation, name, ...at)),
      ...came(operation, data, more, "more"),
      ...came(operation, data, next, "next"),
      ...came(operation, data, last, "last"),
      ...came(operation, data, list, "list"),
      ...Object.entries(mapOf(keys)).flatMap(([name, path]) => came(operation, data, path, "keys", name)),
      ...Object.entries(mapOf(back)).flatMap(([name, from]) =>
        [from].flat().flatMap((path) => came(operation, items, path, "back", name)),
      ),
      ...(listed !== undefined && items === undefined
        ? [problem(operation, `x-paging walks along ${JSON.stringify(list)}, which is no list`, "x-paging", "list")]
        : []),
    ];
  });

  /** A name that is the key of a map is found fault with there. */
  function sent(operation: OperationSite, name: unknown, ...below: string[]): Problem[] {
    const known = inputNames(folder, operation);
    if (typeof name !== "string" || known === undefined || known.includes(name)) return [];
    const finding = below.length === 1 ? problem : keyProblem;
    return [finding(operation, noField(name, `the input${didYouMean(name, known)}`), "x-paging", ...below)];
  }

  function came(operation: OperationSite, data: Located | undefined, path: unknown, ...below: string[]): Problem[] {
    const field = data && typeof path === "string" ? fieldAt(folder, data, path) : undefined;
    if (field === undefined || "found" in field) return [];
    const where = below[0] === "back" ? "the items of its list" : "the data of the answer";
    const message = noField(String(path), `${where}${didYouMean(field.missing, field.known)}`);
    return [problem(operation, message, "x-paging", ...below)];
  }
}

function noField(name: string, where: string): string {
  return `x-paging names ${JSON.stringify(name)}, which is no field of ${where}`;
}

/** Nobody is there to answer 추가인증 between two pages. */
export function pagingAlone({ operations }: Survey): Problem[] {
  return operations
    .filter(({ value }) => value["x-paging"] !== undefined && value["x-two-way"] !== undefined)
    .map((operation) =>
      keyProblem(operation, "x-paging cannot stand beside x-two-way: take one of them out", "x-paging"),
    );
}
