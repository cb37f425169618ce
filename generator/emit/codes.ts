import type { ApiDocument, Operation, Schema } from "../model.js";
import { camelCase, fieldWords, pascalCase, propertyKey } from "../names.js";
import { childrenOf, dataOf, inputOf, recordType } from "../walk.js";
import { codeEntries, header, jsdoc } from "./text.js";

/** One exported list of codes. */
interface CodeList {
  /** `resAccountDepositCodes` */
  name: string;
  title: string;
  codes: Record<string, string>;
  /** The name that the spec gives it: its constants fit where it is asked for, and nowhere else. */
  list: string | undefined;
}

interface Use {
  field: string;
  /** The named schema that holds the field, and what lies between. */
  owner: string;
  title: string;
  codes: Record<string, string>;
  list: string | undefined;
}

function usesOf(operation: Operation): Use[] {
  const answers = Object.entries(operation.twoWay ?? {});
  return [
    ...usesIn(inputOf(operation) ?? {}, pascalCase(operation.id)),
    ...answers.flatMap(([method, answer]) => usesIn(answer, pascalCase(`${operation.id} ${method} answer`))),
    ...usesIn(dataOf(operation), pascalCase(operation.id)),
  ];
}

/**
 * Every distinct list of codes, named after its field. Where one field name stands for several lists, each is named after the
 * schema that it is met in first, too.
 */
function codeLists(uses: readonly Use[]): CodeList[] {
  const fields = new Map<string, Map<string, Use>>();
  for (const use of uses.filter(({ list }) => list === undefined)) {
    const lists = fields.get(use.field) ?? new Map<string, Use>();
    const key = JSON.stringify(use.codes);
    if (!lists.has(key)) lists.set(key, use);
    fields.set(use.field, lists);
  }
  const lists = [...fields.values()].flatMap((byList) =>
    [...byList.values()].map((use) => ({
      name: listName(use, byList.size > 1),
      title: use.title,
      codes: use.codes,
      list: undefined,
    })),
  );
  return withDistinctNames([...lists, ...namedLists(uses)]);
}

/** Lists that have a name in the spec, with all codes that any field takes of them. */
function namedLists(uses: readonly Use[]): CodeList[] {
  const lists = new Map<string, CodeList>();
  for (const { list, title, codes } of uses) {
    if (list === undefined) continue;
    const before = lists.get(list);
    lists.set(list, {
      ...{ name: `${list}Codes`, title: before?.title ?? title, list },
      codes: { ...before?.codes, ...codes },
    });
  }
  return [...lists.values()];
}

/** `loginType` → `loginTypeCodes`. Where the wire name ends in a word of its own for it, that is said once: `FID_DIV_CODE` → `fidDivCodes`. */
function listName({ field, owner }: Use, isOneOfSeveral: boolean): string {
  const words = fieldWords(field.replace(/_CODE$/i, ""));
  return `${camelCase(isOneOfSeveral ? `${owner} ${pascalCase(words)}` : words)}Codes`;
}

function usesIn(schema: Schema, owner: string, field = ""): Use[] {
  const here = schema["x-name"] ?? owner;
  const codes = schema["x-codes"];
  const own =
    codes === undefined || field === ""
      ? []
      : [{ field, owner: here, title: schema.title ?? field, codes, list: schema["x-code-list"] }];
  const below = childrenOf(schema).flatMap(({ child, below }) => {
    const isField = below !== "" && below !== "[]";
    const holder =
      field !== "" && isField && schema["x-name"] === undefined ? `${here}${pascalCase(fieldWords(field))}` : here;
    return usesIn(child, holder, isField ? below : field);
  });
  return [...own, ...below];
}

/** The same field of the same schema can still have two lists, in branches of a union. */
function withDistinctNames(lists: CodeList[]): CodeList[] {
  const count = new Map<string, number>();
  return lists.map((list) => {
    const nth = (count.get(list.name) ?? 0) + 1;
    count.set(list.name, nth);
    return nth === 1 ? list : { ...list, name: list.name.replace(/Codes$/, `${nth}Codes`) };
  });
}

/** Text of `<module>.codes.ts`; undefined when the operations of the document have no codes. */
export function codesModule({ operations, file }: ApiDocument, runtime: string): string | undefined {
  return codesText(file, operations.flatMap(usesOf), runtime);
}

/** Text of the codes of all feeds, which mean the same wherever they arrive; undefined when there are none. */
export function feedCodesModule(from: string, documents: readonly ApiDocument[], runtime: string): string | undefined {
  const feeds = documents.flatMap((document) => document.feeds);
  return codesText(
    from,
    feeds.flatMap((feed) => usesIn(feed.record, recordType(feed))),
    runtime,
  );
}

function codesText(from: string, uses: readonly Use[], runtime: string): string | undefined {
  const lists = codeLists(uses);
  if (lists.length === 0) return undefined;
  const constants = lists.map(({ name, title, codes, list }) => {
    const text = byName(
      codeEntries(codes),
      new Map(),
      list === undefined ? "" : ` as CodeOf<%, ${JSON.stringify(list)}>`,
    );
    return `${jsdoc(title)}export const ${name} = ${text}${list === undefined ? " as const" : ""};\n`;
  });
  const isNamed = lists.some(({ list }) => list !== undefined);
  const imports = isNamed ? `import type { CodeOf } from ${JSON.stringify(runtime)};\n` : "";
  return `${header(from)}${imports}\n${constants.join("\n")}`;
}

/**
 * Source of an object name → code. Codes that share a name say their code in it. `notes` become comments; `type` stands behind every code,
 * which takes the place of its `%`.
 */
export function byName(
  codes: readonly (readonly [code: string, name: string])[],
  notes = new Map<string, string>(),
  type = "",
): string {
  const count = new Map<string, number>();
  for (const [, name] of codes) count.set(name, (count.get(name) ?? 0) + 1);
  const lines = codes.map(([code, name]) => {
    const key = count.get(name) === 1 ? name : `${name} (${code})`;
    const note = notes.get(code);
    return `${note === undefined ? "" : jsdoc(note)}${propertyKey(key)}: ${JSON.stringify(code)}${type.replace("%", () => JSON.stringify(code))},`;
  });
  return `{\n${lines.join("\n")}\n}`;
}
