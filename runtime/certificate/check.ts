/**
 * The certificates in the input of a CODEF call, looked at before anything leaves the process.
 * @module
 */
import type { ApiOperation } from "../call/operation.js";
import { CertificateError } from "../errors/certificate.js";
import { isRecord, type Json, join, mapPath } from "../paths.js";
import { type Contents, contentsOf, mendFor } from "./contents.js";
import type { CertificateFault, CertificatePart } from "./fault.js";
import { certificateIn, checked, checkValidity, openKey, openPfx } from "./open.js";
import type { CertificateRole } from "./types.js";
import type { X509 } from "./x509.js";

/**
 * Opens every certificate in an input: its shape, its time, whether key and certificate belong together, and the password where it is
 * at hand in plain text. What kofin cannot open is let through, and so is what is no certificate login at all.
 * @throws CertificateError
 */
export async function checkCertificate(operation: ApiOperation, input: Json): Promise<void> {
  for (const { path, roles } of holdersIn(operation)) {
    const holders: Json[] = [];
    mapPath(input, path, (holder) => {
      if (isRecord(holder)) holders.push(holder);
      return holder;
    });
    for (const holder of holders) await checkHolder({ operation, path, roles, holder });
  }
}

/** Names of the fields of an object that holds a certificate, by what they are for. */
type Roles = Partial<Record<CertificateRole, string>>;

/** The objects of an input that can hold a certificate. */
function holdersIn({ certificate = {} }: ApiOperation): { path: string; roles: Roles }[] {
  const byPath = new Map<string, Roles>();
  for (const [field, role] of Object.entries(certificate)) {
    const dot = field.lastIndexOf(".");
    const path = dot < 0 ? "" : field.slice(0, dot);
    const roles = byPath.get(path) ?? {};
    byPath.set(path, Object.assign(roles, { [role]: field.slice(dot + 1) }));
  }
  return [...byPath].map(([path, roles]) => ({ path, roles }));
}

interface Holder {
  operation: ApiOperation;
  path: string;
  roles: Roles;
  holder: Json;
}

async function checkHolder(site: Holder): Promise<void> {
  const { roles, holder } = site;
  const type = (roles.type && holder[roles.type]) ?? "1";
  if (type !== "1" && type !== "pfx") return;
  const field = (role: CertificateRole) => fieldOf(site, role);
  const [certificate, key, pfx] = [field("der") ?? field("file"), field("key"), field("pfx") ?? field("file")];
  const given = type === "pfx" ? (pfx ?? certificate) : (certificate ?? pfx);
  if (!given) return;
  const contents = await contentsOf(holder[given]);
  // What cannot be read at all is refused where files are made ready to send.
  if (!contents) return;
  const fault = faultAt(site, { certificate: given, pfx: given, key: key ?? given, password: roles.password ?? given });
  const password = roles.password && holder[roles.password];
  const plain = typeof password === "string" && password !== "" ? password : undefined;
  try {
    if (type === "pfx") await checkPfx(contents, plain, fault, site);
    else await checkPair(contents, key && (await contentsOf(holder[key])), plain, fault, site);
  } catch (error) {
    if (!(error instanceof CertificateError && error.code === "CERTIFICATE_UNSUPPORTED")) throw error;
  }
}

async function checkPfx(contents: Contents, password: string | undefined, fault: CertificateFault, { roles }: Holder) {
  if (contents.kind === "certificate") {
    const mend = roles.key ? ` with the key in ${roles.key}` : "";
    throw fault("CERTIFICATE_FORMAT", "pfx", `is a certificate, not a pfx: say ${roles.type}: "1"${mend}`);
  }
  if (contents.kind !== "pfx") throw fault("CERTIFICATE_FORMAT", "pfx", mendFor("pfx", contents));
  if (password === undefined) return;
  const { x509, key } = await openPfx(contents, password, fault);
  checkPurpose(x509, fault);
  checkRandomNumber(checked({ x509, key }, {}, fault), "pfx", fault);
}

