import type { Operation, Schema } from "../model.js";
import { childrenOf, dataOf, inputOf, isFile, join, schemasIn } from "../walk.js";
import { isFilledIn } from "./type-document.js";
import { variantsIn } from "./variants.js";

/** What the runtime is told about an operation. Keys without a value are left out of the generated constant. */
export interface OperationConstant {
  id: string;
  method: Operation["method"];
  path: string;
  retry: Operation["retry"];
  required: string[] | undefined;
  defaults: Record<string, unknown> | undefined;
  variants: ReturnType<typeof variantsIn>;
  encrypted: string[] | undefined;
  files: string[] | undefined;
  sensitive: string[] | undefined;
  many: string[] | undefined;
  success: string[] | undefined;
  twoWay: true | undefined;
  bodyType: "multipart" | undefined;
}

export function operationConstant(operation: Operation): OperationConstant {
  const input = inputOf(operation) ?? {};
  // The answer to 추가인증 travels in the same body as the input.
  const sent = [input, ...Object.values(operation.twoWay ?? {})];
  const needed = requiredFields(input);
  const filledIn = needed.filter(({ schema }) => isFilledIn(schema, "input"));
  return {
    id: `${operation.module}.${operation.id}`,
    method: operation.method,
    path: operation.path,
    retry: operation.retry,
    required: listed(needed.filter((field) => !filledIn.includes(field)).map(({ path }) => path)),
    defaults:
      filledIn.length === 0
        ? undefined
        : Object.fromEntries(filledIn.map(({ path, schema }) => [path, schema.default])),
    variants: variantsIn(input),
    encrypted: listed(pathsIn(sent, (schema) => schema["x-encrypted"] !== undefined)),
    files: listed(pathsIn(sent, (schema) => isFile(schema))),
    sensitive: listed(pathsIn(sent, (schema) => schema["x-sensitive"] === true && schema["x-encrypted"] === undefined)),
    many: listed(pathsIn([dataOf(operation)], (schema) => schema["x-shape"] === "one-or-many")),
    success: listed(operation.success),
    twoWay: operation.twoWay === undefined ? undefined : true,
    bodyType: operation.requestType === "multipart/form-data" ? "multipart" : undefined,
  };
}

/** Whether callers can leave the input out altogether. */
export function isInputOptional(operation: Operation): boolean {
  const input = inputOf(operation);
  if (input?.oneOf !== undefined) return false;
  return (input?.required ?? []).every((name) => isFilledIn(input?.properties?.[name], "input"));
}

function listed(paths: string[]): string[] | undefined {
  return paths.length === 0 ? undefined : paths;
}

function pathsIn(schemas: readonly Schema[], wanted: (schema: Schema) => boolean): string[] {
  const found = schemas.flatMap((schema) => [...schemasIn(schema)].filter((site) => wanted(site.schema)));
  return [...new Set(found.map(({ path }) => path))];
}

/** Required fields, parents first. Branches of a union are left alone: which of them applies is the caller's choice. */
function requiredFields(schema: Schema, path = ""): { path: string; schema: Schema }[] {
  const own = Object.entries(schema.properties ?? {})
    .filter(([name]) => schema.required?.includes(name))
    .map(([name, field]) => ({ path: join(path, name), schema: field }));
  const below = childrenOf(schema)
    .filter(({ below }) => below !== "")
    .flatMap(({ child, below }) => requiredFields(child, join(path, below)));
  return [...own, ...below];
}
