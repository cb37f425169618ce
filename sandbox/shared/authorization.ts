/** The token of an `Authorization: Bearer …`; undefined when there is none. */
export function bearerToken(authorization: string | null): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
}

/** Name and password of an `Authorization: Basic …`; undefined when there are none. */
export function basicCredentials(authorization: string | null): { id: string; secret: string } | undefined {
  const encoded = /^basic +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { id, secret: secret.join(":") };
}
