import { pascalCase } from "./names.js";

/** What the generator has to know of a provider beyond its specs. */
export interface ProviderHouse {
  /** The type of its client, exported by its runtime. */
  client: string;
  /**
   * Where an answer holds what callers get: in the field `inside`, or as the part of an `allOf` that stands `beside` the block of
   * that name. Absent when callers get the whole body.
   */
  data?: { inside: string } | { beside: string };
  /** The field of a request body that holds what callers pass. Absent when they pass the whole body. */
  input?: string;
  /** What its client fills in by itself: the words of `x-from`. Absent when nothing is known of its client. */
  fills?: readonly string[];
  /** The tokens that `x-auth` can ask for by scope. Absent when it can only say `none`. */
  tokens?: { user: readonly string[]; institution: readonly string[] };
  /** Its operations are told apart by `x-tr-id`, and it has a host for mock trading. */
  trIds?: true;
  /** It sends records by itself: documents can describe feeds. */
  feeds?: true;
  /** What its runtime is told of an operation besides what all are: input that is a number on the wire, the successor. */
  further?: readonly ("numbers" | "successor")[];
  /** Asking for page after page takes options of its own. */
  pageOptions?: true;
}

const houses: Record<string, ProviderHouse> = {
  codef: { client: "Codef", data: { inside: "data" }, fills: [] },
  kis: {
    client: "Kis",
    data: { beside: "Envelope" },
    fills: ["account", "htsId", "appKey", "appSecret", "token"],
    trIds: true,
    feeds: true,
    pageOptions: true,
  },
  openbanking: {
    client: "OpenBanking",
    fills: [...["bankTranId", "tranDtime", "clientUseCode", "clientId", "clientSecret", "refreshToken", "accessToken"]],
    tokens: {
      user: ["login", "inquiry", "transfer", "cardinfo", "fintechinfo", "insuinfo", "loaninfo"],
      institution: ["oob", "sa"],
    },
    pageOptions: true,
  },
  woori: {
    client: "Woori",
    data: { inside: "dataBody" },
    input: "dataBody",
    fills: ["appKey", "secretKey", "token", "device"],
    further: ["numbers", "successor"],
  },
};

/** A provider that is not in the table answers without an envelope, and its client is called like its folder. */
export function houseOf(provider: string): ProviderHouse {
  return houses[provider] ?? { client: pascalCase(provider) };
}
