import { mapOf } from "../json.js";
import type { Problem } from "../model.js";
import { saidBy } from "../read/shape.js";
import type { SchemaSite, Survey } from "../read/survey.js";
import { inputFields } from "./input-names.js";
import { keyProblem } from "./rule.js";

/** What the client fills in has no default: which of the two would it be? */
export function oneFiller({ folder, schemas }: Survey): Problem[] {
  const saysEither = ({ value }: SchemaSite) => value["x-from"] !== undefined || value.default !== undefined;
  return schemas.filter(saysEither).flatMap((site) => {
    if (["x-from", "default"].some((key) => saidBy(folder, [site], key) === undefined)) return [];
    const message = "x-from and a default would both fill this in: take one of them out";
    return [keyProblem(site, message, site.value["x-from"] === undefined ? "default" : "x-from")];
  });
}

/** The fields that are generated beside those of a request have their names for themselves. */
export function pseudoFieldNames({ folder, operations }: Survey): Problem[] {
  return operations.flatMap((operation) => {
    const fields = inputFields(folder, operation) ?? new Map();
    const isForAccount = [...fields.values()].some((places) => saidBy(folder, places, "x-from") === "account");
    const hasActions = typeof mapOf(operation.value["x-tr-id"]).real === "object";
    const generated = [...(hasActions ? ["action"] : []), ...(isForAccount ? ["account"] : [])];
    return generated.flatMap((name) => {
      const [place] = fields.get(name) ?? [];
      if (place === undefined) return [];
      return [keyProblem(place, `the field ${name} is generated for ${operation.id}, so no field can have this name`)];
    });
  });
}
