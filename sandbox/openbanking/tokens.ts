/**
 * Authorization codes and tokens: who may do what, and until when.
 * @module
 */
import type { Clock } from "../shared/clock.js";
import { Issued } from "../shared/issued.js";
import { jwt } from "../shared/jwt.js";
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
  readonly #codes: Issued<{ consent: Consent; isUsed: boolean }>;
  readonly #access: Issued<Holder>;
  readonly #refresh: Issued<Holder>;
  /** Times that somebody was given a token; a pair counts once. */
  issued = 0;

  constructor(clock: Clock, ids: Identifiers) {
    this.#clock = clock;
    this.#ids = ids;
    this.#codes = new Issued(clock);
    this.#access = new Issued(clock);
    this.#refresh = new Issued(clock);
  }

  /** A code for the callback. */
  addCode(consent: Consent): string {
    const code = this.#ids.hex(32);
    this.#codes.add(code, { consent, isUsed: false }, CODE_SECONDS * 1000);
    return code;
  }

  /** Uses a code up. @throws Refusal 3000113 when it is not valid, or no longer */
  redeem(code: string, clientId: string): Consent {
    const found = this.#codes.holder(code);
    if (!found || found.isUsed || found.consent.institution.clientId !== clientId) throw authFlaw("3000113");
    found.isUsed = true;
    return found.consent;
  }

  /** What a code stands for, without using it up; undefined when it is over. */
  lookUp(code: unknown): Consent | undefined {
    return typeof code === "string" ? this.#codes.holder(code)?.consent : undefined;
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
    const found = this.#refresh.find(token);
    const { userSeqNo, institution } = found?.holder ?? {};
    if (!found || institution?.clientId !== clientId || userSeqNo === undefined) throw new Refusal("O0014");
    if (found.isExpired) throw new Refusal("O0015");
    return { ...found.holder, userSeqNo };
  }

  /** Who holds an access token. @throws Refusal O0002, or O0003 when its time is up */
  holder(token: string): Holder {
    const found = this.#access.find(token);
    if (!found) throw new Refusal("O0002");
    if (found.isExpired) throw new Refusal("O0003");
    return found.holder;
  }

  /** Ends an access or refresh token of a client. */
  revoke(token: string, clientId: string): void {
    for (const issued of [this.#access, this.#refresh]) {
      if (issued.find(token)?.holder.institution.clientId === clientId) issued.revoke(token);
    }
  }

  /** Ends every token of a user with an institution. */
  revokeUser(clientId: string, userSeqNo: string): void {
    for (const issued of [this.#access, this.#refresh]) {
      issued.revokeWhere((holder) => holder.institution.clientId === clientId && holder.userSeqNo === userSeqNo);
    }
  }

  /** From now on every access token is past its time, and every refresh token as well when told so. */
  expireAll({ refresh = false }: { refresh?: boolean } = {}): void {
    this.#access.expireAll();
    if (refresh) this.#refresh.expireAll();
  }

  #issue(issued: Issued<Holder>, holder: Holder, seconds: number): string {
    const exp = Math.floor(this.#clock() / 1000) + seconds;
    const token = jwt("HS256", {
      aud: holder.userSeqNo ?? holder.institution.useCode,
      scope: holder.scopes,
      iss: "https://www.openbanking.or.kr",
      exp,
      jti: this.#ids.uuid(),
    });
    issued.add(token, holder, seconds * 1000);
    return token;
  }
}
