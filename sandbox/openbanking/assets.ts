/**
 * What users have besides accounts: cards, prepaid balances, insurances and loans. All of it is made up from the specs; what a list
 * shows is what the details are about.
 * @module
 */
import { createHash } from "node:crypto";
import type { Json } from "../shared/json.js";
import { random } from "../shared/random.js";
import { synthesize } from "../shared/synthesize.js";
import type { SynthesisContext } from "../shared/values.js";
import type { Call } from "./call.js";
import type { AssetKind } from "./registrations.js";

/** The one company of each kind at which everybody has something. */
export const COMPANIES: Readonly<Record<AssetKind, string>> = {
  cards: "381",
  pays: "474",
  insurances: "436",
  loans: "304",
};

/** How many of each a user has. */
export const OWNED = 2;

/** What an asset is called at its company: long, and of no meaning. */
export function assetId(kind: AssetKind, userSeqNo: string, row: number): string {
  const digest = createHash("sha256").update(`${kind}/${userSeqNo}/${row}`).digest("hex");
  const digits = digest.replace(/\D/g, "").padEnd(16, "0");
  const ids = {
    cards: digest,
    pays: `FB${digits.slice(0, 10)}`,
    insurances: digits.slice(0, 14),
    loans: digits.slice(0, 16),
  };
  return ids[kind];
}

/** Which of a user's assets an identifier means; undefined for none. */
export function assetRow(kind: AssetKind, userSeqNo: string, id: unknown): number | undefined {
  const row = Array.from({ length: OWNED }, (_, index) => assetId(kind, userSeqNo, index)).indexOf(String(id));
  return row < 0 ? undefined : row;
}

/** What stands in every answer is not made up. */
const HEAD = ["api_tran_id", "api_tran_dtm", "rsp_code", "rsp_message"];

/** Everything else that the schema of an answer names: the same for the same seed and `about`. Lists have `rows` rows. */
export function madeUp({ data, center: { beginning } }: Call, about: string, rows: number): Json {
  const making: SynthesisContext = {
    next: random(`${beginning.seed}/${about}`),
    from: beginning.began,
    to: beginning.began,
    given: () => undefined,
    dated: () => false,
    count: () => rows,
  };
  const properties = Object.fromEntries(Object.entries(data.properties ?? {}).filter(([name]) => !HEAD.includes(name)));
  return synthesize({ ...data, properties }, making) as Json;
}
