import type { Advice } from "./advice.js";
import { InvalidInputError } from "./invalid-input.js";
import type { ErrorContext } from "./kofin-error.js";

/** What can be wrong with a certificate. See `CertificateError`. */
export type CertificateErrorCode =
  | "CERTIFICATE_FORMAT"
  | "CERTIFICATE_PASSWORD"
  | "CERTIFICATE_EXPIRED"
  | "CERTIFICATE_PAIR"
  | "CERTIFICATE_CONVERTED"
  | "CERTIFICATE_UNSUPPORTED";

const ADVICE: Readonly<Record<CertificateErrorCode, Advice>> = {
  CERTIFICATE_FORMAT: "fix-request",
  CERTIFICATE_PASSWORD: "ask-user",
  CERTIFICATE_EXPIRED: "ask-user",
  CERTIFICATE_PAIR: "ask-user",
  CERTIFICATE_CONVERTED: "ask-user",
  CERTIFICATE_UNSUPPORTED: "report",
};

/**
 * A certificate cannot be used, and nothing was sent. The message says what the file is instead and what to do about it.
 *
 * | code | when |
 * |---|---|
 * | `CERTIFICATE_FORMAT` | the file is something else: PEM, a path, a pfx, the key, kmCert.der, cut short … |
 * | `CERTIFICATE_PASSWORD` | the password does not open the key, or the file is damaged: nobody can tell the two apart |
 * | `CERTIFICATE_EXPIRED` | the certificate is not valid any more, or not yet |
 * | `CERTIFICATE_PAIR` | the key is that of another certificate |
 * | `CERTIFICATE_CONVERTED` | the key has lost the random number that institutions identify its owner by: a converted copy |
 * | `CERTIFICATE_UNSUPPORTED` | kofin cannot open this kind: other encryption, no RSA key. It may be good all the same, and is not held up on its way to CODEF |
 */
export class CertificateError extends InvalidInputError {
  declare readonly code: CertificateErrorCode;
  /** What a program should do about it. */
  readonly advice: Advice;

  constructor(code: CertificateErrorCode, message: string, context: ErrorContext & { field?: string | undefined }) {
    super(code, message, context);
    this.advice = ADVICE[code];
  }
}
