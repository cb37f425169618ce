/**
 * The token endpoint and the authorization endpoint of a provider that has them: OAuth 2.0 client credentials, and authorization code
 * with refresh, under whatever names its fields have.
 * @module
 */
import { createHash } from "node:crypto";
import type { AuthorizationCodeData, ClientCredentialsData } from "../../runtime/provider/data.js";
import { basicCredentials } from "../shared/authorization.js";
import { type Clock, seoulStamp } from "../shared/clock.js";
import { Issued } from "../shared/issued.js";
import { isRecord } from "../shared/json.js";
import type { Identifiers } from "../shared/random.js";
import { CLIENT_ID, CLIENT_SECRET } from "./client-keys.js";
import type { Inbound } from "./request.js";

type TokenData = ClientCredentialsData | AuthorizationCodeData;

const LIFETIME_SECONDS = 3_600;
const CODE_MS = 5 * 60_000;

export type TokenState = "good" | "expired" | "revoked" | "unknown";

/** What a user has agreed to. */
interface Consent {
  redirectUri: string;
  scope: string;
  /** PKCE (RFC 7636). */
  challenge: { value: string; method: string } | undefined;
  isUsed: boolean;
}

/** A refusal of RFC 6749. */
class OAuthError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, description: string, status = 400) {
    super(description);
    this.code = code;
    this.status = status;
  }
}

export class ProviderTokens {
  readonly #data: TokenData | undefined;
  readonly #clock: Clock;
  readonly #ids: () => Identifiers;
  readonly #access: Issued<string>;
  readonly #refresh: Issued<string>;
  readonly #codes: Issued<Consent>;
  #latest: { token: string; until: number } | undefined;
  /** Ended by a newer one. */
  readonly #revoked = new Set<string>();
  issued = 0;

  constructor(data: TokenData | undefined, clock: Clock, ids: () => Identifiers) {
    this.#data = data;
    this.#clock = clock;
    this.#ids = ids;
    this.#access = new Issued(clock);
    this.#refresh = new Issued(clock);
    this.#codes = new Issued(clock);
  }

  isGood(token: string): boolean {
    return this.#access.holder(token) !== undefined;
  }

