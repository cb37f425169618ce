import { isRecord, valuesAt } from "../paths.js";
import { scrub } from "../redact.js";
import { basic } from "./credentials.js";
import { type CodefOperation, secretPaths } from "./operation.js";
import type { Session } from "./session.js";

/** Names that hold secrets and personal data in calls without a spec. */
const SECRET_NAME =
  /pass|pwd|secret|token|identity|file|cert|card|account|name|phone|birth|mail|addr|authno|secureno|connectedid|^id$|userid/i;

/**
 * Takes everything secret of a call out of the provider's texts: CODEF repeats parameters, gateways quote tokens, and transports
 * print requests. Made only when there is a text to clean.
 */
export function cleaner(session: Session, operation: CodefOperation, sent: unknown[], authorizations: string[]) {
  const paths = secretPaths(operation);
  const found = sent.flatMap((body) => (operation.id === operation.path ? namedSecrets(body) : valuesAt(body, paths)));
  const tokens = authorizations.map((header) => header.replace(/^Bearer /, ""));
  const { credentials, publicKey } = session;
  const secrets = [credentials?.clientSecret, basic(credentials), publicKey, ...tokens, ...found];
  return (text: string) => scrub(text, secrets);
}

function namedSecrets(value: unknown, name = ""): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => namedSecrets(item, name));
  if (isRecord(value)) return Object.entries(value).flatMap(([key, item]) => namedSecrets(item, key));
  return SECRET_NAME.test(name) ? [value] : [];
}
