/**
 * 계정 관리: what `/v1/account/…` does to the connectedIds of a client. The paths of 2019, without `/v1`, do the same.
 * @module
 */
import type { Json } from "../shared/json.js";
import { sliceAt } from "../shared/pages.js";
import { type Account, type Connections, isSame } from "./connections.js";
import {
  acceptedOf,
  checkEntries,
  type Entry,
  entriesOf,
  entryOf,
  type Failure,
  type Flaw,
  loginFlaw,
  NO_SUCH_ACCOUNT,
  report,
  SUCCESS,
} from "./entries.js";
import { type Answer, refuse } from "./wire.js";

/** What account management needs besides the request. */
export interface AccountContext {
  connections: Connections;
  /** Whether the specs know the organization in that line of business. */
  isOrganization: (businessType: string, organization: string) => boolean;
  messageOf: (code: string) => string;
  /** What the institution says of the certificate in an entry of an account list. */
  certificateCode: (entry: Json) => string | undefined;
  pageSize: number;
  /** A path of 2019, whose account list says `organizationCode`. */
  legacy: boolean;
}

export type AccountHandler = (body: Json, context: AccountContext) => Answer;

/** The handler of a path; undefined for products, and for account paths of which only the name is known. */
export function accountHandler(path: string): AccountHandler | undefined {
  const name = /^(?:\/v1)?\/account\/([A-Za-z-]+)$/.exec(path)?.[1] ?? "";
  return Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined;
}

const HANDLERS: Record<string, AccountHandler> = {
  create: createAccount,
  add: addAccount,
  update: updateAccount,
  delete: deleteAccount,
  list: listAccounts,
  "connectedId-list": listConnectedIds,
  "reference-add": addByReference,
};

const REGISTRATION: Failure = { all: "CF-04000", some: "CF-04012" };
const UPDATE: Failure = { all: "CF-04010", some: "CF-04012" };
const DELETION: Failure = { all: "CF-04011", some: "CF-04037" };

const TAKEN: Flaw = { code: "CF-04004" };
const MISSING: Flaw = { code: NO_SUCH_ACCOUNT };

function createAccount(body: Json, context: AccountContext): Answer {
  const { connections, messageOf } = context;
  const outcomes = checkEntries(entriesOf(body), (entry, accepted) => {
    if (isAmong(accepted, entry)) return TAKEN;
    return organizationFlaw(entry, context) ?? loginFlaw(entry, context);
  });
  if (outcomes.length === 0) return refuse("CF-04003");
  const accepted = acceptedOf(outcomes);
  const connectedId = accepted.length > 0 ? connections.create() : "";
  for (const account of accepted) connections.put(connectedId, account);
  return report(outcomes, connectedId, REGISTRATION, messageOf);
}

function addAccount(body: Json, context: AccountContext): Answer {
  const { connections } = context;
  return change(body, entriesOf(body), REGISTRATION, context, (entry, accepted, connectedId) => {
    if (connections.isTaken(connectedId, entry.account) || isAmong(accepted, entry)) return TAKEN;
    return organizationFlaw(entry, context) ?? loginFlaw(entry, context);
  });
}

function updateAccount(body: Json, context: AccountContext): Answer {
  return change(body, entriesOf(body), UPDATE, context, (entry, _, connectedId) =>
    context.connections.find(connectedId, entry.account) ? loginFlaw(entry, context) : MISSING,
  );
}

function deleteAccount(body: Json, { connections, messageOf }: AccountContext): Answer {
  const connectedId = String(body.connectedId);
  if (!connections.accounts(connectedId)) return refuse("CF-04019");
  const outcomes = entriesOf(body).map(({ account }) => {
    const found = connections.find(connectedId, account);
    connections.remove(connectedId, account);
    return { account, code: found ? SUCCESS : NO_SUCH_ACCOUNT };
  });
  return report(outcomes, connectedId, DELETION, messageOf);
}

/** Adds accounts with the certificate of one that is registered already. */
function addByReference(body: Json, context: AccountContext): Answer {
  const { connections } = context;
  const connectedId = String(body.connectedId);
  if (!connections.accounts(connectedId)) return refuse("CF-04019");
  const source = connections.find(connectedId, entryOf(body).account);
  if (!source) return refuse(NO_SUCH_ACCOUNT);
  return change(body, entriesOf(body, source.loginType), REGISTRATION, context, (entry, accepted) => {
    if (connections.isTaken(connectedId, entry.account) || isAmong(accepted, entry)) return TAKEN;
    return organizationFlaw(entry, context);
  });
}

function listAccounts(body: Json, { connections, legacy }: AccountContext): Answer {
  const accounts = connections.accounts(body.connectedId);
  if (!accounts) return refuse("CF-04019");
  if (accounts.length === 0) return refuse("CF-04014");
  const accountList = accounts.map(({ countryCode, businessType, clientType, organization, loginType }) => ({
    countryCode,
    businessType,
    clientType,
    [legacy ? "organizationCode" : "organization"]: organization,
    loginType,
  }));
  return { code: SUCCESS, data: { connectedId: body.connectedId, accountList } };
}

/** Pages count from 0; the number arrives as a number or as text. Without one it is the first page. */
function listConnectedIds({ pageNo: asked }: Json, { connections, pageSize }: AccountContext): Answer {
  const pageNo = Number(asked ?? 0);
  if (!Number.isInteger(pageNo) || pageNo < 0) return refuse("CF-00008", "pageNo");
  const { rows: connectedIdList, next } = sliceAt(connections.connectedIds, pageNo * pageSize, pageSize);
  const hasNext = next !== undefined;
  return { code: SUCCESS, data: { connectedIdList, pageNo, hasNext, ...(hasNext && { nextPageNo: pageNo + 1 }) } };
}

/** Changes a connectedId entry by entry: what is refused leaves the others alone. */
function change(
  body: Json,
  entries: readonly Entry[],
  failure: Failure,
  { connections, messageOf }: AccountContext,
  flawOf: (entry: Entry, accepted: readonly Account[], connectedId: string) => Flaw | undefined,
): Answer {
  const connectedId = String(body.connectedId);
  if (!connections.accounts(connectedId)) return refuse("CF-04019");
  if (entries.length === 0) return refuse("CF-04003");
  const outcomes = checkEntries(entries, (entry, accepted) => flawOf(entry, accepted, connectedId));
  for (const account of acceptedOf(outcomes)) connections.put(connectedId, account);
  return report(outcomes, connectedId, failure, messageOf);
}

function isAmong(accounts: readonly Account[], { account }: Entry): boolean {
  return accounts.some((other) => isSame(account, other));
}

function organizationFlaw({ account }: Entry, { isOrganization }: AccountContext): Flaw | undefined {
  return isOrganization(account.businessType, account.organization) ? undefined : { code: "CF-04033" };
}
