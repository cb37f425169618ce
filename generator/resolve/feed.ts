import { mapOf, stringsOf, textOf } from "../json.js";
import type { Feed } from "../model.js";
import { requestOf } from "../read/body.js";
import { isJsonFeed, keySchemaOf } from "../read/feeds.js";
import type { SpecFolder } from "../read/folder.js";
import type { FeedSite } from "../read/site.js";
import { locate } from "../read/source.js";
import type { Resolver } from "./schema.js";

/** One feed as plain data. Expects specs without findings. */
export function buildFeed(folder: SpecFolder, { resolve }: Resolver, site: FeedSite): Feed {
  const { source, path, value, module, id } = site;
  const { key, column, encrypted } = mapOf(value["x-feed"]);
  const body = requestOf(folder, site);
  const keySchema = keySchemaOf(folder, key);
  const schema = body === undefined ? {} : resolve(body.schema);
  const columns = Object.keys(schema.properties ?? {});
  const isJson = isJsonFeed(folder, site);
  const feed: Feed = {
    provider: folder.provider,
    module,
    id,
    trId: (value["x-tr-id"] as Feed["trId"] | undefined) ?? { real: site.webhook },
    isJson,
    key: String(key),
    keySchema: keySchema === undefined ? {} : resolve(keySchema),
    encrypted: encrypted === true,
    summary: textOf(value.summary),
    description: textOf(value.description),
    confidence: value["x-confidence"] as NonNullable<Feed["confidence"]>,
    sources: stringsOf(value["x-source"]),
    record: isJson ? schema : { ...schema, required: columns },
    columns,
    at: locate(source, path, "key"),
  };
  return typeof column === "string" ? { ...feed, keyColumn: column } : feed;
}
