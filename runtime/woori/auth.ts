import type { TokenSource } from "../auth/token.js";
import type { Auth } from "../call/protocol.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import type { CallContext, WooriOperation } from "./operation.js";

/** What Woori knows a client and its user by. */
export interface Credentials {
  /** 앱 키 of the developer portal. */
  appKey: string;
  /** 앱 시크릿; the documents of 2019 ask for it. */
  secretKey?: string | undefined;
  /** The user's access token, or where it comes from. */
  token?: string | TokenSource | undefined;
}

/** What stands in an operation's headers, by the words of the spec's `x-from`; `input` is for the caller to pass. */
type Word = keyof Credentials | "input";

function wordsOf({ headers = {} }: WooriOperation): [header: string, word: Word][] {
  return Object.entries(headers) as [string, Word][];
}

/** Headers that callers pass as part of the input, under their own names. */
export function inputHeaders(operation: WooriOperation): string[] {
  return wordsOf(operation).flatMap(([header, word]) => (word === "input" ? [header] : []));
}

/**
 * Documents of 2019 write `Authorization` and require it; those of 2021 write `token` or `authorization` and leave it open, and
 * their test environment does without.
 */
function isNeeded(header: string, word: Word): boolean {
  return word === "token" ? header === "Authorization" : word !== "input";
}

/** @throws InvalidInputError `CREDENTIALS_MISSING` when the operation's document requires what the client does not have */
export function checkCredentials(operation: WooriOperation, credentials: Credentials): void {
  const { id } = operation;
  for (const [header, word] of wordsOf(operation)) {
    if (!isNeeded(header, word) || (word !== "input" && credentials[word])) continue;
    const message = `${id}: the header ${header} needs the client's ${word}`;
    throw new InvalidInputError("CREDENTIALS_MISSING", message, { provider: "woori", operation: id, field: word });
  }
}

/** Puts credentials on requests, under the names that the operation's document gives them. */
export function credentialsAuth({ token, ...keys }: Credentials): Auth<WooriOperation, CallContext> {
  const takesToken = (operation: WooriOperation) => wordsOf(operation).some(([, word]) => word === "token");
  return {
    // A text of the caller's is all there is: nobody can renew it.
    tokens: ({ operation }) => (typeof token === "object" && takesToken(operation) ? token : undefined),
    sign({ headers }, call) {
      const value = call.token?.value ?? (typeof token === "string" ? token : undefined);
      for (const [header, word] of wordsOf(call.operation)) {
        if (word === "appKey" || word === "secretKey") headers.set(header, keys[word] ?? "");
        else if (word === "token" && value !== undefined && value !== "")
          headers.set(header, withScheme(header, value));
      }
    },
  };
}

/** `token` takes the bare token, `Authorization` says what kind it is. */
function withScheme(header: string, token: string): string {
  return header.toLowerCase() === "authorization" ? `Bearer ${token}` : token;
}
