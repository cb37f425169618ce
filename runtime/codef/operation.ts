import type { InputVariant } from "../call/operation.js";
import type { CertificateRole } from "../certificate/types.js";

/**
 * What the runtime has to know of an operation: written by the generator, never by hand. Lists hold field paths (see `paths.ts`).
 * Plain JSON, because a two-way challenge carries it to another process.
 */
export interface CodefOperation {
  /** `module.operationId`. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** `safe`: the library may send it again by itself. `never`: at most once. */
  readonly retry: "safe" | "never";
  /** Input that must be there. */
  readonly required?: readonly string[];
  /** Input that callers may leave out, and what is sent then. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Ways to log in, by the path of the object they belong to: one of them must fit the input. */
  readonly variants?: Readonly<Record<string, readonly InputVariant[]>>;
  /** Input encrypted with the client's RSA public key. */
  readonly encrypted?: readonly string[];
  /** Input that may be bytes or a file's path, sent as base64. */
  readonly files?: readonly string[];
  /** Other input that must not show in logs and errors. */
  readonly sensitive?: readonly string[];
  /** Input by which people log in with a certificate, and what each of it is. */
  readonly certificate?: Readonly<Record<string, CertificateRole>>;
  /** Lists in the answer that may arrive as a single object. */
  readonly many?: readonly string[];
  /** Result codes besides CF-00000 that are a success. */
  readonly success?: readonly string[];
  /** The product asks for 추가인증. */
  readonly twoWay?: boolean;
  /** How the body is sent; URL-encoded JSON unless told otherwise. */
  readonly bodyType?: "multipart";
}

/** Everything of an operation's input that must not show anywhere. */
export function secretPaths(operation: CodefOperation): string[] {
  return [...(operation.encrypted ?? []), ...(operation.files ?? []), ...(operation.sensitive ?? [])];
}
