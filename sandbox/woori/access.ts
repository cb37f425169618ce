import { bearerToken } from "../shared/authorization.js";
import type { Refusal } from "./codes.js";
import type { Route } from "./routes.js";

/** What the bank knows its client by. */
export interface Keys {
  appKey: string;
  secretKey: string;
  token: string;
}

/** By the spec's `x-from`: a wrong key is another code than a wrong token. */
const WRONG: Readonly<Record<keyof Keys, string>> = {
  appKey: "SYSCD03003",
  secretKey: "SYSCD03003",
  token: "SYSCD03001",
};

/** Why a request may not enter: a header that its document requires is missing, or one holds something else. */
export function accessFlaw({ headers }: Route, request: Headers, keys: Keys): Refusal | undefined {
  for (const { name, required } of headers) {
    if (required && !request.get(name)) return { code: "SYSCD02001" };
  }
  for (const { name, schema } of headers) {
    const word = schema["x-from"];
    const given = bearerToken(request.get(name)) ?? request.get(name);
    if (given && isWord(word) && given !== keys[word]) return { code: WRONG[word] };
  }
  return undefined;
}

function isWord(word: string | undefined): word is keyof Keys {
  return word !== undefined && Object.hasOwn(WRONG, word);
}
