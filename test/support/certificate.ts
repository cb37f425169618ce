import type { Schema } from "kofin/generator";
import { createSandbox, type SandboxCertificateOptions } from "kofin/sandbox";

const { codef } = createSandbox();

/** Dates that hold whatever the clock of a test says. */
const ALWAYS = { validFrom: "2020-01-01", validUntil: "2090-01-01" };

/** A certificate that somebody made up, as base64, and the password that opens it. */
export async function madeUp(options: SandboxCertificateOptions = {}) {
  const { certificate, key, pfx, password } = await codef.certificate({ ...ALWAYS, ...options });
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  return { der: base64(certificate), key: base64(key), pfx: base64(pfx), password };
}

export type MadeUp = Awaited<ReturnType<typeof madeUp>>;

/** What of a certificate belongs into a field, by what the spec says of it. */
export function partOf({ der, key, pfx, password }: MadeUp, schema: Schema): string | undefined {
  const { title = "" } = schema;
  const file = /pfx/.test(title) && !/der/.test(title) ? pfx : der;
  const parts: Record<string, string> = { der, key, pfx, password, file };
  return parts[schema["x-certificate"] ?? ""];
}
