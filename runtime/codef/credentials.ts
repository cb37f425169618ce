/** What CODEF knows a client by. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
}

/** The credentials as they stand in the Authorization header of a token request. */
export function basic({ clientId, clientSecret }: Credentials): string {
  return btoa(`${clientId}:${clientSecret}`);
}
