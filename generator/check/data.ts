import { isMap, mapOf, textOf } from "../json.js";
import type { Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import type { Source } from "../read/source.js";
import type { Survey } from "../read/survey.js";
import { keyProblem, problem, unquotedCodes } from "./rule.js";

/** organizations.yaml: `domain: { title, codes: { "0004": { name, note? } } }`. */
export function organizationsShape({ folder }: Survey): Problem[] {
  const source = folder.sources.get("organizations.yaml");
  if (source === undefined) return [];
  return Object.entries(mapOf(source.data)).flatMap(([domain, entry]) => {
    const { title, codes } = mapOf(entry);
    if (textOf(title) === "") return [entryProblem(source, `the domain ${domain} has no title`, domain)];
    if (!isMap(codes) || Object.keys(codes).length === 0) {
      return [entryProblem(source, `the domain ${domain} has no codes: give a map code → { name }`, domain)];
    }
    const unquoted = unquotedCodes(source, [domain, "codes"]);
    if (unquoted.length > 0) return unquoted;
    return Object.keys(codes)
      .filter((code) => textOf(mapOf(codes[code]).name) === "")
      .map((code) => entryProblem(source, `the organization ${code} has no name`, domain, "codes", code));
  });
}

/** What a program can do about a result: the table of `specs/README.md`, for the machine. */
const adviceWords: readonly string[] = [
  ...["success", "continue", "empty", "retry", "cool-down", "limit", "ask-user", "re-register", "fix-request"],
  ...["apply", "environment", "renew-token", "unavailable", "check-outcome", "report"],
];

/** `result-codes.yaml` and the tables like it: `CF-00000: { meaning, group, advice }`. */
export function resultCodesShape({ folder }: Survey): Problem[] {
  return [...folder.sources.values()].filter(({ kind }) => kind === "result-codes").flatMap(tableShape);
}

function tableShape(source: Source): Problem[] {
  if (!isMap(source.data)) return [problem({ source, path: [] }, "must be a map code → { meaning, group, advice }")];
  const unquoted = unquotedCodes(source, []);
  if (unquoted.length > 0) return unquoted;
  return Object.entries(source.data).flatMap(([code, entry]) => {
    const missing = ["meaning", "group", "advice"].filter((key) => textOf(mapOf(entry)[key]) === "");
    const advice = textOf(mapOf(entry).advice);
    return [
      ...missing.map((key) => entryProblem(source, `the result code ${code} has no ${key}`, code)),
      ...(advice === "" || adviceWords.includes(advice) ? [] : [unknownAdvice(source, code, advice)]),
    ];
  });
}

function unknownAdvice(source: Source, code: string, advice: string): Problem {
  const hint = didYouMean(advice, adviceWords) || `; choose from ${adviceWords.join(", ")}`;
  return problem({ source, path: [code, "advice"] }, `the advice ${JSON.stringify(advice)} is not known${hint}`);
}

function entryProblem(source: Source, message: string, ...path: string[]): Problem {
  return keyProblem({ source, path: [] }, message, ...path);
}
