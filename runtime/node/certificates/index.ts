import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { type CertificateInfo, readCertificate } from "../../certificate/index.js";
import { CertificateError } from "../../errors/certificate.js";
import { npkiFolders, thisMachine } from "./roots.js";

export interface CertificatesOptions {
  /**
   * Folders to look in instead of the places of this system: an NPKI folder, any folder above certificates, or that of a single
   * certificate. What is not there is passed over.
   */
  folders?: readonly string[];
  /** The time that counts as now. Default: now. */
  now?: Date;
}

/** A certificate on this machine. What is in its files was read as it is now. */
export interface FoundCertificate {
  status: "found";
  /** The folder that it is in. Its real path: a folder that is reached in two ways is listed once. */
  folder: string;
  info: CertificateInfo;
  /** Whole days until it ends; negative when it has. */
  daysLeft: number;
  /** What to hand to `openCertificate`, and as `derFile` and `keyFile` to CODEF. */
  certificate: { path: string };
  key: { path: string };
}

/** Files that cannot be used as they are. */
export interface BrokenCertificate {
  status: "broken";
  folder: string;
  /** What is wrong with them: `CERTIFICATE_FORMAT`. */
  problem: CertificateError;
}

/**
 * Lists the certificates (공동인증서) on this machine: what lies in the NPKI folders of Windows, macOS and Linux and on drives that are plugged
 * in. Nobody needs a password for that. Never throws for a file: what cannot be read is in the list, with what is wrong with it.
 * @example
 * for (const found of await certificates()) if (found.status === "found") console.log(found.info.name, found.daysLeft);
 */
export async function certificates({
  folders,
  now = new Date(),
}: CertificatesOptions = {}): Promise<(FoundCertificate | BrokenCertificate)[]> {
  const places = folders ?? (await npkiFolders(thisMachine()));
  const seen = new Set<string>();
  const found: (FoundCertificate | BrokenCertificate)[] = [];
  for (const place of places) await collect(place, 0, { seen, found, now });
  return found.sort((one, other) => one.folder.localeCompare(other.folder));
}

interface Search {
  seen: Set<string>;
  found: (FoundCertificate | BrokenCertificate)[];
  now: Date;
}

/** `NPKI/<CA>/USER/<DN>`, and a little more for folders above. */
const DEEPEST = 6;

async function collect(folder: string, depth: number, search: Search): Promise<void> {
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || search.seen.has(real)) return;
  search.seen.add(real);
  const names = await readdir(real).catch(() => []);
  const files = filesIn(names);
  if (files.certificate ?? files.key) {
    search.found.push(await read(real, files, search.now));
    return;
  }
  if (depth >= DEEPEST) return;
  for (const name of names.sort()) {
    const below = join(real, name);
    const isFolder = await stat(below).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (isFolder) await collect(below, depth + 1, search);
  }
}

interface Files {
  certificate: string | undefined;
  key: string | undefined;
}

/** Names as programs write them, in any case. */
function filesIn(names: readonly string[]): Files {
  const find = (pattern: RegExp) => names.find((name) => pattern.test(name));
  return { certificate: find(/^signcert\.(der|cer|crt)$/i), key: find(/^signpri\.key$/i) };
}

async function read(
  folder: string,
  { certificate, key }: Files,
  now: Date,
): Promise<FoundCertificate | BrokenCertificate> {
  const broken = (field: string, what: string): BrokenCertificate => {
    const context = { provider: "kofin", operation: "certificates", field };
    return {
      status: "broken",
      folder,
      problem: new CertificateError("CERTIFICATE_FORMAT", `${field} ${what}`, context),
    };
  };
  if (!certificate) return broken("signCert.der", "is missing: copy the whole folder again");
  if (!key) return broken("signPri.key", "is missing: copy the whole folder again");
  try {
    await readFile(join(folder, key));
    const info = await readCertificate(await readFile(join(folder, certificate)));
    const daysLeft = Math.floor((info.validUntil.getTime() - now.getTime()) / 86_400_000);
    return {
      status: "found",
      folder,
      info,
      daysLeft,
      certificate: { path: join(folder, certificate) },
      key: { path: join(folder, key) },
    };
  } catch (error) {
    if (error instanceof CertificateError) return { status: "broken", folder, problem: error };
    return broken("the files", "cannot be read by this user");
  }
}
