/**
 * A `oneOf` of objects in a request is a choice that the caller makes (a way to log in, say). The generated union and the runtime
 * both tell the branches apart by their constants.
 * @module
 */
import { isMap, listOf, mapOf } from "../json.js";
import type { Problem } from "../model.js";
import { requestOf } from "../read/body.js";
import type { SpecFolder } from "../read/folder.js";
import { addressOf, type Located, locatedAt } from "../read/ref.js";
import { fieldsOf, layersOf, saidBy, shapeOf } from "../read/shape.js";
import type { Survey } from "../read/survey.js";
import { keyProblem, problem } from "./rule.js";

/** A schema of a request with a `oneOf` of objects, its own or that of a block it is built from. */
interface Choice {
  owner: Located;
  /** The schema that says `oneOf`. */
  union: Located;
  branches: Branch[];
}

interface Branch {
  at: Located;
  /** What messages call it. */
  name: string;
  fields: ReadonlyMap<string, Located[]>;
  required: ReadonlySet<unknown>;
}

type ChoiceRule = (folder: SpecFolder, choice: Choice) => Problem[];

const rules: readonly ChoiceRule[] = [toldApart, notBeside, notNested, nothingFilledIn];

/** "Login variants" of `specs/README.md`. */
export function requestUnions({ folder, operations }: Survey): Problem[] {
  const seen = new Set<string>();
  const owners = operations.flatMap((operation) => {
    const request = requestOf(folder, operation)?.schema;
    return request === undefined ? [] : [...schemasBelow(folder, request, seen)];
  });
  const problems = owners.flatMap((owner) => {
    const choices = choicesOf(folder, owner);
    return [...onlyOne(choices), ...choices.flatMap((choice) => rules.flatMap((rule) => rule(folder, choice)))];
  });
  // A block's own findings are met again in every request that is built from it.
  return [...new Map(problems.map((found) => [JSON.stringify(found), found])).values()];
}

/** Every schema of a request that stands by itself, each once. Parts are read with what they are a part of. */
function* schemasBelow(folder: SpecFolder, located: Located, seen: Set<string>): Generator<Located> {
  if (seen.has(addressOf(located))) return;
  seen.add(addressOf(located));
  yield located;
  for (const { source, path, value } of layersOf(folder, located) ?? []) {
    const { properties, items, oneOf } = mapOf(value);
    const below = [
      ...Object.keys(mapOf(properties)).map((name) => ["properties", name]),
      ...(isMap(items) ? [["items"]] : []),
      ...listOf(oneOf).map((_, index) => ["oneOf", index]),
    ];
    for (const keys of below) yield* schemasBelow(folder, locatedAt(source, [...path, ...keys]), seen);
  }
}

function choicesOf(folder: SpecFolder, owner: Located): Choice[] {
  return (layersOf(folder, owner) ?? []).flatMap((union) => {
    const places = listOf(mapOf(union.value).oneOf).map((_, index) =>
      locatedAt(union.source, [...union.path, "oneOf", index]),
    );
    if (places.length === 0 || places.some((place) => shapeOf(folder, place) !== "object")) return [];
    return [{ owner, union, branches: places.map((at, index) => branchOf(folder, at, index)) }];
  });
}

function branchOf(folder: SpecFolder, at: Located, index: number): Branch {
  const { $ref } = mapOf(at.value);
  const name = typeof $ref === "string" ? $ref.slice($ref.lastIndexOf("/") + 1) : `number ${index + 1}`;
  const required = (layersOf(folder, at) ?? []).flatMap(({ value }) => listOf(mapOf(value).required));
  return { at, name, fields: fieldsOf(folder, at) ?? new Map(), required: new Set(required) };
}

/** Two branches share a constant with different values, or a body could be either. */
function toldApart(folder: SpecFolder, { branches }: Choice): Problem[] {
  return branches.flatMap((branch, index) => {
    const same = branches.slice(0, index).find((before) => !differ(constants(before), constants(branch)));
    if (same === undefined) return [];
    const message = `no constant tells ${branch.name} from ${same.name}: give both a field with a const of its own`;
    return [problem(branch.at, message)];
  });

  function constants({ fields }: Branch): Map<string, unknown> {
    const found = [...fields].map(([name, places]) => [name, saidBy(folder, places, "const")] as const);
    return new Map(found.filter(([, value]) => value !== undefined));
  }
}

function differ(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  return [...one].some(([name, value]) => other.has(name) && other.get(name) !== value);
}

/** A field stands in the branches or beside them. */
function notBeside(folder: SpecFolder, { owner, branches }: Choice): Problem[] {
  return [...(fieldsOf(folder, owner) ?? [])].flatMap(([name, [place]]) => {
    const branch = branches.find(({ fields }) => fields.has(name));
    if (branch === undefined || place === undefined) return [];
    const message = `${name} stands beside the oneOf and in its branch ${branch.name}: take one of the two out`;
    return [keyProblem(place, message)];
  });
}

function notNested(folder: SpecFolder, { branches }: Choice): Problem[] {
  return branches
    .filter(({ at }) => (layersOf(folder, at) ?? []).some(({ value }) => mapOf(value).oneOf !== undefined))
    .map(({ at, name }) => problem(at, `${name} is a branch with a oneOf of its own: write its branches out here`));
}

/** Which branch it will be is known when everything has been filled in. */
function nothingFilledIn(folder: SpecFolder, { branches }: Choice): Problem[] {
  return branches.flatMap(({ fields, required }) =>
    [...fields].flatMap(([name, places]) => {
      const [place] = places;
      if (place === undefined) return [];
      if (saidBy(folder, places, "x-from") !== undefined) {
        return [
          keyProblem(place, `the client fills nothing in in a branch: take x-from of ${name} out, or move it beside`),
        ];
      }
      if (!required.has(name) || saidBy(folder, places, "default") === undefined) return [];
      const message = `${name} is required and has a default, which nobody fills in in a branch: take one of the two out`;
      return [keyProblem(place, message)];
    }),
  );
}

function onlyOne([first, second]: readonly Choice[]): Problem[] {
  if (first === undefined || second === undefined) return [];
  const message = "another oneOf comes in by an allOf or $ref, and only one can hold: write the branches of both here";
  return [keyProblem(first.union, message, "oneOf")];
}
