import { mapOf } from "../json.js";
import type { Problem } from "../model.js";
import { isIdentifier } from "../names.js";
import { saidBy } from "../read/shape.js";
import type { Survey } from "../read/survey.js";
import { problem } from "./rule.js";

/** A list that has a name says the same of a code wherever it is met. */
export function codeLists({ folder, schemas }: Survey): Problem[] {
  const lists = new Map<string, Map<string, unknown>>();
  return schemas.flatMap((site) => {
    const name = site.value["x-code-list"];
    if (name === undefined) return [];
    if (typeof name !== "string" || !isIdentifier(name)) {
      return [
        problem(site, "x-code-list must be the name of a list in camel case, like exchangeDigits", "x-code-list"),
      ];
    }
    const codes = Object.entries(mapOf(saidBy(folder, [site], "x-codes")));
    if (codes.length === 0) return [problem(site, "x-code-list has no codes: list them as x-codes", "x-code-list")];
    const known = lists.get(name) ?? new Map<string, unknown>();
    lists.set(name, known);
    return codes.flatMap(([code, meaning]) => {
      const before = known.get(code);
      known.set(code, before ?? meaning);
      if (before === undefined || before === meaning) return [];
      const message = `${JSON.stringify(code)} of ${name} is ${before} elsewhere, and ${meaning} here: they are two lists`;
      return [problem(site, message, "x-code-list")];
    });
  });
}
