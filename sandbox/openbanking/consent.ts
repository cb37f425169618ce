/**
 * The consent of a user: from the authorization request to the callback.
 * @module
 */
import type { Clock } from "../shared/clock.js";
import { ASSETS, type AuthorizeRequest, readAuthorize } from "./authorize.js";
import type { BankAccount } from "./bank.js";
import type { CenterState } from "./center-state.js";
import { accountKey, consentPage, identityPage, type PageContext } from "./consent-page.js";
import type { AgreementKind } from "./registrations.js";
import type { Texts } from "./texts.js";
import type { User } from "./users.js";
import { authFlaw } from "./wire.js";

/** What a test or a script decides in the place of a visitor. */
export interface ConsentChoice {
  /** By name or 사용자일련번호. Default: the first person of the sandbox. */
  user?: string;
  /** Account numbers to register. Default: all of the user's. */
  accounts?: readonly string[];
  /** The visitor refuses. */
  deny?: boolean;
}

interface Session {
  request: AuthorizeRequest;
  endsAt: number;
}

const SESSION_MS = 10 * 60_000;

export class Consents {
  readonly #center: CenterState;
  readonly #texts: Texts;
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Session>();
  /** What is decided at once, without a page. */
  atOnce: ConsentChoice | undefined;

  constructor(center: CenterState, texts: Texts, clock: Clock) {
    this.#center = center;
    this.#texts = texts;
    this.#clock = clock;
  }

  /** Answers the authorization request: with a page, as a rule. @throws Refusal for a request that is not in order */
  async begin(url: URL, headers: Headers): Promise<Response> {
    const request = readAuthorize(this.#center, url, headers);
    if (this.atOnce) return redirect(this.#choose(request, this.atOnce));
    const session = this.#center.ids.hex(32);
    this.#sessions.set(session, { request, endsAt: this.#clock() + SESSION_MS });
    const context = { session, request, texts: this.#texts };
    return request.known ? this.#offer(context, request.known) : identityPage(context, this.#center.users.all);
  }

  /** Answers the forms of the pages: with the next page, or with the way back. @throws Refusal 3002110 when it took too long */
  async decide(form: URLSearchParams): Promise<Response> {
    const session = form.get("session") ?? "";
    const { request, endsAt } = this.#sessions.get(session) ?? {};
    if (!request || endsAt === undefined || endsAt <= this.#clock()) throw authFlaw("3002110");
    const decision = form.get("decision");
    if (decision === "deny") return this.#back(session, denied(request, this.#texts));
    const user = request.known ?? this.#center.users.find(form.get("user"));
    if (!user) throw authFlaw("3000103", "user");
    const context = { session, request, texts: this.#texts };
    if (decision !== "allow") return this.#offer(context, user);
    const keys = form.getAll("account");
    const accounts = user.accounts.filter((account) => keys.includes(accountKey(account)));
    if (request.register === "A" && accounts.length === 0) return this.#offer(context, user, "noAccount");
    const email = form.get("email");
    if (request.editable && email) user.email = email;
    return this.#back(session, this.#grant(request, user, accounts));
  }

  /** The same without a browser. Returns the address that the browser would come back to. @throws Refusal, Error */
  decideFor(url: URL, choice: ConsentChoice): string {
    return this.#choose(readAuthorize(this.#center, url, new Headers()), choice);
  }

  #choose(request: AuthorizeRequest, { user: name, accounts: numbers, deny = false }: ConsentChoice): string {
    if (deny) return denied(request, this.#texts);
    const user = request.known ?? this.#center.users.named(name);
    const unknown = numbers?.find((number) => !user.accounts.some(({ accountNum }) => accountNum === number));
    if (unknown !== undefined) throw new Error(`${user.name} has no account ${unknown}`);
    const accounts = user.accounts.filter(({ accountNum }) => numbers?.includes(accountNum) ?? true);
    return this.#grant(request, user, accounts);
  }

  #offer(context: PageContext, user: User, fault?: "noAccount"): Promise<Response> {
    const { useCode } = context.request.institution;
    const registered = this.#center.registrations.list(useCode, user.userSeqNo).map(({ account }) => account);
    return consentPage(context, { user, registered: new Set(registered), ...(fault && { fault }) });
  }

  #grant(request: AuthorizeRequest, user: User, accounts: readonly BankAccount[]): string {
    const { institution, scopes, redirectUri, register, accountinfo, clientInfo, state } = request;
    const { registrations, tokens } = this.#center;
    const now = this.#clock();
    const member = registrations.join(institution.useCode, user);
    const kinds = (["inquiry", "transfer"] as const satisfies AgreementKind[]).filter((kind) => scopes.includes(kind));
    if (register === "A") {
      for (const account of accounts) registrations.register(institution.useCode, user, account, kinds, now);
    }
    for (const [letter, asset] of Object.entries(ASSETS)) {
      if (asset && (letter === register || scopes.includes(asset.scope))) member.assets.set(asset.kind, now);
    }
    const consent = { institution, scopes, redirectUri, accountinfo, userSeqNo: user.userSeqNo };
    const code = tokens.addCode(consent);
    return callback(redirectUri, { code, scope: scopes.join(" "), client_info: clientInfo, state });
  }

  #back(session: string, location: string): Response {
    this.#sessions.delete(session);
    return redirect(location);
  }
}

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { Location: location, "Cache-Control": "no-store" } });
}

/** 사용자가 동의하지 않음 */
const DENIED = { code: "O0001", detail: "804" };

function denied({ redirectUri, clientInfo, state }: AuthorizeRequest, texts: Texts): string {
  const error_description = texts.message(DENIED);
  return callback(redirectUri, { error: "access_denied", error_description, client_info: clientInfo, state });
}

function callback(redirectUri: string, query: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.append(name, value);
  return url.href;
}
