/**
 * The entries of an `accountList`: read, checked one by one, and reported as `successList` and `errorList`.
 * @module
 */
import { isRecord, type Json } from "../shared/json.js";
import { decrypt } from "../shared/keys.js";
import type { Account } from "./connections.js";
import { scenarioOf } from "./scenarios.js";
import type { Answer } from "./wire.js";

export interface Entry {
  account: Account;
  raw: Json;
  /** The password in plain text; undefined when the entry has none. */
  password: string | undefined;
}

/** Why an entry is refused. */
export interface Flaw {
  code: string;
  extraMessage?: string;
}

/** What came of one entry. */
export interface Outcome extends Flaw {
  account: Account;
}

/** Result codes of a change of which everything, or something, failed. */
export interface Failure {
  all: string;
  some: string;
}

export const SUCCESS = "CF-00000";
export const NO_SUCH_ACCOUNT = "CF-04015";

/** @param loginType of all entries, where the entries themselves do not say. */
export function entriesOf({ accountList }: Json, loginType?: string): Entry[] {
  return Array.isArray(accountList) ? accountList.filter(isRecord).map((raw) => entryOf(raw, loginType)) : [];
}

export function entryOf(raw: Json, loginType?: string): Entry {
  const text = (field: string) => (typeof raw[field] === "string" ? raw[field] : "");
  const password = decrypt(text("password"));
  const scenario = scenarioOf(raw.id, password);
  const account: Account = {
    countryCode: text("countryCode"),
    businessType: text("businessType"),
    clientType: text("clientType"),
    organization: text("organization"),
    loginType: loginType ?? text("loginType"),
    ...(scenario?.at === "product" && { scenario }),
  };
  return { account, raw, password };
}

/** What the institution says of the login of an entry. */
export function loginFlaw(
  { raw, password }: Entry,
  { certificateCode }: { certificateCode: (entry: Json) => string | undefined },
): Flaw | undefined {
  const scenario = scenarioOf(raw.id, password);
  if (scenario?.at === "registration") return scenario;
  const code = certificateCode(raw);
  return code === undefined ? undefined : { code };
}

/** Checks entries in order; each is told what was accepted before it. */
export function checkEntries(
  entries: readonly Entry[],
  flawOf: (entry: Entry, accepted: readonly Account[]) => Flaw | undefined,
): Outcome[] {
  const accepted: Account[] = [];
  return entries.map((entry) => {
    const flaw = flawOf(entry, accepted);
    if (flaw) return { account: entry.account, code: flaw.code, extraMessage: flaw.extraMessage ?? "" };
    accepted.push(entry.account);
    return { account: entry.account, code: SUCCESS };
  });
}

export function acceptedOf(outcomes: readonly Outcome[]): Account[] {
  return outcomes.filter(({ code }) => code === SUCCESS).map(({ account }) => account);
}

export function report(
  outcomes: readonly Outcome[],
  connectedId: string,
  failure: Failure,
  messageOf: (code: string) => string,
): Answer {
  const rows = outcomes.map(({ account, code, extraMessage = "" }) => ({
    code,
    message: messageOf(code),
    extraMessage,
    countryCode: account.countryCode,
    businessType: account.businessType,
    clientType: account.clientType,
    loginType: account.loginType,
    organization: account.organization,
  }));
  const successList = rows.filter(({ code }) => code === SUCCESS);
  const errorList = rows.filter(({ code }) => code !== SUCCESS);
  return { code: codeOf(successList.length, errorList, failure), data: { successList, errorList, connectedId } };
}

/** CF-04000 and its likes hide the reason; that no account is there is said openly when nothing else went wrong. */
function codeOf(accepted: number, errors: readonly { code: string }[], failure: Failure): string {
  if (errors.length === 0) return SUCCESS;
  if (accepted > 0) return failure.some;
  return errors.every(({ code }) => code === NO_SUCH_ACCOUNT) ? NO_SUCH_ACCOUNT : failure.all;
}
