/**
 * CODEF's body encoding: the URL-encoded text of a JSON value, both ways.
 * @module
 */

/** JSON, percent-encoded as a whole: neither a form nor plain JSON. Space leaves as `%20`, which every decoder reads alike. */
export function encodeBody(body: unknown): string {
  return encodeURIComponent(JSON.stringify(body ?? null));
}

/** What leaves for an operation: multipart when the input says so, encoded JSON otherwise. */
export function encodeRequest(body: unknown): string | FormData {
  return body instanceof FormData ? body : encodeBody(body);
}

/**
 * Reads an answer: URL-encoded JSON with `+` for space, as documented; plain JSON, as some gateways send it; and URL-encoded text
 * with broken percent escapes, whose readable part is kept.
 * @throws SyntaxError whose message may quote the text: never show it.
 */
export function decodeBody(text: string): unknown {
  const start = text.trimStart()[0];
  if (start === "{" || start === "[") {
    try {
      return JSON.parse(text);
    } catch {
      // Partly encoded text starts the same way.
    }
  }
  const spaced = text.replaceAll("+", " ");
  try {
    return JSON.parse(decodeURIComponent(spaced));
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return JSON.parse(decodeTolerantly(spaced));
  }
}

const utf8 = /* @__PURE__ */ new TextDecoder();

/** Decodes each run of good escapes by itself, bytes that are not UTF-8 become `\uFFFD`, and a broken escape stays as it is. */
function decodeTolerantly(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) =>
    utf8.decode(Uint8Array.from(run.slice(1).split("%"), (hex) => Number.parseInt(hex, 16))),
  );
}
