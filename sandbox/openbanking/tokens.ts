/**
 * Authorization codes and tokens: who may do what, and until when.
 * @module
 */
import { createHmac } from "node:crypto";
import type { Clock } from "../shared/clock.js";
import type { Identifiers } from "../shared/random.js";
import type { SandboxInstitution } from "./institution.js";
import { authFlaw, Refusal } from "./wire.js";

/** 90 days less a second, as the center's test environment answers. */
const ACCESS_SECONDS = 7_775_999;
/** A refresh token lives ten days longer. */
const REFRESH_SECONDS = ACCESS_SECONDS + 10 * 86_400;
const CODE_SECONDS = 300;

/** Who holds a token: a user who consented, or the institution itself. */
export interface Holder {
  institution: SandboxInstitution;
  scopes: readonly string[];
  /** Undefined for the institution's own. */
  userSeqNo: string | undefined;
}

/** What a user agreed to on the consent screen. */
export interface Consent extends Holder {
  userSeqNo: string;
  redirectUri: string;
  /** It may be used as 사용자정보확인 키 of 계좌통합조회. */
  accountinfo: boolean;
}

interface Issued<Of> {
  holder: Of;
  expiresAt: number;
  /** Revoked, or used up. */
  over: boolean;
}

/** The answer of the token endpoint, field by field. */
export interface TokenAnswer {
  access_token: string;
  token_type: "Bearer";
  expires_in: number;
  scope: string;
  refresh_token?: string;
  user_seq_no?: string;
  client_use_code?: string;
}

export class Tokens {
  readonly #clock: Clock;
  readonly #ids: Identifiers;
  readonly #codes = new Map<string, Issued<Consent>>();
  readonly #access = new Map<string, Issued<Holder>>();
  readonly #refresh = new Map<string, Issued<Holder>>();
  /** Times that somebody was given a token; a pair counts once. */
  issued = 0;

  constructor(clock: Clock, ids: Identifiers) {
    this.#clock = clock;
    this.#ids = ids;
  }

  /** A code for the callback. */
  addCode(consent: Consent): string {
    const code = this.#ids.hex(32);
    this.#codes.set(code, { holder: consent, expiresAt: this.#clock() + CODE_SECONDS * 1000, over: false });
    return code;
  }

  /** Uses a code up. @throws Refusal 3000113 when it is not valid, or no longer */
  redeem(code: string, clientId: string): Consent {
    const found = this.#codes.get(code);
    if (!found || found.over || found.expiresAt <= this.#clock() || found.holder.institution.clientId !== clientId) {
      throw authFlaw("3000113");
    }
    found.over = true;
    return found.holder;
  }

  /** What a code stands for, without using it up; undefined when it is over. */
  lookUp(code: unknown): Consent | undefined {
    const found = typeof code === "string" ? this.#codes.get(code) : undefined;
    return found && found.expiresAt > this.#clock() ? found.holder : undefined;
  }

  /** A token for a user's institution, with a refresh token unless told otherwise. */
  issueForUser(holder: Holder & { userSeqNo: string }, withRefresh = true): TokenAnswer {
    this.issued += 1;
    const access = this.#issue(this.#access, holder, ACCESS_SECONDS);
    const refresh = withRefresh ? this.#issue(this.#refresh, holder, REFRESH_SECONDS) : undefined;
    return {
      access_token: access,
      token_type: "Bearer",
      expires_in: ACCESS_SECONDS,
      ...(refresh !== undefined && { refresh_token: refresh }),
      scope: holder.scopes.join(" "),
      user_seq_no: holder.userSeqNo,
    };
  }

  issueForInstitution(institution: SandboxInstitution, scope: string): TokenAnswer {
    this.issued += 1;
    const holder = { institution, scopes: [scope], userSeqNo: undefined };
    return {
      access_token: this.#issue(this.#access, holder, ACCESS_SECONDS),
      token_type: "Bearer",
      expires_in: ACCESS_SECONDS,
      scope,
      client_use_code: institution.useCode,
    };
  }

  /** Who holds a refresh token. @throws Refusal O0014, or O0015 when its time is up */
  refreshed(token: string, clientId: string): Holder & { userSeqNo: string } {
    const found = this.#refresh.get(token);
    const { userSeqNo, institution } = found?.holder ?? {};
    if (!found || found.over || institution?.clientId !== clientId || userSeqNo === undefined) {
      throw new Refusal("O0014");
    }
    if (found.expiresAt <= this.#clock()) throw new Refusal("O0015");
    return { ...found.holder, userSeqNo };
  }

  /** Who holds an access token. @throws Refusal O0002, or O0003 when its time is up */
  holder(token: string): Holder {
    const found = this.#access.get(token);
    if (!found || found.over) throw new Refusal("O0002");
    if (found.expiresAt <= this.#clock()) throw new Refusal("O0003");
    return found.holder;
  }

  /** Ends an access or refresh token. Returns whether there was one. */
  revoke(token: string, clientId: string): boolean {
    const found = this.#access.get(token) ?? this.#refresh.get(token);
    if (!found || found.holder.institution.clientId !== clientId) return false;
    found.over = true;
    return true;
  }

  /** Ends every token of a user with an institution. */
  revokeUser(clientId: string, userSeqNo: string): void {
    for (const issued of [...this.#access.values(), ...this.#refresh.values()]) {
      const { holder } = issued;
      if (holder.institution.clientId === clientId && holder.userSeqNo === userSeqNo) issued.over = true;
    }
  }

  /** From now on every access token is past its time, and every refresh token as well when told so. */
  expireAll({ refresh = false }: { refresh?: boolean } = {}): void {
    const ending = refresh ? [...this.#access.values(), ...this.#refresh.values()] : this.#access.values();
    for (const issued of ending) issued.expiresAt = 0;
  }

  #issue(kept: Map<string, Issued<Holder>>, holder: Holder, seconds: number): string {
    const exp = Math.floor(this.#clock() / 1000) + seconds;
    const token = jwt({
      aud: holder.userSeqNo ?? holder.institution.useCode,
      scope: holder.scopes,
      iss: "https://www.openbanking.or.kr",
      exp,
      jti: this.#ids.uuid(),
    });
    kept.set(token, { holder, expiresAt: exp * 1000, over: false });
    return token;
  }
}

/** Signed with a key that anybody knows: clients have no business looking inside. */
function jwt(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", "sandbox").update(signed).digest("base64url")}`;
}
