import { isMap, type JsonMap, listOf } from "../json.js";
import type { SpecFolder } from "./folder.js";
import { followAll, type Located, valueAt } from "./ref.js";
import type { OperationSite } from "./survey.js";

/** The parameters of an operation's path and its own, through refs; its own come last, and win where names are the same. */
export function parametersOf(
  folder: SpecFolder,
  { source, path }: Pick<OperationSite, "source" | "path">,
): (Located & { value: JsonMap })[] {
  return [path.slice(0, -1), path].flatMap((holder) => {
    const list = [...holder, "parameters"];
    return listOf(valueAt(source, list)).flatMap((value, index) => {
      const found = followAll(folder, { source, path: [...list, index], value });
      return found !== undefined && isMap(found.value) ? [{ ...found, value: found.value }] : [];
    });
  });
}
