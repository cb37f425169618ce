/**
 * What `provider.yaml` says of a provider, as plain data. A part of `model.ts`.
 * @module
 */
import type { ProviderData } from "../../runtime/provider/data.js";
import { isIdentifier, pascalCase } from "../names.js";

/** Extensions and files that only a runtime written for the provider can honour. */
export type Feature = "encryption" | "two-way" | "tr-id" | "feeds" | "masters";

/**
 * What an operation's constant can say besides what all constants do. `lists`: every list of the answer, and not only those that were seen
 * to arrive as a single object: so it is of specs that were written for kofin.
 */
export type FurtherConstant = "numbers" | "decimals" | "successor" | "lists";

export interface ProviderSettings {
  /** What people call it. */
  title: string;
  /** The type of its client. */
  client: string;
  /** `own`: the specs were written for kofin, and keep all of its rules. `openapi`: a document as its owner published it. */
  rules: "own" | "openapi";
  /** `own`: code written for this provider carries its calls. `general`: `kofin/provider` does, told by `data`. */
  runtime: "own" | "general";
  /** What a client and the sandbox go by. Without `advice`, which stands in a file of its own. */
  data: ProviderData;
  features: readonly Feature[];
  /** Files of its runtime's folder for feeds that the module of all feeds gives on as well: what goes over the same connection. */
  besideFeeds?: readonly string[];
  /** The field of a request body that holds what callers pass. Absent when they pass the whole body. */
  input?: string;
  /** The block that an answer is built from beside what callers get. */
  envelope?: string;
  /** What its client fills in by itself: the words of `x-from`. Absent when nothing is known of its client. */
  fills?: readonly string[];
  /** The tokens that `x-auth` can ask for by scope. Absent when it can only say `none`. */
  tokens?: { user: readonly string[]; institution: readonly string[] };
  constants: readonly FurtherConstant[];
  /** Asking for page after page takes options of its own. */
  pageOptions: boolean;
}

/** What holds for a folder without `provider.yaml`: nothing is known but what its documents say. */
export function defaultSettings(name: string): ProviderSettings {
  return {
    title: name,
    client: isIdentifier(pascalCase(name)) ? pascalCase(name) : `Api${pascalCase(name)}`,
    rules: "openapi",
    runtime: "general",
    data: { name, environments: {} },
    features: [],
    constants: ["decimals"],
    pageOptions: true,
  };
}

/** Where answers hold what callers get: in a field, beside a block, or as a whole. */
export function dataPlace({ data, envelope }: ProviderSettings): { inside: string } | { beside: string } | undefined {
  if (envelope !== undefined) return { beside: envelope };
  return data.answer?.data === undefined ? undefined : { inside: data.answer.data };
}
