import { type FieldValue, type Flaw, findFlaw, valuesOf } from "../shared/check-body.js";
import type { Json } from "../shared/json.js";
import { decrypt } from "../shared/keys.js";
import type { Route } from "./routes.js";
import { type Answer, refuse } from "./wire.js";

const CODES: Record<Flaw["kind"], string> = { missing: "CF-00001", choice: "CF-00007", type: "CF-00008" };

/** What is wrong with a body, before anybody looks at accounts. */
export function bodyFlaw({ request }: Route, body: Json): Answer | undefined {
  const flaw = findFlaw(request, body);
  if (flaw) return refuse(CODES[flaw.kind], flaw.field);
  for (const { field, value } of valuesOf(request, body, (schema) => schema["x-encrypted"] !== undefined)) {
    if (typeof value !== "string") return refuse("CF-00008", field);
    if (/\s/.test(value)) return refuse("CF-04028", field);
    if (decrypt(value) === undefined) return refuse(field === "identity" ? "CF-04036" : "CF-04020", field);
  }
  for (const file of valuesOf(request, body, ({ contentEncoding }) => contentEncoding === "base64")) {
    if (!isBase64(file.value)) return refuse(unreadable(file), file.field);
  }
  return undefined;
}

const CERTIFICATES: ReadonlySet<string> = new Set(["derFile", "keyFile", "certFile"]);

/** A file that is no base64: the certificate cannot be converted, or a parameter is just wrong. */
function unreadable({ field, owner }: FieldValue): string {
  if (!CERTIFICATES.has(field)) return "CF-00007";
  return owner.certType === "pfx" ? "CF-04022" : "CF-04023";
}

/** Padding may be left out. CODEF's own samples cut their certificates short, `MIIF...`: they pass. */
function isBase64(value: unknown): boolean {
  return typeof value === "string" && /^[A-Za-z0-9+/]+(={0,2}|\.\.\.)$/.test(value);
}

const ALWAYS_ECHOED: ReadonlySet<string> = new Set(["connectedId", "is2Way", "twoWayInfo"]);

/** Parameters that come back beside `result` and `data`: those that the product does not know, and a few that it does. */
export function echoOf({ known }: Route, body: Json): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !known.has(name) || ALWAYS_ECHOED.has(name)));
}
