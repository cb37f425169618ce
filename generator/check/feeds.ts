/**
 * Feeds are webhooks: their bodies are records (`feed-records.ts`), and what they are asked for by stands in `feed-keys.yaml`.
 * @module
 */
import { isMap, mapOf } from "../json.js";
import type { Problem } from "../model.js";
import { feedsModule, pascalCase } from "../names.js";
import { didYouMean } from "../nearest.js";
import { feedKeysFile, keySchemaOf, recordOf } from "../read/feeds.js";
import type { SpecFolder } from "../read/folder.js";
import { valueAt } from "../read/ref.js";
import { fieldsOf } from "../read/shape.js";
import type { FeedSite } from "../read/site.js";
import { locate } from "../read/source.js";
import type { Survey } from "../read/survey.js";
import { duplicates, keyProblem, placeOf, problem, unknownKeys } from "./rule.js";
import { isText } from "./values.js";

/** Webhooks stand where the provider has feeds, one post each, in documents of their own. */
export function feedPlaces({ folder, documents }: Survey): Problem[] {
  const { rules, features } = folder.settings;
  // Somebody else's webhooks are left out, and said to be.
  if (rules !== "own" && !features.includes("feeds")) return [];
  return documents.flatMap((source) => {
    const webhooks = valueAt(source, ["webhooks"]);
    if (webhooks === undefined) return [];
    const site = { source, path: ["webhooks"] };
    if (!features.includes("feeds")) {
      return [keyProblem(site, `webhooks do not belong here: ${folder.provider} sends nothing by itself`)];
    }
    if (valueAt(source, ["paths"]) !== undefined) {
      return [keyProblem(site, "a document describes operations or feeds: move the webhooks to one of their own")];
    }
    if (source.name === `${feedsModule}.yaml`) {
      return [keyProblem(site, `the module ${feedsModule} is generated from all feeds: call this document otherwise`)];
    }
    return Object.entries(mapOf(webhooks))
      .filter(([, item]) => Object.keys(mapOf(item)).join() !== "post" || !isMap(mapOf(item).post))
      .map(([name]) => keyProblem(site, `the webhook ${name} must be one post, which says what arrives`, name));
  });
}

/** Whatever their documents, feeds are found by name in one module, and so are the types of their records. */
export function feedNames({ folder, feeds }: Survey): Problem[] {
  const named = feeds.filter(({ id }) => id !== "");
  const records = feeds.flatMap((feed) => {
    const record = recordOf(folder, feed);
    return record === undefined ? [] : [{ ...record, name: pascalCase(String(record.path.at(-1))) }];
  });
  // Several feeds of a document may have the same record.
  const different = new Map(records.map((record) => [`${record.source.name} ${record.name}`, record]));
  return [
    ...duplicates(feeds, ({ webhook }) => webhook).map(({ again, first }) => {
      const at = placeOf(locate(first.source, first.path, "key"));
      return keyProblem(again, `${again.webhook} is described at ${at} already: keep one`);
    }),
    ...duplicates(named, ({ id }) => id).map(({ again, first }) => {
      const at = placeOf(locate(first.source, [...first.path, "operationId"]));
      return problem(again, `operationId ${again.id} is taken by the feed at ${at}: choose another`, "operationId");
    }),
    ...duplicates([...different.values()], ({ name }) => name).map(({ again, first }) => {
      const at = placeOf(locate(first.source, first.path, "key"));
      return keyProblem(again, `the record at ${at} has the name ${again.name}, too: rename one of them`);
    }),
  ];
}

/** A feed has one tr_id for each host, and its webhook the name of that of the real host. */
export function feedTrIds({ feeds }: Survey): Problem[] {
  return feeds.flatMap((feed) => {
    const trId = feed.value["x-tr-id"];
    if (!isMap(trId)) return [];
    const { real, mock = real } = trId;
    if (!isText(real) || !isText(mock)) {
      return [problem(feed, "x-tr-id of a feed must have one tr_id under real, and one under mock or none", "x-tr-id")];
    }
    const agree = `the webhook ${feed.webhook} must be called by its tr_id, which is ${real}`;
    return [
      ...unknownKeys(feed, Object.keys(trId), ["real", "mock"], "x-tr-id"),
      ...(real === feed.webhook ? [] : [problem(feed, agree, "x-tr-id", "real")]),
    ];
  });
}

/**
 * `x-feed: { key, column, encrypted, path }` names a key of `feed-keys.yaml`, a column of the record and a path of the socket's host. A feed
 * of the account alone has no key, where the provider knows such.
 */
export function feedShape({ folder, feeds }: Survey): Problem[] {
  return feeds.flatMap((feed) => {
    const about = feed.value["x-feed"];
    if (!isMap(about)) return [];
    const { key, column, encrypted = true, path = "/" } = about;
    const record = recordOf(folder, feed);
    const columns = record && fieldsOf(folder, record);
    return [
      ...unknownKeys(feed, Object.keys(about), ["key", "column", "encrypted", "path"], "x-feed"),
      ...(keySchemaOf(folder, key) !== undefined || isOfAccount(folder, key) ? [] : [unknownKey(folder, feed, key)]),
      ...(column === undefined || !columns?.size || columns.has(String(column))
        ? []
        : [noColumn(feed, String(column), columns.keys())]),
      ...(encrypted === true
        ? []
        : [problem(feed, "x-feed: encrypted must be true, or left out", "x-feed", "encrypted")]),
      ...(typeof path === "string" && path.startsWith("/")
        ? []
        : [problem(feed, "x-feed: path must begin with /, as on the socket's host", "x-feed", "path")]),
    ];
  });
}

/** Where a tr_id is all that tells what is wanted, something has to stand beside it. */
function isOfAccount({ settings }: SpecFolder, key: unknown): boolean {
  return key === undefined && !settings.features.includes("tr-id");
}

function unknownKey({ sources }: SpecFolder, feed: FeedSite, key: unknown): Problem {
  const known = Object.keys(mapOf(sources.get(feedKeysFile)?.data));
  if (key === undefined) {
    return problem(feed, `x-feed has no key: say by which word of ${feedKeysFile} it is asked for`, "x-feed");
  }
  const message = `x-feed: ${feedKeysFile} has no key ${JSON.stringify(key)}${didYouMean(String(key), known)}`;
  return problem(feed, message, "x-feed", "key");
}

function noColumn(feed: FeedSite, name: string, columns: Iterable<string>): Problem {
  const message = `x-feed names ${JSON.stringify(name)}, which is no column of the record${didYouMean(name, columns)}`;
  return problem(feed, message, "x-feed", "column");
}
