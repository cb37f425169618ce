import { hide } from "../../errors/kofin-error.js";
import type { OpenBanking } from "../client.js";
import { performerFor } from "../functions.js";
import { faultAt } from "../operation.js";
import { type Authorization, type AuthorizeParameters, authorizeUrl } from "./authorize-url.js";

/** What an institution tells the center of a user beforehand, so that they need not type it (정보전달). All of it is personal data. */
export interface KnownUser {
  /** 사용자 CI; with `auth_type` 2 it stands for the user. */
  userCi?: string;
  userName?: string;
  /** 생년월일, `yyyymmdd`. */
  birthDate?: string;
  cellNo?: string;
  /** 통신사 */
  phoneCarrier?: string;
  email?: string;
  /** 개설기관 표준코드 of the account to register. */
  bankCode?: string;
  accountNum?: string;
}

/** A request that the institution's own server or app makes: a browser cannot be sent somewhere with headers. */
export interface AuthorizeRequest extends Authorization {
  /** `Kftc-Bfop-…`. Not enumerable: they hold personal data and, with `auth_type` 2, a token. */
  readonly headers: Readonly<Record<string, string>>;
}

const HEADERS = {
  userCi: "Kftc-Bfop-UserCI",
  userName: "Kftc-Bfop-UserName",
  birthDate: "Kftc-Bfop-UserInfo",
  cellNo: "Kftc-Bfop-UserCellNo",
  phoneCarrier: "Kftc-Bfop-PhoneCarrier",
  email: "Kftc-Bfop-UserEmail",
  bankCode: "Kftc-Bfop-BankCodeStd",
  accountNum: "Kftc-Bfop-AccountNum",
} as const satisfies Record<keyof KnownUser, string>;

/**
 * The authorization with what is known of the user in its headers. With `auth_type` 2 (인증생략) the user is that of the view, and the
 * center recognizes them by their user_seq_no, CI and a token with the scope `login`, which must have been granted before. Nothing
 * is sent, but a token that has ended is refreshed.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `SCOPE_MISSING`
 * @example
 * const { url, headers, state } = await authorizeRequest(openBanking.user(seq), { auth_type: "2", scope: "inquiry" }, { userCi });
 */
export async function authorizeRequest(
  openBanking: OpenBanking,
  parameters: AuthorizeParameters,
  known: KnownUser = {},
): Promise<AuthorizeRequest> {
  const request = authorizeUrl(openBanking, parameters);
  const headers: Record<string, string> = {};
  for (const [name, header] of Object.entries(HEADERS)) {
    const value = known[name as keyof KnownUser];
    // The only one with letters beyond ASCII, and the only one that is documented as URL-encoded.
    if (value !== undefined) headers[header] = name === "userName" ? encodeURIComponent(value) : plain(name, value);
  }
  if (parameters.auth_type === "2") Object.assign(headers, await recognized(openBanking, known));
  hide(request, { headers });
  return request as AuthorizeRequest;
}

async function recognized(openBanking: OpenBanking, { userCi }: KnownUser): Promise<Record<string, string>> {
  const { userSeqNo, loadState } = performerFor(openBanking);
  if (userSeqNo === undefined) throw at("user")("INPUT_MISSING", "is missing: pass openBanking.user(user_seq_no)");
  if (!userCi) throw at("userCi")("INPUT_MISSING", "is missing: auth_type 2 needs it");
  const { users } = await loadState();
  const { value } = await users.get(userSeqNo, ["login"], "authorizeRequest");
  return { "Kftc-Bfop-UserSeqNo": userSeqNo, "Kftc-Bfop-AccessToken": value };
}

function plain(name: string, value: string): string {
  if (/^[\x20-\x7e]+$/.test(value)) return value;
  throw at(name)("INPUT_INVALID", "must be plain letters, digits and signs on one line");
}

function at(field: string) {
  return faultAt({ id: "authorizeRequest" }, field);
}
