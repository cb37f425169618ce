import type { ApiDocument, Feed, ProviderSettings } from "../model.js";
import { camelCase, feedsModule, pascalCase, propertyKey } from "../names.js";
import { compareText } from "../problem.js";
import { keyType, recordType } from "../walk.js";
import { feedDoc } from "./feed-doc.js";
import type { Runtime } from "./runtime.js";
import { header, jsdoc, literal, SourceText } from "./text.js";

/** Text of `<module>.ts` of a document of feeds: one function for each feed, one reader for each kind of record. */
export function feedModule(document: ApiDocument, runtime: Runtime, settings: ProviderSettings): string {
  const { feeds, file, module } = document;
  const { client } = settings;
  const withColumns = feeds.filter(({ isJson }) => !isJson);
  const readers = new Map(withColumns.map((feed) => [recordType(feed), readerText(feed)]));
  const parts = [
    imports(document, runtime, settings),
    `export type * from "./${module}.types.js";\n`,
    ...feeds.flatMap((feed) => [functionText(feed, client), constantText(feed)]),
    ...readers.values(),
  ];
  return `${header(file)}${parts.join("\n")}`;
}

/**
 * Text of the module that gives on what all documents of feeds have, the codes that they share, and what the runtime has besides.
 * @param beside where that is
 */
export function feedsIndex(
  from: string,
  documents: readonly ApiDocument[],
  hasCodes: boolean,
  beside: readonly string[],
): string {
  const modules = documents.map(({ module }) => module).sort(compareText);
  const names = [...modules, ...(hasCodes ? [`${feedsModule}.codes`] : [])].map((name) => `./${name}.js`);
  const lines = [...beside, ...names].map((path) => `export * from ${JSON.stringify(path)};\n`);
  return `${header(from)}\n${lines.join("")}`;
}

function imports(
  { feeds, module }: ApiDocument,
  { functions, realtime }: Runtime,
  { client, runtime }: ProviderSettings,
): string {
  const from = runtime === "general" ? "./provider.js" : functions;
  const names = [
    ...["listen", "type Feed"],
    ...(feeds.every(isOwn) ? [] : ["type FeedOptions"]),
    ...(feeds.some(isOwn) ? ["type NoticeOptions"] : []),
    "type Subscription",
  ];
  const records = [...new Set(feeds.flatMap((feed) => [recordType(feed), ...keyTypes(feed)]))].sort(compareText);
  return `import type { ${client} } from ${JSON.stringify(from)};
import { ${names.join(", ")} } from ${JSON.stringify(realtime)};
import type { ${records.join(", ")} } from "./${module}.types.js";
`;
}

/** A feed of what is the user's own: the client knows its key. */
function isOwn({ keySchema }: Feed): boolean {
  return keySchema["x-from"] !== undefined;
}

/** A key of several parts has a type of its own; others are texts. */
function keyTypes({ key, keySchema }: Feed): string[] {
  return keySchema.type === "object" ? [keyType(key)] : [];
}

function functionText(feed: Feed, client: string): string {
  const { id, key } = feed;
  const name = camelCase(client);
  const given = key === "" || isOwn(feed) ? undefined : lastWord(key);
  const own = isOwn(feed) ? "options?: NoticeOptions" : "options?: FeedOptions";
  const [type = "string"] = keyTypes(feed);
  const parameters = given === undefined ? own : `${given}: ${type}, ${own}`;
  return `${jsdoc(feedDoc(feed, given))}export function ${id}(${name}: ${client}, ${parameters}): Subscription<${recordType(feed)}> {
  return listen(${name}, ${constantName(feed)}, ${given ?? (isOwn(feed) ? `options?.${key}` : "undefined")}, options);
}
`;
}

/** `stockCode` → `code`: the name of the feed says whose. */
function lastWord(key: string): string {
  return (/[A-Z]?[^A-Z]*$/.exec(key)?.[0] ?? key).toLowerCase();
}

function constantText(feed: Feed): string {
  const { module, id, type, trId, path, key, keyColumn, columns, encrypted } = feed;
  const asJson = { id: `${module}.${id}`, topic: trId.real, key };
  const asColumns = {
    id: `${module}.${id}`,
    type,
    trId: type === undefined ? trId : undefined,
    path,
    key: key || undefined,
    keyColumn: keyColumn === undefined ? undefined : columns.indexOf(keyColumn),
    columns: columns.length,
    encrypted: encrypted || undefined,
    read: new SourceText(readerName(feed)),
  };
  const constant = feed.isJson ? asJson : asColumns;
  return `const ${constantName(feed)}: Feed<${recordType(feed)}> = ${literal(constant)};\n`;
}

function constantName({ id }: Feed): string {
  return `${id}Feed`;
}

function readerName(feed: Feed): string {
  return `read${pascalCase(recordType(feed))}`;
}

/** Written out, because an object that is filled key by key costs several times as much. */
function readerText(feed: Feed): string {
  if (feed.wireKeys !== undefined) return keyedReaderText(feed, feed.wireKeys);
  const fields = feed.columns.map((name, index) => {
    return `${propertyKey(name)}: values[${index === 0 ? "at" : `at + ${index}`}] ?? "",`;
  });
  return `function ${readerName(feed)}(values: readonly string[], at: number): ${recordType(feed)} {
  return {
    ${fields.join("\n    ")}
  };
}
`;
}

function keyedReaderText(feed: Feed, wireKeys: readonly string[]): string {
  const fields = feed.columns.map((name, index) => {
    return `${propertyKey(name)}: values[${JSON.stringify(wireKeys[index])}] ?? "",`;
  });
  return `function ${readerName(feed)}(values: Readonly<Record<string, string | undefined>>): ${recordType(feed)} {
  return {
    ${fields.join("\n    ")}
  };
}
`;
}
