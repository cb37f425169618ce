/**
 * What CODEF and the institutions behind it say of the certificates in a request. CODEF itself turns them into files first: what it
 * cannot turn is refused as a whole. What is wrong with a whole certificate is the institution's word, one for each account.
 * @module
 */
import type { Schema } from "../../../generator/model.js";
import { schemasIn } from "../../../generator/walk.js";
import { valuesOf } from "../../shared/check-body.js";
import type { Json } from "../../shared/json.js";
import { decrypt } from "../../shared/keys.js";
import { scenarioOf } from "../scenarios.js";
import { type Answer, refuse } from "../wire.js";
import type { Login } from "./refusal.js";

export interface CertificateFlaws {
  /** The answer, when CODEF cannot turn a certificate into files. */
  refused?: Answer;
  /** The institution's code for the login in an object of the body. */
  codeFor: (holder: Json) => string | undefined;
}

const NOTHING: CertificateFlaws = { codeFor: () => undefined };

/** Looks at every certificate in a body. What ends in `...` is cut short, as in CODEF's own samples, and passes. */
export async function certificateFlaws(request: Schema, body: Json, now: number): Promise<CertificateFlaws> {
  if (!takesCertificates(request)) return NOTHING;
  const logins = loginsIn(request, body);
  if (logins.size === 0) return NOTHING;
  const { refusalOf } = await import("./refusal.js");
  const codes = new Map<Json, string>();
  for (const [holder, login] of logins) {
    const found = await refusalOf(login, new Date(now));
    if (found?.at === "codef") return { ...NOTHING, refused: refuse(found.code) };
    if (found) codes.set(holder, found.code);
  }
  return { codeFor: (holder) => codes.get(holder) };
}

const known = new WeakMap<Schema, boolean>();

function takesCertificates(request: Schema): boolean {
  const takes =
    known.get(request) ?? [...schemasIn(request)].some(({ schema }) => schema["x-certificate"] !== undefined);
  known.set(request, takes);
  return takes;
}

const ROLES = ["type", "der", "key", "pfx", "file", "password"] as const;

/** The logins in a body that hold a file, by the object they stand in. */
function loginsIn(request: Schema, body: Json): Map<Json, Login> {
  const found = new Map<Json, Partial<Record<(typeof ROLES)[number], string>>>();
  for (const role of ROLES) {
    for (const { owner, value } of valuesOf(request, body, (schema) => schema["x-certificate"] === role)) {
      if (typeof value === "string") found.set(owner, { ...found.get(owner), [role]: value });
    }
  }
  const logins = new Map<Json, Login>();
  for (const [owner, { type = "1", der, key, pfx, file, password = "" }] of found) {
    const certificate = type === "pfx" ? (pfx ?? file) : (der ?? file);
    const isSample = [certificate, key].some((text) => text?.endsWith("..."));
    const plain = decrypt(password) ?? "";
    if (certificate === undefined || isSample || scenarioOf(undefined, plain)) continue;
    logins.set(owner, { type, certificate, key, password: plain });
  }
  return logins;
}
