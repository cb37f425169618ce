import type { NetworkFault } from "../shared/faults.js";
import type { TrafficControls } from "../shared/traffic.js";
import type { SandboxCertificate, SandboxCertificateOptions } from "./certificate/types.js";
import type { TwoWayStep } from "./two-way.js";

/** How the next matching request is answered. Say at least one of status, code, body, drop and silent. */
export interface Fault extends NetworkFault {
  /** HTTP status; default 200. Without code and body: the documented body of 401 and 403, nothing for others. */
  status?: number;
  /** A result code in an envelope, such as `CF-12041`. */
  code?: string;
  /** The body: text as it is, anything else URL-encoded as JSON. */
  body?: unknown;
}

/** Controls of CODEF's mock. On a port: `POST /__sandbox/codef/…`. */
export interface CodefSandbox extends TrafficControls<Fault> {
  /** Makes a client talk to this sandbox: `createCodef({ ...sandbox.codef.options })`. */
  readonly options: {
    readonly environment: "sandbox";
    readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
    readonly publicKey: string;
    readonly baseUrl: string;
    readonly oauthUrl: string;
  };
  /** What clients encrypt passwords with: base64 of the SubjectPublicKeyInfo, without PEM lines. */
  readonly publicKey: string;
  /** The plain text of an encrypted value; undefined when it cannot be decrypted. */
  decrypt(value: string): string | undefined;
  /**
   * Makes a certificate of somebody who does not exist, with its key, in the forms that real ones have. Its CA is made up, too.
   * @throws Error for a form that there is not
   * @example const { certificate: derFile, key: keyFile, password } = await sandbox.codef.certificate({ expired: true });
   */
  certificate(options?: SandboxCertificateOptions): Promise<SandboxCertificate>;
  /** Tokens issued since the start, or since `reset`. */
  readonly tokensIssued: number;
  /**
   * Lets a product ask for 추가인증 before it answers, on every new request until told otherwise; `[]` ends it.
   * @param operation path, `module.operationId`, or operationId where it is unique
   * @throws Error when there is no such operation
   */
  script(operation: string, steps: readonly TwoWayStep[]): void;
  /** The user approves a simple authentication on the phone: the one with that `jti`, or all that wait. Returns how many waited. */
  approve(jti?: string): number;
  /**
   * Whether lists that CODEF sends as an object when they have one row (`x-shape: one-or-many` in the specs) have one row, and
   * arrive so.
   */
  single(on: boolean): void;
  /** From now on every token that was issued is answered with HTTP 401. */
  expireTokens(): void;
}
