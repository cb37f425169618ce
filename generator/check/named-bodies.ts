import { isMap } from "../json.js";
import type { Problem } from "../model.js";
import { pascalCase } from "../names.js";
import { dataPlace, type ProviderSettings } from "../provider/settings.js";
import { answerOf, requestOf } from "../read/body.js";
import { dataSchema, inputSchema } from "../read/callers.js";
import { follow, followAll, type Located } from "../read/ref.js";
import { typeNameOf } from "../read/shape.js";
import type { Survey } from "../read/survey.js";
import { problem } from "./rule.js";

/** What callers pass and what they get have names, because functions are read by them. */
export function namedBodies({ folder, operations }: Survey): Problem[] {
  const { settings } = folder;
  return operations.flatMap((operation) => {
    const base = pascalCase(operation.id);
    const request = requestOf(folder, operation);
    const whole = settings.input === undefined ? "request body" : `${settings.input} of the request`;
    return [
      ...findings(request?.schema, inputSchema(folder, operation), {
        what: request?.in === "query" ? "query" : whole,
        missing: `the request has no ${settings.input}: say what stands in it, as a $ref to ${base}Request`,
        name: `${base}Request`,
      }),
      ...findings(answerOf(folder, operation)?.schema, dataSchema(folder, operation), {
        what: "data of the answer",
        missing: withoutData(settings, `${base}Data`),
        name: `${base}Data`,
      }),
    ];
  });

  function findings(whole: Located | undefined, part: Located | undefined, words: Words): Problem[] {
    if (whole !== undefined && part === undefined) return [problem(whole, words.missing)];
    if (part === undefined || isNamed(part)) return [];
    const mend = `must be a $ref to a named schema: #/components/schemas/${words.name}`;
    return [problem(part, `the ${words.what} ${mend}`)];
  }

  function isNamed({ source, value }: Located): boolean {
    const ref = isMap(value) ? value.$ref : undefined;
    const target = typeof ref === "string" ? follow(folder, source, ref) : undefined;
    // A ref that leads nowhere has been reported as such.
    if (target !== undefined && ("broken" in target || followAll(folder, target) === undefined)) return true;
    return target !== undefined && typeNameOf(folder, target) !== undefined;
  }
}

interface Words {
  what: string;
  missing: string;
  name: string;
}

function withoutData(settings: ProviderSettings, name: string): string {
  const data = dataPlace(settings);
  if (data === undefined || "inside" in data) {
    return `the answer has no ${data?.inside}: say what stands in it, as a $ref to ${name}`;
  }
  return `the answer must be allOf the block ${data.beside} and one $ref to ${name}, with nothing beside them`;
}
