/**
 * What follows a user's consent: tokens are fetched, kept, refreshed and given back. They stay inside; callers get what they open.
 * @module
 */
import type { Json } from "../../paths.js";
import type { OpenBanking } from "../client.js";
import { checkUserSeqNo } from "../credentials.js";
import { performerFor } from "../functions.js";
import { type IssuedToken, readToken, requestRevocation, requestToken } from "../oauth.js";
import { faultAt } from "../operation.js";
import { type Grant, grantFor, scopesOf, type UserTokens, withGrant } from "../user-tokens.js";
import type { Callback } from "./callback.js";

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
  const { settings, loadState } = performerFor(openBanking);
  const { code, scope = undefined } = typeof callback === "string" ? { code: callback } : callback;
  const redirect_uri = options.redirect_uri ?? settings.redirectUri;
  if (!redirect_uri) {
    throw faultAt({ id: "exchangeCode" }, "redirect_uri")("INPUT_MISSING", "is missing: give the client a redirectUri");
  }
  const { users } = await loadState();
  const issued = await requestToken(settings, { grant_type: "authorization_code", code, redirect_uri });
  return keep(users, { ...issued, scope: issued.scope ?? scope });
}

/**
 * Keeps tokens that a user granted before kofin was there: as if their code had just been exchanged. `expires_in` counts from now.
 * @throws InvalidInputError `INPUT_MISSING`
 */
export async function adoptTokens(openBanking: OpenBanking, answer: TokenAnswer): Promise<Consent> {
  const { settings, loadState } = performerFor(openBanking);
  const issued = readToken(answer as unknown as Json, settings.now());
  for (const [name, value] of Object.entries({ access_token: issued, user_seq_no: issued?.userSeqNo })) {
    if (!value) throw faultAt({ id: "adoptTokens" }, name)("INPUT_MISSING", "is missing");
  }
  return keep((await loadState()).users, issued as IssuedToken);
}

/** What a user has granted, newest first; the user is that of the view. Empty when nothing is known of them. */
export async function consentsOf(openBanking: OpenBanking): Promise<Consent[]> {
  const { users, userSeqNo } = await userOf(openBanking, "consentsOf");
  return (await users.read(userSeqNo)).map((grant) => consentOf(userSeqNo, grant));
}

/**
 * Refreshes the user's token for a scope now, instead of when it is about to end. The user is that of the view.
 * @throws AuthenticationError with the advice `ask-user` when the user has to consent again; InvalidInputError `SCOPE_MISSING`;
 * ConsentError `CONSENT_ENDED`
 */
export async function refreshToken(openBanking: OpenBanking, options: { scope?: string } = {}): Promise<Consent> {
  const { users, userSeqNo } = await userOf(openBanking, "refreshToken");
  const grant = grantFor(await users.read(userSeqNo), options.scope === undefined ? [] : [options.scope]);
  if (!grant) {
    const what = options.scope ? `${options.scope} was not granted` : "is missing: no token of this user is stored";
    throw faultAt({ id: "refreshToken" }, "scope")("SCOPE_MISSING", what);
  }
  return consentOf(userSeqNo, await users.renew(userSeqNo, grant));
}

/**
 * Gives tokens back to the center and forgets them: on a view all of the user's, on the client the institution's own. Only the path
 * of this API is public, not its fields; what is sent is `client_id`, `client_secret` and `access_token`.
 * @throws what the center refuses with; the tokens are then still kept
 */
export async function revokeToken(openBanking: OpenBanking): Promise<void> {
  const { settings, userSeqNo, loadState } = performerFor(openBanking);
  const { users, institution } = await loadState();
  if (userSeqNo === undefined) {
    const token = await (institution.held ? institution.held() : institution.get());
    if (!token) return;
    await requestRevocation(settings, token.value);
    institution.invalidate(token);
    await institution.remove?.(token);
    return;
  }
  for (const { accessToken } of await users.read(userSeqNo)) {
    await requestRevocation(settings, accessToken);
    await users.change(userSeqNo, async (grants) => grants.filter((grant) => grant.accessToken !== accessToken));
  }
}

/** Forgets a user's tokens without telling the center: after the user has left (사용자탈퇴), for example. */
export async function forgetUser(openBanking: OpenBanking): Promise<void> {
  const { users, userSeqNo } = await userOf(openBanking, "forgetUser");
  await users.change(userSeqNo, async () => []);
}

/** @throws InvalidInputError when `openBanking` is no view of a user. */
async function userOf(openBanking: OpenBanking, operation: string) {
  const { userSeqNo, loadState } = performerFor(openBanking);
  if (userSeqNo === undefined) {
    throw faultAt({ id: operation }, "user")("INPUT_MISSING", "is missing: pass openBanking.user(user_seq_no)");
  }
  return { userSeqNo, users: (await loadState()).users };
}

async function keep(users: UserTokens, issued: IssuedToken): Promise<Consent> {
  const { accessToken, refreshToken, expiresAt, scope = "" } = issued;
  const userSeqNo = checkUserSeqNo(issued.userSeqNo ?? "");
  const grant: Grant = { accessToken, refreshToken, expiresAt, scope };
  await users.change(userSeqNo, async (grants) => withGrant(grants, grant));
  return consentOf(userSeqNo, grant);
}

function consentOf(userSeqNo: string, { scope, expiresAt, refreshToken }: Grant): Consent {
  return { userSeqNo, scope: scopesOf(scope), expiresAt, refreshable: refreshToken !== undefined };
}