  stateOf(token: string): TokenState {
    if (this.isGood(token)) return "good";
    if (this.#revoked.has(token)) return "revoked";
    return this.#access.find(token) ? "expired" : "unknown";
  }

  /** Answers the token endpoint. @param beside fields that the specs know in its answer */
  answer(inbound: Inbound, beside: object): Response {
    const { method, text } = inbound;
    if (method !== "POST") return new Response(null, { status: 405, headers: { Allow: "POST" } });
    try {
      const form = this.#readForm(text);
      this.#checkClient(form, inbound.headers.get("authorization"));
      return Response.json({ ...beside, ...this.#grant(form) }, { headers: { "Cache-Control": "no-store" } });
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      const { code, message, status } = error;
      return Response.json({ error: code, error_description: message }, { status });
    }
  }

  /** The address that a browser comes back to, for an authorization request. @throws Error for one that is not in order */
  consent(url: URL, deny: boolean): string {
    const query = url.searchParams;
    const redirectUri = query.get("redirect_uri") ?? "";
    if (query.get("client_id") !== CLIENT_ID) throw new Error(`client_id has to be ${CLIENT_ID}`);
    if (!URL.canParse(redirectUri)) throw new Error("redirect_uri has to be an address");
    const back = new URL(redirectUri);
    const say = (name: string, value: string | null) => value !== null && back.searchParams.set(name, value);
    say("state", query.get("state"));
    if (query.get("response_type") !== "code") say("error", "unsupported_response_type");
    else if (deny) say("error", "access_denied");
    else say("code", this.#addCode(query, redirectUri));
    return back.href;
  }

  expireAll(): void {
    this.#access.expireAll();
    this.#latest = undefined;
  }

  reset(): void {
    for (const part of [this.#access, this.#refresh, this.#codes, this.#revoked]) part.clear();
    this.#latest = undefined;
    this.issued = 0;
  }

  #readForm(text: string): Readonly<Record<string, unknown>> {
    if (this.#data?.body !== "json") return Object.fromEntries(new URLSearchParams(text));
    try {
      const body: unknown = JSON.parse(text);
      if (isRecord(body)) return body;
    } catch {}
    throw new OAuthError("invalid_request", "the body has to be a JSON object");
  }

  #checkClient(form: Readonly<Record<string, unknown>>, authorization: string | null): void {
    const { client = "body", idField = "client_id", secretField = "client_secret" } = this.#data ?? {};
    const basic = basicCredentials(authorization);
    const [id, secret] = client === "basic" ? [basic?.id, basic?.secret] : [form[idField], form[secretField]];
    const where = client === "basic" ? "Authorization: Basic" : `${idField} and ${secretField}`;
    if (id !== CLIENT_ID || secret !== CLIENT_SECRET) {
      throw new OAuthError("invalid_client", `${where} have to be those of the sandbox`, 401);
    }
  }

  #grant(form: Readonly<Record<string, unknown>>): object {
    const { grant_type: grant } = form;
    if (grant === undefined || grant === "") throw new OAuthError("invalid_request", "grant_type is missing");
    const isCode = this.#data?.type === "authorizationCode";
    if (grant === "client_credentials" && !isCode) return this.#forClient();
    if (grant === "authorization_code" && isCode) return this.#forCode(form);
    if (grant === "refresh_token" && isCode) return this.#forRefresh(String(form.refresh_token ?? ""));
    throw new OAuthError("unsupported_grant_type", `${String(grant)} is not granted here`);
  }

  #forClient(): object {
    const { reissue = "independent" } = this.#data as ClientCredentialsData;
    const now = this.#clock();
    if (reissue === "same-token" && this.#latest && this.#latest.until > now) return this.#fields(this.#latest);
    if (reissue === "kills-old") {
      if (this.#latest) this.#revoked.add(this.#latest.token);
      this.#access.clear();
    }
    this.#latest = this.#issue();
    return this.#fields(this.#latest);
  }

  #forCode({ code, redirect_uri: redirectUri, code_verifier: verifier }: Readonly<Record<string, unknown>>): object {
    const consent = this.#codes.holder(String(code));
    if (!consent || consent.isUsed) throw new OAuthError("invalid_grant", "the code is unknown, used or over");
    if (consent.redirectUri !== redirectUri) throw new OAuthError("invalid_grant", "redirect_uri is another one");
    if (consent.challenge && !isProof(consent.challenge, String(verifier ?? ""))) {
      throw new OAuthError("invalid_grant", "code_verifier does not fit the challenge");
    }
    consent.isUsed = true;
    return this.#forUser(consent.scope);
  }

  /** A refresh token is good for one refresh. */
  #forRefresh(token: string): object {
    const scope = this.#refresh.holder(token);
    if (scope === undefined) throw new OAuthError("invalid_grant", "the refresh token is unknown, used or over");
    this.#refresh.revoke(token);
    return this.#forUser(scope);
  }

  #forUser(scope: string): object {
    const refresh = this.#ids().text(40);
    this.#refresh.add(refresh, scope, Number.POSITIVE_INFINITY);
    return { ...this.#fields(this.#issue(scope)), refresh_token: refresh, ...(scope !== "" && { scope }) };
  }

  #issue(holder = ""): { token: string; until: number } {
    const token = this.#ids().text(40);
    const lifetime = (this.#data?.lifetimeSeconds ?? LIFETIME_SECONDS) * 1_000;
    this.#access.add(token, holder, lifetime);
    this.issued += 1;
    return { token, until: this.#clock() + lifetime };
  }

  #fields({ token, until }: { token: string; until: number }): object {
    const { tokenField = "access_token", expiresInField = "expires_in", expiresAtField } = this.#data ?? {};
    const end = expiresAtField
      ? { [expiresAtField]: seoulStamp(until).slice(0, 14) }
      : { [expiresInField]: Math.floor((until - this.#clock()) / 1_000) };
    return { [tokenField]: token, token_type: "Bearer", ...end };
  }

  #addCode(query: URLSearchParams, redirectUri: string): string {
    const code = this.#ids().text(32);
    const value = query.get("code_challenge");
    const method = query.get("code_challenge_method") ?? "plain";
    const challenge = value === null ? undefined : { value, method };
    this.#codes.add(code, { redirectUri, scope: query.get("scope") ?? "", challenge, isUsed: false }, CODE_MS);
    return code;
  }
}

function isProof({ value, method }: { value: string; method: string }, verifier: string): boolean {
  return value === (method === "S256" ? createHash("sha256").update(verifier).digest("base64url") : verifier);
}
