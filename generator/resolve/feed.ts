import { isMap, mapOf, stringsOf, textOf } from "../json.js";
import type { Feed } from "../model.js";
import { requestOf } from "../read/body.js";
import { isJsonFeed, keySchemaOf } from "../read/feeds.js";
import type { SpecFolder } from "../read/folder.js";
import type { FeedSite } from "../read/site.js";
import { locate } from "../read/source.js";
import type { Resolver } from "./schema.js";

/** One feed as plain data. Expects specs without findings. */
export function buildFeed(folder: SpecFolder, { resolve }: Resolver, site: FeedSite): Feed {
  const { source, path, value, module, id, webhook } = site;
  const trId = value["x-tr-id"];
  const { key, column, encrypted, path: socket } = mapOf(value["x-feed"]);
  const body = requestOf(folder, site);
  const keySchema = keySchemaOf(folder, key);
  const schema = body === undefined ? {} : resolve(body.schema);
  const fields = Object.entries(schema.properties ?? {});
  const columns = fields.map(([name]) => name);
  const isObject = isJsonFeed(folder, site);
  const isKeyed = isObject && fields.some(([, field]) => field["x-key"] !== undefined);
  const isJson = isObject && !isKeyed;
  const feed: Feed = {
    provider: folder.provider,
    module,
    id,
    ...(isMap(trId) ? { trId: trId as Feed["trId"] } : { trId: { real: webhook }, type: webhook }),
    isJson,
    ...(typeof socket === "string" ? { path: socket } : {}),
    key: keySchema === undefined ? "" : String(key),
    keySchema: keySchema === undefined ? {} : resolve(keySchema),
    encrypted: encrypted === true,
    summary: textOf(value.summary),
    description: textOf(value.description),
    confidence: value["x-confidence"] as NonNullable<Feed["confidence"]>,
    sources: stringsOf(value["x-source"]),
    record: isJson ? schema : { ...schema, required: columns },
    columns,
    ...(isKeyed ? { wireKeys: fields.map(([name, field]) => field["x-key"] ?? name) } : {}),
    at: locate(source, path, "key"),
  };
  return typeof column === "string" ? { ...feed, keyColumn: column } : feed;
}
