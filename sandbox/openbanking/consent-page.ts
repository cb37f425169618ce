/**
 * The two pages of the consent screen: who it is, and what is agreed to. Plain forms, without scripts or anything from elsewhere.
 * @module
 */
import { html } from "hono/html";
import { ASSETS, type AuthorizeRequest } from "./authorize.js";
import { type BankAccount, masked } from "./bank.js";
import { CONSENT_TEXTS, type ConsentTexts } from "./consent-texts.js";
import type { Texts } from "./texts.js";
import type { User } from "./users.js";

/** Where the forms go. */
export const CONSENT_PATH = "/oauth/2.0/authorize/consent";

type Markup = ReturnType<typeof html>;

export interface PageContext {
  session: string;
  request: AuthorizeRequest;
  texts: Texts;
}

/** Who is it? The sandbox has nobody to ask but the visitor. */
export function identityPage({ session, request }: PageContext, people: readonly User[]): Promise<Response> {
  const { means, told } = request;
  const words = CONSENT_TEXTS[request.lang];
  const guess = people.find(({ name, birth }) => name === told.name && birth === told.birth) ?? people[0];
  const ways = (["cellphone", "certificate"] as const).filter((way) => means[way]);
  return page(
    request,
    words,
    html`<h2>${words.identify}</h2>
      <form method="post" action="${CONSENT_PATH}">
        <input type="hidden" name="session" value="${session}" />
        <fieldset>
          <legend>${words.means}</legend>
          ${ways.map((way, index) => choice("radio", "means", way, words[way], index === 0))}
        </fieldset>
        <fieldset>
          <legend>${words.who}</legend>
          ${people.map((person) =>
            choice("radio", "user", person.userSeqNo, `${person.name} (${person.birth.slice(0, 4)})`, person === guess),
          )}
        </fieldset>
        <p class="buttons">
          <button name="decision" value="deny" formnovalidate>${words.deny}</button>
          <button class="main">${words.next}</button>
        </p>
      </form>`,
  );
}

export interface Offer {
  user: User;
  /** Those that the institution has already. */
  registered: ReadonlySet<BankAccount>;
  /** What the visitor did wrong. */
  fault?: "noAccount";
}

/** What is agreed to, and with which accounts. */
export function consentPage(context: PageContext, offer: Offer): Promise<Response> {
  const { session, request } = context;
  const { user, fault } = offer;
  const words = CONSENT_TEXTS[request.lang];
  const asset = ASSETS[request.register];
  return page(
    request,
    words,
    html`<form method="post" action="${CONSENT_PATH}">
      <input type="hidden" name="session" value="${session}" />
      <input type="hidden" name="user" value="${user.userSeqNo}" />
      ${fault ? html`<p role="alert" class="fault">${words[fault]}</p>` : ""}
      <p>${words.user}: <strong>${user.name}</strong></p>
      <p>
        <label>${words.email} <input type="email" name="email" value="${emailOf(context, user)}" ${request.editable ? "" : html`readonly`} /></label>
      </p>
      ${asset ? html`<p>${words.assetsOf(words.assets[asset.kind])}</p>` : accountChoice(context, offer, words)}
      ${request.accountinfo ? html`<p>${words.accountinfo}</p>` : ""}
      <p class="buttons">
        <button name="decision" value="deny">${words.deny}</button>
        <button name="decision" value="allow" class="main">${words.allow}</button>
      </p>
    </form>`,
  );
}

function emailOf({ request: { told } }: PageContext, user: User): string {
  return told.email ?? user.email;
}

function accountChoice({ request, texts }: PageContext, { user, registered }: Offer, words: ConsentTexts): Markup {
  const { told, accountHoldAuth } = request;
  const rows = user.accounts.map((account) => {
    const { bankCode, accountNum, product } = account;
    const isKnown = registered.has(account);
    const isTold = told.accountNum === accountNum && (told.bankCode ?? bankCode) === bankCode;
    const note = isKnown ? ` · ${words.registered}` : "";
    const label = `${texts.bankName(bankCode)} ${product} ${masked(accountNum)}${note}`;
    return choice("checkbox", "account", accountKey(account), label, isKnown || isTold);
  });
  return html`<fieldset>
      <legend>${words.accounts}</legend>
      ${rows}
    </fieldset>
    ${accountHoldAuth ? html`<p>${words.holdAuth}</p>` : ""}`;
}

/** How a form names an account. */
export function accountKey({ bankCode, accountNum }: BankAccount): string {
  return `${bankCode}/${accountNum}`;
}

function choice(type: "radio" | "checkbox", name: string, value: string, label: string, checked: boolean): Markup {
  return html`<label class="choice">
    <input type="${type}" name="${name}" value="${value}" ${checked ? html`checked` : ""} /> ${label}
  </label>`;
}

async function page(request: AuthorizeRequest, words: ConsentTexts, content: Markup): Promise<Response> {
  const { institution, scopes, colors } = request;
  const { bg = "#fff", txt = "#1a1a1a", btn1 = "#eee", btn2 = "#0b57d0" } = colors;
  const body = await html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title}</title>
        <link rel="icon" href="data:," />
        <style>
          body { background: ${bg}; color: ${txt}; font: 1rem/1.6 sans-serif; max-width: 32rem; margin: 2rem auto; padding: 0 1rem; }
          fieldset { border: 1px solid currentColor; border-radius: 0.5rem; margin: 1rem 0; }
          .choice { display: block; padding: 0.4rem 0; }
          .note { font-size: 0.875rem; }
          .fault { border-left: 0.25rem solid #b3261e; padding-left: 0.75rem; }
          .buttons { display: flex; gap: 1rem; }
          button { background: ${btn1}; border: 1px solid currentColor; border-radius: 0.5rem; font: inherit; padding: 0.6rem 1.2rem; }
          button.main { background: ${btn2}; color: #fff; }
        </style>
      </head>
      <body>
        <main>
          <h1>${words.title}</h1>
          <p class="note">${words.sandbox}</p>
          <p>${words.asks(institution.name)}</p>
          <ul>
            ${scopes.map((scope) => html`<li>${words.scopes[scope]}</li>`)}
          </ul>
          ${content}
        </main>
      </body>
    </html>`;
  return new Response(String(body), {
    headers: {
      "Content-Type": "text/html; charset=UTF-8",
      "Cache-Control": "no-store",
      // No `form-action`: browsers hold it against the redirect to the callback as well.
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    },
  });
}
