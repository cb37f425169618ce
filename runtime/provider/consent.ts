/**
 * The consent of a user, OAuth 2.0 authorization code: sending them there, and taking what they bring back.
 * @module
 */
import type { UserGrants } from "../auth/authorization-code.js";
import { performerOf } from "../call/clients.js";
import { faults } from "../call/fault.js";
import type { ProviderData } from "./data.js";
import type { Client, ProviderPerformer } from "./operation.js";

export interface AuthorizeOptions {
  clientId: string;
  redirectUri: string;
  /** Kept in the user's session, and compared with what comes back. Default a random text. */
  state?: string;
  scope?: string;
}

/**
 * Where to send the user's browser, and the `state` that has to come back with it.
 * @throws InvalidInputError `INPUT_INVALID` where the provider knows no users
 */
export function authorizeUrl(data: ProviderData, options: AuthorizeOptions): { url: string; state: string } {
  const { auth } = data;
  if (auth?.type !== "authorizationCode") throw fault(data.name, "authorizeUrl");
  const { clientId, redirectUri, state = crypto.randomUUID(), scope = auth.scope } = options;
  const url = new URL(auth.authorizeUrl, Object.values(data.environments)[0]);
  const query = { response_type: "code", client_id: clientId, redirect_uri: redirectUri, state };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  if (scope !== undefined) url.searchParams.set("scope", scope);
  return { url: url.href, state };
}

/**
 * Exchanges the code that a user's browser brought back, once, and keeps the user's tokens in the client's store: from then on
 * `client.user(user)` calls with them.
 */
export function exchangeCode(
  client: Client,
  { user, code, redirectUri }: { user: string; code: string; redirectUri: string },
): Promise<void> {
  return grantsOf(client).exchange(user, code, redirectUri);
}

/** Forgets a user's tokens. The provider is not told. */
export function forgetUser(client: Client, user: string): Promise<void> {
  return grantsOf(client).forget(user);
}

function grantsOf(client: Client): UserGrants {
  const { grants } = performerOf<ProviderPerformer>(client, client.provider, "defineProvider");
  if (!grants) throw fault(client.provider, "client");
  return grants;
}

function fault(provider: string, field: string) {
  return faults(provider)({ id: "consent" }, field)(
    "INPUT_INVALID",
    "means nothing here: there is no consent of users",
  );
}
