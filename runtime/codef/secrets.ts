import { isRecord, valuesAt } from "../paths.js";
import { scrub } from "../redact.js";
import { type CodefOperation, secretPaths } from "./operation.js";
import type { Session } from "./session.js";

/** Names that hold secrets in calls without a spec. */
const SECRET_NAME = /pass|pwd|secret|token|identity|file|certif|cardno|account/i;

/**
 * Takes everything secret of a call out of the provider's texts: CODEF repeats parameters, and gateways quote tokens.
 * Made only when there is a text to clean.
 */
export function cleaner(session: Session, operation: CodefOperation, sent: unknown[], response: Response | undefined) {
  const paths = secretPaths(operation);
  const found = sent.flatMap((body) => (operation.id === operation.path ? namedSecrets(body) : valuesAt(body, paths)));
  const token = response && session.authorization.tokenOf(response)?.value;
  const secrets = [session.clientSecret, session.publicKey, token, ...found];
  return (text: string) => scrub(text, secrets);
}

function namedSecrets(value: unknown, name = ""): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => namedSecrets(item, name));
  if (isRecord(value)) return Object.entries(value).flatMap(([key, item]) => namedSecrets(item, key));
  return SECRET_NAME.test(name) ? [value] : [];
}
