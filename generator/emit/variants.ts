import type { ApiDocument, Schema } from "../model.js";
import { camelCase } from "../names.js";
import { inputOf, isFilledIn, schemasIn } from "../walk.js";
import { SourceText } from "./text.js";

/** One branch of a `oneOf`: the constants that choose it, and what it then needs. */
interface Variant {
  when: Record<string, unknown>;
  required: string[];
  defaults: Record<string, unknown> | undefined;
}

/** What an operation's constant says about the unions of objects in its input, by path. Named branches are constants of their own. */
export function variantsIn(input: Schema): Record<string, (Variant | SourceText)[]> | undefined {
  const unions = unionsIn(input);
  if (unions.length === 0) return undefined;
  return Object.fromEntries(unions.map(({ path, branches }) => [path, branches.map(referenceTo)]));
}

/** The constants that the operations of a document share: one for each named branch, in order of first use. */
export function variantConstants({ operations }: ApiDocument): Map<string, Variant> {
  const branches = operations.flatMap((operation) =>
    unionsIn(inputOf(operation) ?? {}).flatMap((union) => union.branches),
  );
  return new Map(
    branches.flatMap((branch) => {
      const name = branch["x-name"];
      return name === undefined ? [] : [[constantName(name), variantOf(branch)] as const];
    }),
  );
}

function unionsIn(input: Schema): { path: string; branches: Schema[] }[] {
  return [...schemasIn(input)].flatMap(({ schema: { oneOf = [] }, path }) =>
    oneOf.some(({ properties }) => properties) && areToldApart(oneOf) ? [{ path, branches: oneOf }] : [],
  );
}

/** Whether any two branches have a constant with different values. Other choices are the provider's to check. */
function areToldApart(branches: readonly Schema[]): boolean {
  return branches.every((one, index) => branches.slice(0, index).every((other) => differ(one, other)));
}

function differ({ properties = {} }: Schema, { properties: others = {} }: Schema): boolean {
  return Object.entries(properties).some(([name, { const: constant }]) => {
    const theirs = others[name]?.const;
    return constant !== undefined && theirs !== undefined && constant !== theirs;
  });
}

function referenceTo(branch: Schema): Variant | SourceText {
  const name = branch["x-name"];
  return name === undefined ? variantOf(branch) : new SourceText(constantName(name));
}

function constantName(type: string): string {
  return `${camelCase(type)}Variant`;
}

function variantOf({ properties = {}, required = [] }: Schema): Variant {
  const constants = Object.entries(properties).filter(([, field]) => field.const !== undefined);
  const implied = constants.filter(([, field]) => field.default !== undefined);
  return {
    when: Object.fromEntries(constants.map(([name, field]) => [name, field.const])),
    required: required.filter((name) => properties[name]?.const === undefined && !isFilledIn(properties[name])),
    defaults:
      implied.length === 0 ? undefined : Object.fromEntries(implied.map(([name, field]) => [name, field.default])),
  };
}
