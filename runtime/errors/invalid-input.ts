import { type ErrorContext, KofinError } from "./kofin-error.js";

/**
 * The caller's input or configuration cannot be used: the call did not leave the process.
 *
 * | code | when |
 * |---|---|
 * | `INPUT_MISSING` | a field or an option is not there, and has to be |
 * | `INPUT_INVALID` | a field or an option has a value that cannot be sent, or means nothing |
 * | `CREDENTIALS_MISSING` | an id, a key or a secret is not there, without which there is no token |
 * | `PUBLIC_KEY_MISSING`, `PUBLIC_KEY_INVALID` | CODEF: a field leaves encrypted, and the client has no key for it, or none that is one |
 * | `SCOPE_MISSING` | Open Banking: neither what the user granted nor the institution's own token opens the operation |
 * | `STOPPED` | Open Banking: `beforeSend` threw; what it threw is the cause |
 * | `MOCK_UNSUPPORTED` | the environment (mock trading, a test host) does not serve this operation, feed or kind of customer |
 * | `REGISTRATIONS_FULL` | a realtime session can listen to no more |
 * | `HOST_FOREIGN` | middleware has sent the request to another host than the provider's, where credentials do not go |
 * | `TRANSPORT_UNFIT` | the operation is a GET with a body, which the client's `fetch` cannot send |
 * | `STORE_UNUSABLE` | the client's store failed; its own error is the cause |
 * | `STORE_PASSWORD` | a file store takes another password than the one it was given |
 * | `CERTIFICATE_…` | a certificate cannot be used: see `CertificateError` |
 * | `PACKAGE_MISSING` | an optional package is needed and not installed |
 */
export class InvalidInputError extends KofinError {
  /** Path of the field at fault, such as `accountList[].password`. */
  readonly field: string | undefined;

  constructor(code: string, message: string, context: ErrorContext & { field?: string | undefined }) {
    super(code, message, context);
    this.field = context.field;
  }
}
