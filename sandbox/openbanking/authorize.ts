/**
 * `GET /oauth/2.0/authorize` and its older sister `/oauth/2.0/authorize_account`: what a consent screen is asked to be.
 * @module
 */

import type { CenterState } from "./center-state.js";
import type { SandboxInstitution } from "./institution.js";
import type { AssetKind } from "./registrations.js";
import { USER_SCOPES, type UserScope } from "./scopes.js";
import { one, wordsIn } from "./token-endpoint.js";
import type { User } from "./users.js";
import { authFlaw } from "./wire.js";

/** 등록정보 구분 other than accounts, and the scope that looks at it. */
export const ASSETS: Readonly<Record<string, { kind: AssetKind; scope: UserScope } | undefined>> = {
  C: { kind: "cards", scope: "cardinfo" },
  F: { kind: "pays", scope: "fintechinfo" },
  I: { kind: "insurances", scope: "insuinfo" },
  L: { kind: "loans", scope: "loaninfo" },
};

/** An authorization request that is in order. */
export interface AuthorizeRequest {
  institution: SandboxInstitution;
  redirectUri: string;
  scopes: UserScope[];
  state: string;
  clientInfo: string | undefined;
  lang: "kor" | "eng";
  /** Whether the user may correct the e-mail address. */
  editable: boolean;
  /** Colours of the older versions: background, text, the two buttons. */
  colors: Partial<Record<"bg" | "txt" | "btn1" | "btn2", string>>;
  /** How the user can prove who it is. */
  means: { cellphone: boolean; certificate: boolean };
  /** Whether accounts are proved to be the user's own by a transfer of 1 won. */
  accountHoldAuth: boolean;
  /** `A` accounts, `C` cards, `F` prepaid, `I` insurances, `L` loans. */
  register: string;
  accountinfo: boolean;
  /** 인증생략: the user who needs no proof. */
  known: User | undefined;
  /** 정보전달형: what the institution tells about the user beforehand. */
  told: { name?: string; birth?: string; email?: string; bankCode?: string; accountNum?: string };
}

/**
 * Reads an authorization request.
 * @throws Refusal O0001 with 3000103 (missing, twice, not one of its values), 3000114 (callback URL), 3000115
 * (scope), 3000116 (response_type), 3000201 (client), 119 and 801 (headers of 인증생략); O0002 for its token
 */
export function readAuthorize(center: CenterState, url: URL, headers: Headers): AuthorizeRequest {
  const query = url.searchParams;
  const { optional, among, yes } = valuesOf(query);
  if (one(query, "response_type") !== "code") throw authFlaw("3000116");
  const institution = center.institutions.get(one(query, "client_id"));
  if (!institution) throw authFlaw("3000201");
  const redirectUri = one(query, "redirect_uri");
  if (!center.redirectUris.get(institution.clientId)?.has(redirectUri)) throw authFlaw("3000114");
  const scopes = scopesIn(one(query, "scope"));
  const state = one(query, "state");
  if (state.length > 32) throw authFlaw("3000103", "state");
  const authType = among("auth_type", ["0", "1", "2"], undefined);
  const clientInfo = optional("client_info");
  if (clientInfo !== undefined && clientInfo.length > 256) throw authFlaw("3000103", "client_info");
  const register = among("register_info", ["A", "C", "F", "I", "L"], "A");
  const accountinfo = yes("accountinfo_yn", "N");
  if (accountinfo) for (const name of ["accountinfo_api_tran_id", "accountinfo_list_num"]) one(query, name);
  among("client_device_type", ["PC", "AD", "IO"], "PC");
  const means = { cellphone: yes("cellphone_cert_yn", "Y"), certificate: yes("authorized_cert_yn", "Y") };
  if (!means.cellphone && !means.certificate) throw authFlaw("3000103", "cellphone_cert_yn");
  return {
    institution,
    redirectUri,
    scopes,
    state,
    clientInfo,
    lang: among("lang", ["kor", "eng"], "kor"),
    editable: among("edit_option", ["on", "off"], "off") === "on",
    colors: colorsIn(query),
    means,
    accountHoldAuth: yes("account_hold_auth_yn", "N") && register === "A",
    register,
    accountinfo,
    known: authType === "2" ? knownUser(center, institution, headers) : undefined,
    told: toldBy(headers),
  };
}

/** Reads parameters that may be left out. @throws Refusal 3000103, as `one` does */
function valuesOf(query: URLSearchParams) {
  const optional = (name: string) => (query.has(name) ? one(query, name) : undefined);
  /** One of the values; `usual` when it is left out, unless it must not be. */
  const among = <Value extends string>(name: string, values: readonly Value[], usual: Value | undefined): Value => {
    const given = optional(name);
    const found = given === undefined ? usual : values.find((value) => value === given);
    if (found === undefined) throw authFlaw("3000103", name);
    return found;
  };
  const yes = (name: string, usual: "Y" | "N") => among(name, ["Y", "N"], usual) === "Y";
  return { optional, among, yes };
}

function scopesIn(text: string): UserScope[] {
  const words = wordsIn(text);
  const known = USER_SCOPES.filter((scope) => words.includes(scope));
  if (known.length === 0 || !words.every((word) => (USER_SCOPES as readonly string[]).includes(word))) {
    throw authFlaw("3000115");
  }
  return known;
}

/** 인증생략: the institution's own proof of who the user is. */
function knownUser(center: CenterState, institution: SandboxInstitution, headers: Headers): User {
  const [userSeqNo, ci, token] = ["UserSeqNo", "UserCI", "AccessToken"].map((name) => {
    const value = headers.get(`Kftc-Bfop-${name}`);
    if (!value) throw authFlaw("119", `Kftc-Bfop-${name}`);
    return value;
  });
  const holder = center.tokens.holder(String(token));
  const user = center.users.find(userSeqNo);
  const isTheirs = holder.userSeqNo === userSeqNo && holder.institution === institution;
  if (!user || !isTheirs || user.ci !== ci) throw authFlaw("801");
  if (!holder.scopes.includes("login")) throw authFlaw("3000115", "login");
  return user;
}

function toldBy(headers: Headers): AuthorizeRequest["told"] {
  const told = (name: string) => headers.get(`Kftc-Bfop-${name}`) ?? undefined;
  const all = {
    name: decoded(told("UserName")),
    birth: told("UserInfo"),
    email: told("UserEmail"),
    bankCode: told("BankCodeStd"),
    accountNum: told("AccountNum"),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** Only what is a colour goes into the page. */
function colorsIn(query: URLSearchParams): AuthorizeRequest["colors"] {
  const found = (["bg", "txt", "btn1", "btn2"] as const).flatMap((name) => {
    const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(query.get(`${name}_color`) ?? "")?.[1];
    return hex === undefined ? [] : [[name, `#${hex}`] as const];
  });
  return Object.fromEntries(found);
}
