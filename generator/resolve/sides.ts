import type { ApiDocument, Schema } from "../model.js";
import { inputOf, isFile, isFilledIn, partsOf } from "../walk.js";
import type { Resolver } from "./schema.js";

/**
 * Name → name for what callers pass, of the named schemas that stand in requests and in answers and are not the same there: fields that
 * only one side has, that may be left out, or that take something else.
 */
export function inputNames(
  documents: readonly ApiDocument[],
  { definitionOf, isTaken }: Resolver,
): Record<string, string> {
  const operations = documents.flatMap((document) => document.operations);
  const sent = new Map<string, Schema>();
  const received = new Map<string, Schema>();

  function reach(schema: Schema, found: Map<string, Schema>): void {
    const name = schema["x-name"];
    const definition = name === undefined ? schema : definitionOf(schema);
    if (name !== undefined && found.has(name)) return;
    if (name !== undefined) found.set(name, definition);
    for (const part of partsOf(definition)) reach(part, found);
  }

  for (const operation of operations) {
    const input = inputOf(operation);
    if (input !== undefined) for (const part of partsOf(input)) reach(part, sent);
    if (operation.request?.["x-name"] !== undefined) reach(operation.request, sent);
    reach(operation.data ?? operation.response, received);
  }
  const both = [...sent].filter(([name]) => received.has(name));
  const different = new Set(both.filter(([, definition]) => hasSides(definition)).map(([name]) => name));
  // What holds something with two forms has two itself.
  for (let size = -1; size !== different.size; ) {
    size = different.size;
    for (const [name, definition] of both) if (holds(definition, different)) different.add(name);
  }
  return Object.fromEntries([...different].sort().map((name) => [name, freeName(name)]));

  function freeName(name: string): string {
    const names = [`${name}Input`, `${name}ToSend`, `${name}InputSchema`];
    return names.find((candidate) => !isTaken(candidate)) ?? `${name}Input`;
  }
}

/** Whether a field of it, or of what it is made of without a name, differs by side. */
function hasSides(schema: Schema): boolean {
  const fields = Object.entries(schema.properties ?? {});
  return (
    fields.some(([name, field]) => {
      const isOptionalForCallers = isFilledIn(field) && schema.required?.includes(name);
      const isOneSided = field.readOnly === true || field.writeOnly === true;
      return isOneSided || isOptionalForCallers || field["x-encrypted"] !== undefined;
    }) ||
    [schema, ...partsOf(schema)].some((part) =>
      part["x-name"] === undefined || part === schema ? isOther(part, schema) : false,
    )
  );
}

function isOther(part: Schema, whole: Schema): boolean {
  const isOpen = part["x-open"] === true && part.enum !== undefined;
  if (isFile(part) || part.format === "decimal" || isOpen) return true;
  return part !== whole && hasSides(part);
}

function holds(definition: Schema, names: ReadonlySet<string>): boolean {
  return partsOf(definition).some((part) => {
    const name = part["x-name"];
    return name === undefined ? holds(part, names) : names.has(name);
  });
}
