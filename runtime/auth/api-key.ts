import type { Auth } from "../call/protocol.js";

/** A key that does not change, in a header or in the query. */
export function apiKey(place: { readonly in: "header" | "query"; readonly name: string }, key: string): Auth {
  return {
    sign(request) {
      if (place.in === "header") {
        request.headers.set(place.name, key);
        return;
      }
      const [address = "", fragment] = request.url.split("#");
      const query = new URLSearchParams({ [place.name]: key });
      request.url = `${address}${address.includes("?") ? "&" : "?"}${query}${fragment ? `#${fragment}` : ""}`;
    },
  };
}

/** `Authorization: Bearer …` with a text of the caller's. It is all there is: nobody can renew it. */
export function fixedBearer(token: string): Auth {
  return apiKey({ in: "header", name: "Authorization" }, `Bearer ${token}`);
}

/** HTTP Basic with the client's id and secret. */
export function basic(clientId: string, clientSecret: string): Auth {
  const credentials = `Basic ${encodeBasic(clientId, clientSecret)}`;
  return {
    sign({ headers }) {
      headers.set("Authorization", credentials);
    },
  };
}

/** Id and secret as they stand in a header: base64 of their UTF-8 text. */
export function encodeBasic(clientId: string, clientSecret: string): string {
  const bytes = new TextEncoder().encode(`${clientId}:${clientSecret}`);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/**
 * A signature of each request (HMAC, JWT …): `sign` sees it whole, written body included, right before it leaves, and puts on it
 * whatever the provider asks for.
 * @example signed(async ({ headers, method, url, body }) => headers.set("X-Signature", await hmac(secret, `${method}\n${url}\n${body}`)))
 */
export function signed(sign: Auth["sign"]): Auth {
  return { sign };
}
