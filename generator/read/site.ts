import type { JsonMap } from "../json.js";
import type { Path, Source } from "./source.js";

/** An operation as written. */
export interface OperationSite {
  source: Source;
  path: Path;
  value: JsonMap;
  /** The document that lists it, which another file may describe it for. */
  home: Source;
  module: string;
  method: string;
  /** The path as the document writes it. */
  key: string;
  /** The path as it is sent. */
  route: string;
  /** What stands behind a `#` in the path, which is not sent. */
  fragment?: string;
  /** Empty when there is none; a rule reports that. */
  id: string;
  /** Its own `x-retry`, or that of its document. */
  retry: unknown;
  /** Its own `x-auth`, or that of its document. */
  auth: unknown;
}

/** A feed as written: the post of a webhook, for it is the provider who sends. */
export interface FeedSite {
  source: Source;
  path: Path;
  value: JsonMap;
  module: string;
  /** What stands under `webhooks`. */
  webhook: string;
  /** Empty when there is none; a rule reports that. */
  id: string;
}
