import { type Kis, sessionOf } from "./session.js";

/**
 * The key that opens a realtime session (접속키), for programs that speak to the web socket themselves. Kept for a day; `renew` asks
 * for another, after the socket refused the one before (OPSP0011).
 */
export function approvalKey(kis: Kis, { renew = false }: { renew?: boolean } = {}): Promise<string> {
  return sessionOf(kis).approvalKey(renew);
}

/**
 * Revokes the client's token, in the store as well; nothing is sent when there is none. Other processes that hold it are refused with
 * their next call, and then issue another.
 */
export function revokeToken(kis: Kis): Promise<void> {
  return sessionOf(kis).revokeToken();
}
