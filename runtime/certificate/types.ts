/** A file: its base64 text, its bytes, or where to read it (Node, Bun and Deno only). */
export type CertificateFile = string | Uint8Array | { path: string };

/** signCert.der and signPri.key, or the pfx (p12) that holds both. */
export type CertificateSource =
  | { certificate: CertificateFile; key: CertificateFile; password: string }
  | { pfx: CertificateFile; password: string };

/** What a certificate is for, by the OID of its policy. */
export interface CertificatePolicy {
  /** `1.2.410.200005.1.1.4` */
  id: string;
  /** Undefined for a policy that kofin does not know. */
  owner: "personal" | "corporate" | undefined;
  /** `범용`, `은행/보험용` …; undefined for a policy that kofin does not know. */
  use: string | undefined;
}

/** What stands in a certificate. */
export interface CertificateInfo {
  /** Whose it is: what its common name says before the brackets. */
  name: string;
  /** As in the name of its folder: `cn=홍길동()0004…,ou=…,o=yessign,c=kr`. */
  subject: string;
  issuer: string;
  /** The organization that issued it: `yessign`, `KICA`, `SignKorea`, `CrossCert`, `TradeSign` … */
  ca: string;
  /** Hexadecimal, in capitals. */
  serialNumber: string;
  validFrom: Date;
  validUntil: Date;
  /** Undefined when it names none. */
  policy: CertificatePolicy | undefined;
  /** `encryption` is kmCert.der, with which nobody logs in. */
  purpose: "signature" | "encryption";
}

/** A certificate with the key that was opened. */
export interface OpenedCertificate extends CertificateInfo {
  /** Outside the time that it is valid. Only with `strict: false`; otherwise that is an error. */
  expired: boolean;
  /** Whether the key is that of the certificate. False only with `strict: false`; otherwise that is an error. */
  pair: boolean;
  /** The key still has its random number (R). Without it, it is a converted copy, which institutions refuse. */
  randomNumber: boolean;
  /** The decrypted key, PKCS#8, as it is in the file. Not enumerable: it is the secret itself. */
  readonly pkcs8: Uint8Array;
}

export interface OpenOptions {
  /** Default true: an expired certificate and a key of another one are errors. False: `expired` and `pair` say so. */
  strict?: boolean;
  /** The time that counts as now. Default: now. */
  now?: Date;
}

export type { CertificateRole } from "../call/operation.js";
