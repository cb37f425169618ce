import type { ApiDocument, Position, Problem, Schema } from "../model.js";
import { reservedTypeNames } from "../names.js";
import { answerType, challengeType, dataOf, inputOf, isFile, isFilledIn, partsOf } from "../walk.js";
import type { Resolver } from "./schema.js";

interface Use {
  definition: Schema;
  /** Of the operation or feed that uses it first. */
  at: Position;
  /** What reaches it: callers' input, answers, or both. */
  sides: Set<Side>;
}

type Side = "input" | "answer";

/** The named schemas that the operations and feeds of one document reach, in order of first use, and what is wrong with their names. */
export function namedSchemas(
  { operations, feeds }: Pick<ApiDocument, "operations" | "feeds">,
  { definitionOf }: Resolver,
  isOwn = true,
): { schemas: Record<string, Schema>; problems: Problem[] } {
  const uses = new Map<string, Use>();
  const problems = new Map<string, Problem>();

  function report(name: string, at: Position, message: string): void {
    if (isOwn && !problems.has(name)) problems.set(name, { at, message });
  }

  function visit(schema: Schema, at: Position, side: Side): void {
    const name = schema["x-name"];
    const definition = name === undefined ? schema : definitionOf(schema);
    if (name !== undefined) {
      const before = uses.get(name);
      if (before === undefined) uses.set(name, { definition, at, sides: new Set([side]) });
      else if (isOwn && !sameSchema(before.definition, definition)) {
        report(name, at, `two different schemas reach this document under the name ${name}: rename one of them`);
      } else if (before.sides.has(side)) return;
      else before.sides.add(side);
    }
    for (const part of partsOf(isOwn ? schema : definition)) visit(part, at, side);
  }

  for (const operation of operations) {
    const input = inputOf(operation);
    if (input !== undefined) visit(input, operation.at, "input");
    for (const answer of Object.values(operation.twoWay ?? {})) visit(answer, operation.at, "input");
    visit(dataOf(operation), operation.at, "answer");
  }
  for (const { record, at } of feeds) visit(record, at, "answer");
  for (const [name, { at, definition, sides }] of uses) {
    if (reservedTypeNames.has(name)) report(name, at, `the name ${name} is taken by the runtime: rename the schema`);
    if (sides.size === 2 && isOnlyForInput(definition)) {
      const mend = "give the answer a schema of its own";
      report(
        name,
        at,
        `${name} stands in requests and in answers, but has fields that only a request can have: ${mend}`,
      );
    }
  }
  for (const operation of operations.filter(({ twoWay }) => twoWay !== undefined)) {
    for (const name of [answerType(operation), challengeType(operation)]) {
      if (uses.has(name))
        report(name, operation.at, `the name ${name} is generated for ${operation.id}: rename the schema`);
    }
  }
  const schemas = Object.fromEntries([...uses].map(([name, { definition }]) => [name, definition]));
  return { schemas, problems: [...problems.values()] };
}

/** Whether a field of it has another type for callers than on the wire. */
function isOnlyForInput(definition: Schema): boolean {
  return Object.entries(definition.properties ?? {}).some(([name, field]) => {
    const isOptionalForCallers = isFilledIn(field) && definition.required?.includes(name);
    return field["x-encrypted"] !== undefined || field.format === "decimal" || isFile(field) || isOptionalForCallers;
  });
}

/** The schemas that several documents use. */
export function sharedNames(documents: readonly Pick<ApiDocument, "schemas" | "operations">[]): ReadonlySet<string> {
  const count = new Map<string, number>();
  for (const { schemas, operations } of documents) {
    const own = new Set(operations.flatMap(({ inputName, dataName }) => [inputName, dataName]));
    for (const name of Object.keys(schemas)) if (!own.has(name)) count.set(name, (count.get(name) ?? 0) + 1);
  }
  return new Set([...count].flatMap(([name, times]) => (times > 1 ? [name] : [])));
}

function sameSchema(a: Schema, b: Schema): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
