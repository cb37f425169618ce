import { isMap, mapOf } from "../json.js";
import { houseOf } from "../providers.js";
import { answerOf } from "../read/body.js";
import type { SpecFolder } from "../read/folder.js";
import { follow, type Located } from "../read/ref.js";
import type { OperationSite } from "../read/survey.js";

/** What callers get: inside the provider's envelope, found on the way through refs, or the whole answer. */
export function dataSchema(folder: SpecFolder, operation: OperationSite): Located | undefined {
  const response = answerOf(folder, operation)?.schema;
  const { envelope } = houseOf(folder.provider);
  return response === undefined || envelope === undefined ? response : below(response, envelope);

  function below({ source, path, value }: Located, field: string): Located | undefined {
    if (!isMap(value)) return undefined;
    const own = mapOf(value.properties)[field];
    if (own !== undefined) return { source, path: [...path, "properties", field], value: own };
    const target = typeof value.$ref === "string" ? follow(folder, source, value.$ref) : undefined;
    // The envelope block itself says only that there is data.
    const isUseless = target === undefined || "broken" in target || target.source.kind !== "document";
    return isUseless ? undefined : below(target, field);
  }
}
