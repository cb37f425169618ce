import { stringsOf } from "../json.js";
import type { Problem } from "../model.js";
import type { SpecFolder } from "../read/folder.js";
import { fieldsOf, saidBy } from "../read/shape.js";
import type { SchemaSite, Survey } from "../read/survey.js";
import { keyProblem } from "./rule.js";

/** The names in `x-also` are nobody else's: neither a field's beside it, nor in the `x-also` of one. Capitals make no difference. */
export function otherNames({ folder, schemas }: Survey): Problem[] {
  if (schemas.every(({ value }) => value["x-also"] === undefined)) return [];
  const problems = schemas.flatMap((site) => takenNames(folder, site));
  // A block's own findings are met again in everything that is built from it.
  return [...new Map(problems.map((found) => [JSON.stringify(found), found])).values()];
}

function takenNames(folder: SpecFolder, site: SchemaSite): Problem[] {
  const fields = fieldsOf(folder, site) ?? new Map();
  const owners = new Map([...fields.keys()].map((name: string) => [name.toLowerCase(), name]));
  return [...fields].flatMap(([name, places]) =>
    stringsOf(saidBy(folder, places, "x-also")).flatMap((other) => {
      const owner = owners.get(other.toLowerCase());
      owners.set(other.toLowerCase(), owner ?? name);
      if (owner === undefined || (owner === name && other !== name)) return [];
      const whose = owner === name ? "its own name already" : `the name of ${owner}, too`;
      return [keyProblem(places[0], `x-also of ${name}: ${JSON.stringify(other)} is ${whose}: take it out`)];
    }),
  );
}
