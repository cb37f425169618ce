import { createHmac, sign } from "node:crypto";
import { sandboxKeys } from "./keys.js";

const SIGN = {
  HS256: (text: string) => createHmac("sha256", "sandbox").update(text).digest("base64url"),
  HS512: (text: string) => createHmac("sha512", "sandbox").update(text).digest("base64url"),
  RS256: (text: string) => sign("RSA-SHA256", Buffer.from(text), sandboxKeys().privateKey).toString("base64url"),
};

/** A JSON Web Token, signed with a key that anybody knows: clients have no business looking inside. */
export function jwt(alg: keyof typeof SIGN, claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg, typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${SIGN[alg](signed)}`;
}
