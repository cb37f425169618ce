export interface SandboxCertificateOptions {
  /** Whose it is. Default 홍길동. Certificates of one name have one key, those of different names do not belong together. */
  name?: string;
  /** Default `sandbox-certificate`. */
  password?: string;
  /** OID of its policy. Default `1.2.410.200005.1.1.4`: personal, 은행/보험용. */
  policy?: string;
  /** Default a month ago. */
  validFrom?: Date | string;
  /** Default eleven months from now. Where the sandbox has a clock of its own, it is valid by both. */
  validUntil?: Date | string;
  /** It ended a month ago. */
  expired?: boolean;
  /** `encryption` makes a kmCert.der and a kmPri.key. Default `signature`. */
  purpose?: "signature" | "encryption";
  /** False makes a converted copy, without the random number. Default true. */
  randomNumber?: boolean;
  /** How signPri.key is encrypted: `seed` (PBES1, the usual one; default), `seed-old`, and with PBES2 `seed-pbes2`, `aes`, `3des`. */
  keyForm?: "seed" | "seed-old" | "seed-pbes2" | "aes" | "3des";
  /** How the pfx is encrypted: as agents and browsers do (`3des-rc2`, default), as Windows does (`3des`), as OpenSSL 3 does (`aes`). */
  pfxForm?: "3des-rc2" | "3des" | "aes";
}

/** A certificate of somebody who does not exist. */
export interface SandboxCertificate {
  /** signCert.der */
  certificate: Uint8Array;
  /** signPri.key */
  key: Uint8Array;
  /** The same two in one file. */
  pfx: Uint8Array;
  password: string;
}
