/**
 * What follows a user's consent: tokens are fetched, kept, refreshed and given back. They stay inside; callers get what they open.
 * @module
 */
import type { Json } from "../paths.js";
import type { Callback } from "./callback.js";
import { checkUserSeqNo } from "./credentials.js";
import { faultAt } from "./fault.js";
import { type IssuedToken, readToken, requestRevocation, requestToken } from "./oauth.js";
import { callerOf, type OpenBanking, type Session, userOf } from "./session.js";
import { type Grant, grantFor, scopesOf, withGrant } from "./users.js";

/** A consent of a user, without its tokens. */
export interface Consent {
  userSeqNo: string;
  /** What it opens; empty when the center did not say. */
  scope: string[];
  /** When its access token ends, in milliseconds since 1970. It is refreshed before. */
  expiresAt: number;
  /** Whether it can be refreshed when it has ended; the user has to consent again otherwise. */
  refreshable: boolean;
}

/** The answer of the token path, as another program may have kept it. */
export interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  expires_in: number | string;
  scope: string;
  user_seq_no: string;
}

/**
 * Exchanges the code of a callback for the user's tokens and keeps them in the store; the user's calls are made with them from then
 * on. A code works once: this is never repeated.
 * @throws AuthenticationError for a code that has ended or a redirect_uri that is not the same; NetworkError, HttpError, DecodeError;
 * InvalidInputError `STORE_UNUSABLE`: then the code is used up and the user has to consent again
 * @example const { userSeqNo } = await exchangeCode(openBanking, readCallback(request.url, session.state));
 */
export async function exchangeCode(
  openBanking: OpenBanking,
  callback: Pick<Callback, "code" | "scope"> | string,
  options: { redirect_uri?: string } = {},
): Promise<Consent> {
  const { session } = callerOf(openBanking);
  const { code, scope = undefined } = typeof callback === "string" ? { code: callback } : callback;
  const redirect_uri = options.redirect_uri ?? session.redirectUri;
  if (!redirect_uri) {
    throw faultAt({ id: "exchangeCode" }, "redirect_uri")("INPUT_MISSING", "is missing: give the client a redirectUri");
  }
  const issued = await requestToken(session, { grant_type: "authorization_code", code, redirect_uri });
  return keep(session, { ...issued, scope: issued.scope ?? scope });
}

/**
 * Keeps tokens that a user granted before kofin was there: as if their code had just been exchanged. `expires_in` counts from now.
 * @throws InvalidInputError `INPUT_MISSING`
 */
export async function adoptTokens(openBanking: OpenBanking, answer: TokenAnswer): Promise<Consent> {
  const { session } = callerOf(openBanking);
  const issued = readToken(answer as unknown as Json, session.now());
  for (const [name, value] of Object.entries({ access_token: issued, user_seq_no: issued?.userSeqNo })) {
    if (!value) throw faultAt({ id: "adoptTokens" }, name)("INPUT_MISSING", "is missing");
  }
  return keep(session, issued as IssuedToken);
}

/** What a user has granted, newest first; the user is that of the view. Empty when nothing is known of them. */
export async function consentsOf(openBanking: OpenBanking): Promise<Consent[]> {
  const { session, userSeqNo } = userOf(openBanking, "consentsOf");
  return (await session.users.read(userSeqNo)).map((grant) => consentOf(userSeqNo, grant));
}

/**
 * Refreshes the user's token for a scope now, instead of when it is about to end. The user is that of the view.
 * @throws AuthenticationError with the advice `ask-user` when the user has to consent again; InvalidInputError `SCOPE_MISSING`;
 * ConsentError `CONSENT_ENDED`
 */
export async function refreshToken(openBanking: OpenBanking, options: { scope?: string } = {}): Promise<Consent> {
  const { session, userSeqNo } = userOf(openBanking, "refreshToken");
  const grant = grantFor(await session.users.read(userSeqNo), options.scope === undefined ? [] : [options.scope]);
  if (!grant) {
    const what = options.scope ? `${options.scope} was not granted` : "is missing: no token of this user is stored";
    throw faultAt({ id: "refreshToken" }, "scope")("SCOPE_MISSING", what);
  }
  return consentOf(userSeqNo, await session.userTokens.renew(userSeqNo, grant));
}

/**
 * Gives tokens back to the center and forgets them: on a view all of the user's, on the client the institution's own. Only the path
 * of this API is public, not its fields; what is sent is `client_id`, `client_secret` and `access_token`.
 * @throws what the center refuses with; the tokens are then still kept
 */
export async function revokeToken(openBanking: OpenBanking): Promise<void> {
  const { session, userSeqNo } = callerOf(openBanking);
  if (userSeqNo === undefined) {
    const { institution } = session;
    const token = await (institution.held ? institution.held() : institution.get());
    if (!token) return;
    await requestRevocation(session, token.value);
    institution.invalidate(token);
    await institution.remove?.(token);
    return;
  }
  for (const { accessToken } of await session.users.read(userSeqNo)) {
    await requestRevocation(session, accessToken);
    await session.users.change(userSeqNo, async (grants) =>
      grants.filter((grant) => grant.accessToken !== accessToken),
    );
  }
}

/** Forgets a user's tokens without telling the center: after the user has left (사용자탈퇴), for example. */
export async function forgetUser(openBanking: OpenBanking): Promise<void> {
  const { session, userSeqNo } = userOf(openBanking, "forgetUser");
  await session.users.change(userSeqNo, async () => []);
}

async function keep(session: Session, issued: IssuedToken): Promise<Consent> {
  const { accessToken, refreshToken, expiresAt, scope = "" } = issued;
  const userSeqNo = checkUserSeqNo(issued.userSeqNo ?? "");
  const grant: Grant = { accessToken, refreshToken, expiresAt, scope };
  await session.users.change(userSeqNo, async (grants) => withGrant(grants, grant));
  return consentOf(userSeqNo, grant);
}

function consentOf(userSeqNo: string, { scope, expiresAt, refreshToken }: Grant): Consent {
  return { userSeqNo, scope: scopesOf(scope), expiresAt, refreshable: refreshToken !== undefined };
}
