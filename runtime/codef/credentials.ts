/** What CODEF knows a client by. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
}

/** The client that CODEF publishes in every official SDK for its sandbox. Public by intention. */
export const SANDBOX_CLIENT = {
  clientId: "ef27cfaa-10c1-4470-adac-60ba476273f9",
  clientSecret: "83160c33-9045-4915-86d8-809473cdf5c3",
} as const satisfies Credentials;

/** The credentials as they stand in the Authorization header of a token request. */
export function basic({ clientId, clientSecret }: Credentials = SANDBOX_CLIENT): string {
  return btoa(`${clientId}:${clientSecret}`);
}
