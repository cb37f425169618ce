import { isMap, mapOf } from "../json.js";
import { type Request, requestOf } from "./body.js";
import { moduleOf, type SpecFolder } from "./folder.js";
import { follow, type Located, locatedAt, valueAt } from "./ref.js";
import type { FeedSite } from "./site.js";
import type { Source } from "./source.js";

/** The dictionary of what feeds are asked for by. */
export const feedKeysFile = "feed-keys.yaml";

export function feedsOf(source: Source): FeedSite[] {
  return Object.entries(mapOf(valueAt(source, ["webhooks"]))).flatMap(([webhook, item]) => {
    const value = mapOf(item).post;
    if (!isMap(value)) return [];
    const id = typeof value.operationId === "string" ? value.operationId : "";
    return [{ source, path: ["webhooks", webhook, "post"], value, module: moduleOf(source), webhook, id }];
  });
}

/** What records come as: texts column by column where a tr_id says which columns, elsewhere objects of JSON as well. */
export function mediaOfFeeds({ settings }: SpecFolder): string[] {
  return settings.features.includes("tr-id") ? ["text/plain"] : ["text/plain", "application/json"];
}

/** Whether records are objects of JSON. Otherwise they are texts, column by column. */
export function isJsonFeed(folder: SpecFolder, feed: FeedSite): boolean {
  const body = requestOf(folder, feed);
  return body?.in === "body" && body.media === "application/json";
}

/** The schema that the body of a feed refers to. Undefined when it refers to none, or is neither text nor JSON. */
export function recordOf(folder: SpecFolder, feed: FeedSite): Located | undefined {
  const body = requestOf(folder, feed);
  if (body?.in !== "body" || !mediaOfFeeds(folder).includes(body.media)) return undefined;
  const ref = mapOf(body.schema.value).$ref;
  const target = typeof ref === "string" ? follow(folder, body.schema.source, ref) : undefined;
  return target === undefined || "broken" in target ? undefined : target;
}

/** A record that is an object on the wire, whose columns have keys there: `x-key`. Otherwise it is a text of columns in their order. */
export function isKeyed(body: Request | undefined): boolean {
  return body?.in === "body" && body.media === "application/json";
}

/** What `feed-keys.yaml` says about a key. Undefined when it does not know it. */
export function keySchemaOf({ sources }: SpecFolder, key: unknown): Located | undefined {
  const source = sources.get(feedKeysFile);
  if (source === undefined || typeof key !== "string" || !Object.hasOwn(mapOf(source.data), key)) return undefined;
  return locatedAt(source, [key]);
}
