import type { CertificateError, CertificateErrorCode } from "../errors/certificate.js";

/** Which of the things that were passed is at fault. */
export type CertificatePart = "certificate" | "key" | "pfx" | "password";

/** Makes the error for a part, under the name that the caller knows it by. */
export type CertificateFault = (code: CertificateErrorCode, part: CertificatePart, what: string) => CertificateError;