async function checkPair(
  contents: Contents,
  key: Contents | "" | undefined,
  password: string | undefined,
  fault: CertificateFault,
  site: Holder,
): Promise<void> {
  const { roles } = site;
  if (contents.kind === "pfx") {
    const place = roles.pfx ? ` and pass it as ${roles.pfx}` : "";
    const mend = roles.type
      ? `say ${roles.type}: "pfx"${place}`
      : "kofin/certificate makes signCert.der and signPri.key of it: fromPfx";
    throw fault("CERTIFICATE_FORMAT", "certificate", `is a pfx: ${mend}`);
  }
  // That the key is missing is said where required fields are looked at.
  if (!key && roles.key && isRequired(site, roles.key)) return;
  if (contents.kind === "key" && key && key.kind === "certificate") {
    throw fault(
      "CERTIFICATE_FORMAT",
      "certificate",
      `and ${roles.key} are swapped: this is the key, that the certificate`,
    );
  }
  if (contents.kind === "key") {
    throw fault(
      "CERTIFICATE_FORMAT",
      "certificate",
      `is a key: pass signCert.der here, and signPri.key as ${roles.key}`,
    );
  }
  const x509 = certificateIn(contents, fault);
  if (key && key.kind === "certificate") {
    throw fault("CERTIFICATE_FORMAT", "key", "is a certificate: pass signPri.key");
  }
  if (key && key.kind === "pfx") throw fault("CERTIFICATE_FORMAT", "key", "is a pfx: pass signPri.key");
  if (key && key.kind !== "key") throw fault("CERTIFICATE_FORMAT", "key", mendFor("key", key));
  checkPurpose(x509, fault);
  checkValidity(x509, undefined, fault);
  if (!key || password === undefined) return;
  const opened = { x509, key: await openKey(key, password, fault) };
  checkRandomNumber(checked(opened, {}, fault), "key", fault);
}

function checkPurpose({ info }: X509, fault: CertificateFault): void {
  if (info.purpose === "signature") return;
  const what = "is the certificate for encryption (kmCert.der): pass signCert.der and signPri.key";
  throw fault("CERTIFICATE_FORMAT", "certificate", what);
}

function checkRandomNumber(
  { randomNumber }: { randomNumber: boolean },
  part: CertificatePart,
  fault: CertificateFault,
) {
  if (randomNumber) return;
  const what =
    "is a converted copy: it has lost the random number by which institutions identify its owner. " +
    "Take the original signPri.key, or a pfx exported with it; OpenSSL and most libraries lose it, kofin's toPfx and fromPfx do not";
  throw fault("CERTIFICATE_CONVERTED", part, what);
}

/** The field of a role when it has something in it, or has to. */
function fieldOf(site: Holder, role: CertificateRole): string | undefined {
  const name = site.roles[role];
  const value = name === undefined ? undefined : site.holder[name];
  if (name === undefined || value === undefined || value === null) return undefined;
  // CODEF's own samples send "" for what a login does not use.
  return value !== "" || isRequired(site, name) ? name : undefined;
}

/** Whether the operation, or the way to log in that was chosen, has to have a field. */
function isRequired({ operation, path, holder }: Holder, name: string): boolean {
  const required = [...(operation.required ?? []), ...requiredBy(operation, path, holder)];
  return required.includes(join(path, name));
}

function requiredBy({ variants = {} }: ApiOperation, path: string, holder: Json): string[] {
  const chosen = variants[path]?.find(({ when, defaults }) =>
    Object.entries(when).every(([key, value]) => (holder[key] ?? defaults?.[key]) === value),
  );
  return chosen?.required.map((name) => join(path, name)) ?? [];
}

function faultAt({ operation: { id }, path }: Holder, names: Record<CertificatePart, string>): CertificateFault {
  return (code, part, what) => {
    const field = join(path, names[part]);
    const context = { provider: "codef", operation: id, field };
    return new CertificateError(code, `${id}: ${field} ${what}`, context);
  };
}
