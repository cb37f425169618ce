import { isMap, listOf } from "../json.js";
import type { Problem } from "../model.js";
import { addressOf, follow, type Located } from "../read/ref.js";
import { refsIn } from "../read/refs-in.js";
import type { Path } from "../read/source.js";
import type { RefSite, Survey } from "../read/survey.js";
import { keyProblem, problem } from "./rule.js";

/** Every ref leads somewhere. */
export function brokenRefs({ folder, refs }: Survey): Problem[] {
  return refs.flatMap((site) => {
    if (typeof site.ref !== "string") return [problem(site, "$ref must be text")];
    const found = follow(folder, site.source, site.ref);
    return "broken" in found ? [problem(site, `$ref leads nowhere: ${found.broken}`)] : [];
  });
}

/** A schema that is built from itself, or is a choice of itself, means nothing. */
export function allOfCircles(survey: Survey): Problem[] {
  return circles(survey, directRefs, (path) =>
    path.includes("allOf") ? "allOf goes in a circle" : "a schema is a choice of itself",
  );
}

/**
 * No schema contains itself. The provider's answers are trees, and a type that is flattened or an example that is made up from a
 * schema needs an end.
 */
export function containedSchemas(survey: Survey): Problem[] {
  const known = new Set(allOfCircles(survey).map(({ at }) => JSON.stringify(at)));
  const found = circles(survey, refsIn, () => "a schema that contains itself is not supported");
  return found.filter(({ at }) => !known.has(JSON.stringify(at)));
}

function circles(
  { folder, refs }: Survey,
  edges: (located: Located) => string[],
  message: (path: Path) => string,
): Problem[] {
  const finished = new Set<string>();

  function visit(located: Located, trail: string[]): string[] | undefined {
    const address = addressOf(located);
    const start = trail.indexOf(address);
    if (start >= 0) return [...trail.slice(start), address];
    if (finished.has(address)) return undefined;
    for (const ref of edges(located)) {
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
    // The ref to mend is one of the circle, not one that leads there.
    const here = addressOf(site);
    if (!circle.some((address) => here.startsWith(`${address}/`))) return [];
    reported.add(key);
    const names = circle.map(shortName).join(" → ");
    return [problem(site, `${message(site.path)}: ${names}; take one of these refs out`)];
  });
}

/** Refs to what a schema is built from or chosen from, not to what its fields are. */
function directRefs({ value }: Located): string[] {
  function collect(node: unknown): string[] {
    if (!isMap(node)) return [];
    const parts = ["allOf", "oneOf", "anyOf"].flatMap((key) => listOf(node[key]).flatMap(collect));
    return typeof node.$ref === "string" ? [node.$ref, ...parts] : parts;
  }
  return collect(value);
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
