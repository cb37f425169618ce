import { isMap, listOf, mapOf } from "../json.js";
import type { Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import type { SpecFolder } from "../read/folder.js";
import { follow, type Located, locatedAt } from "../read/ref.js";
import { fieldsOf, layersOf, shapeOf, typesOf } from "../read/shape.js";
import type { SchemaSite, Survey } from "../read/survey.js";
import { keyProblem, problem } from "./rule.js";

/** Every field has its Korean label. An object block of a dictionary is labelled by the fields that use it. */
export function fieldTitles({ folder, schemas }: Survey): Problem[] {
  return (
    schemas
      .filter((site) => site.role === "field" || (site.role === "entry" && shapeOf(folder, site) !== "object"))
      // What goes in a circle has been reported as such.
      .filter((site) => layersOf(folder, site) !== undefined)
      .filter((site) => !placesOf(folder, site).some((place) => hasTitle(folder, place)))
      .map((site) => keyProblem(site, `the field ${String(site.path.at(-1))} has no title: give its Korean label`))
  );
}

/** Where a field is described: here, and in the blocks that its object is built from. */
function placesOf(folder: SpecFolder, { source, path, value, role }: SchemaSite): Located[] {
  const own = { source, path, value };
  if (role !== "field") return [own];
  const owner = locatedAt(source, path.slice(0, -2));
  return fieldsOf(folder, owner)?.get(String(path.at(-1))) ?? [own];
}

/** Its own title, or that of what it refers to. A broken ref has been reported as such. */
function hasTitle(folder: SpecFolder, { source, value }: Located, depth = 0): boolean {
  if (!isMap(value) || depth > 50) return true;
  if (typeof value.title === "string" && value.title !== "") return true;
  if (typeof value.$ref !== "string") return false;
  const target = follow(folder, source, value.$ref);
  return "broken" in target || hasTitle(folder, target, depth + 1);
}

/** `required` names fields that are there. A part of a schema may require what the whole has. */
export function requiredFields({ folder, schemas }: Survey): Problem[] {
  return schemas.flatMap((site) => {
    const required = listOf(site.value.required);
    const known = required.length === 0 ? undefined : knownNames(folder, site);
    if (known === undefined) return [];
    return required.flatMap((name, index) => {
      if (known.includes(String(name))) return [];
      const message = `required names ${JSON.stringify(name)}, which is no field here${didYouMean(String(name), known)}`;
      return [problem(site, message, "required", index)];
    });
  });
}

function knownNames(folder: SpecFolder, site: SchemaSite): string[] | undefined {
  const own = fieldsOf(folder, site);
  const whole = site.whole === undefined ? [] : knownNames(folder, site.whole);
  return own === undefined || whole === undefined ? undefined : [...own.keys(), ...whole];
}

/** Digits of any length are text on the wire. */
export function decimalTexts({ folder, schemas }: Survey): Problem[] {
  return schemas.flatMap((site) => {
    const types = site.value.format === "decimal" ? typesOf(folder, site) : undefined;
    if (types === undefined || types.includes("string")) return [];
    return [problem(site, `format: decimal does not belong on type ${types.join(" | ")}, but on a string`, "format")];
  });
}

/** x-organization names domains of organizations.yaml. */
export function organizationDomains({ folder, schemas }: Survey): Problem[] {
  const known = Object.keys(mapOf(folder.sources.get("organizations.yaml")?.data));
  return schemas.flatMap((site) => {
    const value = site.value["x-organization"];
    const named = Array.isArray(value)
      ? value.map((domain, index) => ({ domain, below: [index] }))
      : [{ domain: value, below: [] }];
    return named.flatMap(({ domain, below }) => {
      if (typeof domain !== "string" || known.includes(domain)) return [];
      const message = `organizations.yaml has no domain ${JSON.stringify(domain)}${didYouMean(domain, known)}`;
      return [problem(site, message, "x-organization", ...below)];
    });
  });
}
