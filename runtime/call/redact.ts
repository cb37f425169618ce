import { mapPath } from "../paths.js";

/** What stands in the place of a secret. */
export const REDACTED = "‹redacted›";

/** A copy of `input` in which everything at `paths` is replaced. */
export function redact(input: unknown, paths: readonly string[]): unknown {
  return paths.reduce((copy, path) => mapPath(copy, path, (leaf) => (leaf === undefined ? leaf : REDACTED)), input);
}

/** `text` without any of `secrets`: providers repeat what they were sent in their messages. */
export function scrub(text: string, secrets: Iterable<unknown>): string {
  // Shorter texts are codes and flags; taking them out would garble the message without hiding anything.
  const texts = [...secrets].filter((secret) => typeof secret === "string" || typeof secret === "number").map(String);
  const found = new Set(texts.filter(({ length }) => length > 2).flatMap(spellings));
  // Longest first, or a secret that begins like another one would leave the end of the other behind.
  for (const secret of [...found].sort((one, other) => other.length - one.length)) {
    text = text.replaceAll(secret, REDACTED);
  }
  return text;
}

/** A secret as it stands in JSON, in URL-encoded text, and where a `+` was taken for a space. */
function spellings(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const encoded = encodeURIComponent(escaped);
  return [secret, secret.replaceAll("+", " "), escaped, encoded, encoded.replaceAll("%20", "+")];
}
