import { mapPath } from "./paths.js";

/** What stands in the place of a secret. */
export const REDACTED = "‹redacted›";

/** A copy of `input` in which everything at `paths` is replaced. */
export function redact(input: unknown, paths: readonly string[]): unknown {
  return paths.reduce((copy, path) => mapPath(copy, path, (leaf) => (leaf === undefined ? leaf : REDACTED)), input);
}

/** `text` without any of `secrets`: providers repeat what they were sent in their messages. */
export function scrub(text: string, secrets: Iterable<unknown>): string {
  for (const secret of secrets) {
    // Shorter strings are codes and flags; taking them out would garble the message without hiding anything.
    if (typeof secret === "string" && secret.length > 2) text = text.replaceAll(secret, REDACTED);
  }
  return text;
}
