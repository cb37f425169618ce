import type { CertificatePolicy } from "./types.js";

type Kind = readonly [owner: CertificatePolicy["owner"], use: string];

const personal = (use: string): Kind => ["personal", use];
const corporate = (use: string): Kind => ["corporate", use];

const GENERAL = "범용";
const BANK = "은행/보험용";
const STOCK = "증권/보험용";
const CARD = "신용카드용";
const TAX = "전자세금용";

/**
 * The policies that certificates of banks and authorities have, from tables that several Korean certificate programs agree on. By
 * authority; the first part of an OID is the authority's own. What is not here is shown by its OID.
 */
const POLICIES: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  // 금융결제원 (yessign)
  "1.2.410.200005.1.1.": {
    "1": personal(GENERAL),
    "2": corporate("은행/신용카드/보험용"),
    "4": personal(BANK),
    "5": corporate(GENERAL),
    "6.1": corporate("기업뱅킹용"),
    "6.2": personal(CARD),
    "6.8": corporate(TAX),
  },
  // 코스콤 (SignKorea)
  "1.2.410.200004.5.1.1.": {
    "5": personal(GENERAL),
    "7": corporate(GENERAL),
    "9": personal(STOCK),
    "9.2": personal(CARD),
  },
  // 한국정보인증 (KICA, signGATE)
  "1.2.410.200004.5.2.1.": {
    "1": corporate(GENERAL),
    "2": personal(GENERAL),
    "7.1": personal(BANK),
    "7.2": personal(STOCK),
    "7.3": personal(CARD),
  },
  // 한국전산원 (NCASign)
  "1.2.410.200004.5.3.1.": { "2": corporate(GENERAL), "9": personal(GENERAL) },
  // 한국전자인증 (CrossCert)
  "1.2.410.200004.5.4.1.": {
    "1": personal(GENERAL),
    "2": corporate(GENERAL),
    "101": personal(BANK),
    "102": personal(STOCK),
    "103": personal(CARD),
    "104": personal("전자민원용"),
  },
  // 이니텍 (INIPASS)
  "1.2.410.200004.5.5.1.": { "1": personal(GENERAL), "2": corporate(GENERAL), "4.2": corporate(TAX) },
  // 한국무역정보통신 (TradeSign)
  "1.2.410.200012.1.1.": {
    "1": personal(GENERAL),
    "3": corporate(GENERAL),
    "101": personal(BANK),
    "103": personal(STOCK),
    "105": personal(CARD),
  },
};

/** What a policy's OID says of a certificate. */
export function policyOf(id: string | undefined): CertificatePolicy | undefined {
  if (id === undefined) return undefined;
  const [authority = "", policies] = Object.entries(POLICIES).find(([start]) => id.startsWith(start)) ?? [];
  const [owner, use] = policies?.[id.slice(authority.length)] ?? [];
  return { id, owner, use };
}
