import type { CenterState } from "./center-state.js";
import type { SandboxInstitution } from "./institution.js";
import { INSTITUTION_SCOPES, USER_SCOPES } from "./scopes.js";
import type { TokenAnswer } from "./tokens.js";
import { authFlaw, Refusal } from "./wire.js";

/** `POST /oauth/2.0/token` @throws Refusal O0001 with its number, O0014, O0015 */
export function answerToken(center: CenterState, form: URLSearchParams): TokenAnswer {
  const grant = GRANTS[one(form, "grant_type")];
  if (!grant) throw authFlaw("3000117");
  return grant(center, clientOf(center, form), form);
}

type Grant = (center: CenterState, institution: SandboxInstitution, form: URLSearchParams) => TokenAnswer;

const GRANTS: Record<string, Grant | undefined> = {
  authorization_code: byCode,
  refresh_token: byRefreshToken,
  client_credentials: byContract,
};

function byCode(
  { tokens, redirectUris }: CenterState,
  { clientId }: SandboxInstitution,
  form: URLSearchParams,
): TokenAnswer {
  const code = one(form, "code");
  const redirectUri = one(form, "redirect_uri");
  // Looked at before the code is used up: a slip here can be mended.
  if (!redirectUris.get(clientId)?.has(redirectUri)) throw authFlaw("3000114");
  const consent = tokens.redeem(code, clientId);
  if (consent.redirectUri !== redirectUri) throw authFlaw("3000114");
  return tokens.issueForUser(consent);
}

function byRefreshToken(
  { tokens, settings }: CenterState,
  { clientId }: SandboxInstitution,
  form: URLSearchParams,
): TokenAnswer {
  const token = one(form, "refresh_token");
  const scopes = wordsIn(one(form, "scope"));
  const holder = tokens.refreshed(token, clientId);
  if (!scopes.every((scope) => holder.scopes.includes(scope))) throw authFlaw("3000115");
  if (settings.rotateRefreshTokens) tokens.revoke(token, clientId);
  return tokens.issueForUser({ ...holder, scopes }, settings.rotateRefreshTokens);
}

function byContract({ tokens }: CenterState, institution: SandboxInstitution, form: URLSearchParams): TokenAnswer {
  const scope = one(form, "scope");
  // Live answers of the test bed: a user's scope is a wrong parameter, that of another contract is not allowed.
  if (USER_SCOPES.some((known) => known === scope)) throw authFlaw("3000103", "scope");
  if (scope !== (institution.scope ?? "oob"))
    throw INSTITUTION_SCOPES.some((known) => known === scope) ? new Refusal("O0011") : authFlaw("3000115");
  return tokens.issueForInstitution(institution, scope);
}

/** `POST /oauth/2.0/revoke`. Its fields are known to nobody: any that holds a token will do. @throws Refusal O0001, O0002 */
export function revokeToken(center: CenterState, form: URLSearchParams): void {
  const { clientId } = clientOf(center, form);
  const tokens = ["access_token", "refresh_token", "token"].flatMap((name) => form.getAll(name));
  if (tokens.length === 0) throw authFlaw("3000103", "access_token");
  for (const token of tokens) center.tokens.revoke(token, clientId);
}

/** @throws Refusal 3000201 */
function clientOf({ institutions }: CenterState, form: URLSearchParams): SandboxInstitution {
  const institution = institutions.get(one(form, "client_id"));
  if (!institution || institution.clientSecret !== one(form, "client_secret")) throw authFlaw("3000201");
  return institution;
}

/** The one value of a parameter. @throws Refusal 3000103 for none, and for several */
export function one(parameters: URLSearchParams, name: string): string {
  const [value, ...others] = parameters.getAll(name);
  if (value === undefined || value === "" || others.length > 0) throw authFlaw("3000103", name);
  return value;
}

export function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
