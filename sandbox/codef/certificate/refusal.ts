import { type Contents, contentsOf } from "../../../runtime/certificate/contents.js";
import type { CertificateFault } from "../../../runtime/certificate/fault.js";
import { certificateIn, checked, type Opened, openKey, openPfx } from "../../../runtime/certificate/open.js";
import { CertificateError, type CertificateErrorCode } from "../../../runtime/errors/certificate.js";

/** What somebody logs in with. */
export interface Login {
  /** certType: `1` or `pfx`. */
  type: string;
  /** base64 of signCert.der, or of the pfx. */
  certificate: string;
  /** base64 of signPri.key. */
  key: string | undefined;
  password: string;
}

/** Who refuses it, and with which code. */
export interface Refused {
  at: "codef" | "institution";
  code: string;
}

const codef = (code: string): Refused => ({ at: "codef", code });
const institution = (code: string): Refused => ({ at: "institution", code });

const WRONG_TYPE = codef("CF-04009");
const NO_DER = codef("CF-04023");
const NO_PFX = codef("CF-04022");
const NOTHING_IN_PFX = codef("CF-04027");
const WRONG_PASSWORD = institution("CF-12302");
const WRONG_PAIR = institution("CF-12304");
const NO_RANDOM_NUMBER = institution("CF-12306");
const EXPIRED = institution("CF-12806");
const WRONG_KIND = institution("CF-12810");

/** What becomes of a login; undefined when there is nothing wrong with it, or nothing that the sandbox can tell. */
export async function refusalOf(login: Login, now: Date): Promise<Refused | undefined> {
  try {
    const found = login.type === "pfx" ? await fromPfx(login) : await fromFiles(login);
    return "code" in found ? found : flawOf(found, now);
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return refusalFor(error.code, login);
  }
}

function refusalFor(code: CertificateErrorCode, { type }: Login): Refused | undefined {
  if (code === "CERTIFICATE_PASSWORD") return WRONG_PASSWORD;
  if (code === "CERTIFICATE_UNSUPPORTED") return undefined;
  return type === "pfx" ? NOTHING_IN_PFX : NO_DER;
}

async function fromPfx({ certificate, password }: Login): Promise<Opened | Refused> {
  const contents = await read(certificate);
  if (contents.kind === "certificate" || contents.kind === "key") return WRONG_TYPE;
  return contents.kind === "pfx" ? openPfx(contents, password, fault) : NO_PFX;
}

async function fromFiles({ certificate, key = "", password }: Login): Promise<Opened | Refused> {
  const [first, second] = [await read(certificate), await read(key)];
  if (first.kind === "pfx") return WRONG_TYPE;
  if (first.kind !== "certificate" || second.kind !== "key") return NO_DER;
  return { x509: certificateIn(first, fault), key: await openKey(second, password, fault) };
}

function flawOf(opened: Opened, now: Date): Refused | undefined {
  const { pair, expired, randomNumber, purpose } = checked(opened, { strict: false, now }, fault);
  if (!pair) return WRONG_PAIR;
  if (expired) return EXPIRED;
  if (purpose === "encryption") return WRONG_KIND;
  return randomNumber ? undefined : NO_RANDOM_NUMBER;
}

async function read(base64: string): Promise<Contents> {
  return (await contentsOf(base64)) ?? { kind: "unknown", der: "" };
}

const fault: CertificateFault = (code, part, what) =>
  new CertificateError(code, `${part} ${what}`, { provider: "codef", field: part });
