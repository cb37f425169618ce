import { stringsOf } from "../json.js";
import type { Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import type { Survey } from "../read/survey.js";
import { problem } from "./rule.js";

/** `x-environments` names environments of `provider.yaml`. */
export function knownEnvironments({ folder, operations }: Survey): Problem[] {
  const known = Object.keys(folder.settings.data.environments);
  return operations.flatMap((operation) =>
    stringsOf(operation.value["x-environments"]).flatMap((name, index) => {
      if (known.includes(name)) return [];
      const message = `x-environments: provider.yaml has no environment ${JSON.stringify(name)}${didYouMean(name, known)}`;
      return [problem(operation, message, "x-environments", index)];
    }),
  );
}
