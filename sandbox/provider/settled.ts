/**
 * Look-ups that tell what became of something (`x-settled-by`): they go by what was recorded.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import type { Json } from "../shared/json.js";
import { type Effects, valuesOf } from "./effects.js";
import type { ProviderRoute } from "./routes.js";
import { typesOf } from "./schema.js";

/**
 * What was recorded of what a look-up asks for: of one thing, or of several where it answers with a list.
 * @returns `nothing` when it names something that was never carried out; undefined when that is not what it is about
 */
export function recordedFor(
  route: ProviderRoute,
  input: Json,
  effects: Effects,
): Json | readonly Json[] | "nothing" | undefined {
  const { settles, operation } = route;
  if (settles.length === 0) return undefined;
  const names = new Map(
    Object.keys(input).flatMap((name) => knownAs(route, name).map((known) => [name, known] as const)),
  );
  const isList = hasList(route.data);
  if (names.size === 0 && !isList) return undefined;
  const found = effects
    .of(settles)
    .map(valuesOf)
    .filter((values) => [...names].every(([name, known]) => same(values[known], input[name])));
  if (isList) return found.length > 0 || names.size > 0 ? found : undefined;
  const [latest] = found.slice(-1);
  if (latest) return latest;
  // What the spec itself shows is there for those who only look around.
  const isShown = [...names.keys()].every((name) =>
    examplesOf(operation, name).some((example) => same(example, input[name])),
  );
  return isShown ? undefined : "nothing";
}

/** By which name what is settled knows a field: by its own, or `orderId` as the `id` of what it answered. */
function knownAs({ settles, operation }: ProviderRoute, name: string): string[] {
  if (settles.some(({ fields }) => fields.has(name))) return [name];
  const isPath = operation.parameters.some(
    (parameter) => parameter.in === "path" && (parameter.field ?? parameter.name) === name,
  );
  return isPath && /(Id|_id|-id)$/.test(name) && settles.some(({ fields }) => fields.has("id")) ? ["id"] : [];
}

function same(one: unknown, other: unknown): boolean {
  return one !== undefined && String(one) === String(other);
}

function examplesOf({ parameters, request }: ProviderRoute["operation"], name: string): readonly unknown[] {
  const parameter = parameters.find(({ field, name: own }) => (field ?? own) === name);
  return (parameter?.schema ?? request?.properties?.[name])?.examples ?? [];
}

function hasList(data: Schema): boolean {
  return (
    typesOf(data).includes("array") ||
    Object.values(data.properties ?? {}).some((schema) => typesOf(schema).includes("array"))
  );
}
