import type { Fault } from "../../call/fault.js";
import type { OpenBanking } from "../client.js";
import { performerFor } from "../functions.js";
import { faultAt } from "../operation.js";

/** The page on which a user consents (사용자인증), by its documented parameters. */
export interface AuthorizeParameters {
  /** 권한 범위: `login`, `inquiry`, `transfer`, `cardinfo`, `fintechinfo`, `insuinfo`, `loaninfo`; several as a list or with spaces. */
  scope: string | readonly string[];
  /** 32 characters to compare in the callback. Default: random ones. */
  state?: string;
  /** Default: the client's `redirectUri`. */
  redirect_uri?: string;
  /** 사용자인증 유형. `0` 최초인증 (default), `1` 재인증 (older), `2` 인증생략, which needs the headers of `authorizeRequest`. */
  auth_type?: "0" | "1" | "2";
  /** 이용기관 임의 정보, up to 256 characters; comes back in the callback. */
  client_info?: string;
  /** 화면 언어 */
  lang?: "kor" | "eng";
  /** 사용자정보 수정 허용 */
  edit_option?: "on" | "off";
  /** Colors of the page; older. */
  bg_color?: string;
  txt_color?: string;
  btn1_color?: string;
  btn2_color?: string;
  /** 휴대전화 인증 사용여부; the center takes `Y` when it is left out. */
  cellphone_cert_yn?: "Y" | "N";
  /** 공동인증서 인증 사용여부; the center takes `Y` when it is left out. */
  authorized_cert_yn?: "Y" | "N";
  /** 계좌소유인증 사용여부; only when accounts are registered. */
  account_hold_auth_yn?: "Y" | "N";
  /** 등록정보 구분, what is registered first: `A` 계좌 (the center's default), `C` 카드, `F` 선불, `I` 보험, `L` 대출/리스. */
  register_info?: "A" | "C" | "F" | "I" | "L";
  /** 계좌통합조회 사용여부; with `Y` the next two are needed. */
  accountinfo_yn?: "Y" | "N";
  accountinfo_api_tran_id?: string;
  accountinfo_list_num?: string;
  /** 단말 종류 */
  client_device_type?: "PC" | "AD" | "IO";
  client_device_ip?: string;
  client_device_mac?: string;
  client_device_id?: string;
  client_device_num?: string;
  client_device_version?: string;
}

/** Where to send the browser, and what to compare in the callback: keep `state` in the user's session until then. */
export interface Authorization {
  url: string;
  state: string;
}

const LENGTHS = { client_info: 256, accountinfo_api_tran_id: 40 } as const;

/**
 * The URL to send a user's browser to. Every value is percent-encoded, spaces as `%20`.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`
 * @example
 * const { url, state } = authorizeUrl(openBanking, { scope: ["login", "inquiry"] });
 * // keep state in the session, redirect to url
 */
export function authorizeUrl(openBanking: OpenBanking, parameters: AuthorizeParameters): Authorization {
  const { settings } = performerFor(openBanking);
  const { state = createState(), redirect_uri = settings.redirectUri, auth_type = "0", scope, ...rest } = parameters;
  const query = {
    response_type: "code",
    client_id: settings.clientId,
    redirect_uri: checkRedirect(redirect_uri, at("redirect_uri")),
    scope: checkScope(scope, at("scope")),
    state: checkState(state, at("state")),
    auth_type,
    ...rest,
  };
  checkRest(rest);
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  const encoded = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return { url: `${settings.baseUrl}/oauth/2.0/authorize?${encoded.join("&")}`, state };
}

function at(field: string): Fault {
  return faultAt({ id: "authorizeUrl" }, field);
}

function checkRedirect(redirectUri: string | undefined, fault: Fault): string {
  if (redirectUri === undefined) throw fault("INPUT_MISSING", "is missing: give the client a redirectUri");
  if (!URL.canParse(redirectUri)) throw fault("INPUT_INVALID", "must be a URL");
  return redirectUri;
}

function checkScope(scope: string | readonly string[], fault: Fault): string {
  const scopes = [scope ?? []]
    .flat()
    .join(" ")
    .split(/[\s,]+/)
    .filter(Boolean);
  if (scopes.length === 0) throw fault("INPUT_MISSING", "is missing");
  const odd = scopes.find((word) => word === "oob" || word === "sa");
  if (odd) throw fault("INPUT_INVALID", `holds ${odd}, which is the institution's own: no user can grant it`);
  return [...new Set(scopes)].join(" ");
}

function checkState(state: string, fault: Fault): string {
  if (state.length !== 32) throw fault("INPUT_INVALID", "must have 32 characters: createState() makes one");
  return state;
}

function checkRest(rest: Omit<AuthorizeParameters, "scope" | "state" | "redirect_uri" | "auth_type">): void {
  for (const [name, length] of Object.entries(LENGTHS)) {
    const value = rest[name as keyof typeof LENGTHS] ?? "";
    if (value.length > length) throw at(name)("INPUT_INVALID", `must have at most ${length} characters`);
  }
  if (rest.account_hold_auth_yn !== undefined && (rest.register_info ?? "A") !== "A") {
    throw at("account_hold_auth_yn")("INPUT_INVALID", "goes with register_info A only");
  }
  if (rest.accountinfo_yn !== "Y") return;
  for (const name of ["accountinfo_api_tran_id", "accountinfo_list_num"] as const) {
    if (rest[name] === undefined) throw at(name)("INPUT_MISSING", "is missing: accountinfo_yn Y needs it");
  }
}

/** 32 random characters (128 bits) for the `state` of a consent. */
export function createState(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
