import { isMap } from "../json.js";
import type { Problem } from "../model.js";
import { addressOf, follow, type Located } from "../read/ref.js";
import { dataKeys, type RefSite, type Survey } from "../read/survey.js";
import { keyProblem, problem } from "./rule.js";

/** Every ref leads somewhere. */
export function brokenRefs({ folder, refs }: Survey): Problem[] {
  return refs.flatMap((site) => {
    if (typeof site.ref !== "string") return [problem(site, "$ref must be text")];
    const found = follow(folder, site.source, site.ref);
    return "broken" in found ? [problem(site, `$ref leads nowhere: ${found.broken}`)] : [];
  });
}

/**
 * No schema contains itself. The provider's answers are trees, and a type that is flattened or an example that is made up from
 * a schema needs an end.
 */
export function cyclicRefs({ folder, refs }: Survey): Problem[] {
  const finished = new Set<string>();

  function visit(located: Located, trail: string[]): string[] | undefined {
    const address = addressOf(located);
    const start = trail.indexOf(address);
    if (start >= 0) return [...trail.slice(start), address];
    if (finished.has(address)) return undefined;
    for (const ref of refsIn(located)) {
      const next = follow(folder, located.source, ref);
      const circle = "broken" in next ? undefined : visit(next, [...trail, address]);
      if (circle !== undefined) return circle;
    }
    finished.add(address);
    return undefined;
  }

  const reported = new Set<string>();
  return refs.flatMap((site: RefSite) => {
    const target = typeof site.ref === "string" ? follow(folder, site.source, site.ref) : undefined;
    if (target === undefined || "broken" in target) return [];
    const circle = visit(target, []);
    const key = circle && [...new Set(circle)].sort().join(" ");
    if (circle === undefined || key === undefined || reported.has(key)) return [];
    reported.add(key);
    const inheritance = site.path.includes("allOf")
      ? "allOf goes in a circle"
      : "a schema that contains itself is not supported";
    return [problem(site, `${inheritance}: ${circle.map(shortName).join(" → ")}; take one of these refs out`)];
  });
}

function refsIn({ value }: Located): string[] {
  const found: string[] = [];
  function collect(node: unknown, isFieldMap: boolean): void {
    if (Array.isArray(node)) for (const item of node) collect(item, false);
    if (!isMap(node)) return;
    for (const [key, below] of Object.entries(node)) {
      if (isFieldMap) collect(below, false);
      else if (key === "$ref" && typeof below === "string") found.push(below);
      else if (!dataKeys.has(key)) collect(below, key === "properties");
    }
  }
  collect(value, false);
  return found;
}

function shortName(address: string): string {
  return address.slice(address.lastIndexOf("/") + 1);
}

/** Every schema of a document's components is used. Dictionaries are shared and may hold more. */
export function unusedSchemas({ folder, refs, schemas }: Survey): Problem[] {
  const used = new Set(
    refs.flatMap(({ source, ref }) => {
      const found = typeof ref === "string" ? follow(folder, source, ref) : undefined;
      return found === undefined || "broken" in found ? [] : [addressOf(found)];
    }),
  );
  return schemas
    .filter((site) => site.role === "named" && !used.has(addressOf(site)))
    .map((site) => keyProblem(site, `nothing refers to the schema ${String(site.path.at(-1))}: use it or take it out`));
}
