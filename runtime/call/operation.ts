/**
 * What the runtime has to know of an operation: written by the generator, never by hand. Lists hold field paths (see `paths.ts`);
 * every key without a meaning for an operation is left out. Plain JSON, because a challenge carries it to another process.
 * Providers add their own keys.
 */
export interface ApiOperation {
  /** `module.operationId`; of a call without a spec the path. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";
  readonly path: string;
  /**
   * `safe`: the library may send it again by itself. `never`: at most once. `idempotency-key`: again as long as the provider
   * remembers the key of `idempotency`, and always with the same one.
   */
  readonly retry: "safe" | "never" | "idempotency-key";
  /** The limit that it counts against, by its name. */
  readonly limit?: string;
  /** Its answer comes without the provider's envelope: callers get all of it, and HTTP says what is a success. */
  readonly envelope?: "none";
  /** The field of the input (of `headers`, where it is one) with the key of a repeat, and for how long the provider knows it. */
  readonly idempotency?: { readonly field: string; readonly seconds?: number };
  /** Input that must be there. */
  readonly required?: readonly string[];
  /** Input that callers may leave out, and what is sent then. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Objects that can be filled in several ways, by their path: one of the ways must fit. */
  readonly variants?: Readonly<Record<string, readonly InputVariant[]>>;
  /** Input that the client fills in when the caller does not, and from what. */
  readonly from?: Readonly<Record<string, string>>;
  /** The environments that serve it. Left out: all of them. */
  readonly environments?: readonly string[];
  /** Headers with one value. */
  readonly constantHeaders?: Readonly<Record<string, string>>;
  /** Headers that the client fills in, and from what; `input`: from the field of that name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Other names under which callers may pass a field. */
  readonly accepts?: Readonly<Record<string, readonly string[]>>;
  /** Input that takes bytes or a file: a part of a multipart body, base64 elsewhere. */
  readonly files?: readonly string[];
  /** Input encrypted before it leaves. */
  readonly encrypted?: readonly string[];
  /** Input by which people log in with a certificate, and what each of it is. */
  readonly certificate?: Readonly<Record<string, CertificateRole>>;
  /** Other input that must not show in logs and errors. */
  readonly sensitive?: readonly string[];
  /** Lists in the answer that may arrive as a single object. */
  readonly many?: readonly string[];
  /** Objects in the answer that may arrive as a list of one. */
  readonly one?: readonly string[];
  /** Other names under which a field of the answer arrives. */
  readonly also?: Readonly<Record<string, readonly string[]>>;
  /** The operation that tells what became of this one: `module/operationId`. */
  readonly settledBy?: string;
  /** How the body is sent; JSON unless told otherwise. */
  readonly bodyType?: "form" | "multipart" | "text" | "bytes";
  /** The media type of the body, where it is not the usual one of its kind. */
  readonly contentType?: string;
  /** The field of the input that holds the whole body. Left out: all fields that stand nowhere else are the body, or the query. */
  readonly body?: string;
  /** Where fields of the input stand that are in no body. Path parameters are percent-encoded into the braces of `path`. */
  readonly params?: {
    readonly path?: readonly Param[];
    readonly query?: readonly Param[];
    readonly header?: readonly Param[];
    readonly cookie?: readonly Param[];
    /** Fields of a form that are written in a style of their own. They are in the body. */
    readonly form?: readonly Param[];
  };
  /** What comes back: JSON unless told otherwise. `bytes` is a `Uint8Array`, and `none` undefined. */
  readonly answer?: "text" | "bytes" | "none";
  /** Input that may be a number or a bigint, and is sent as a text of plain digits. Everything else is sent as it is. */
  readonly decimals?: readonly string[];
  /** Where the operation is served, when that is not the provider's base URL. A `baseUrl` of the client wins. */
  readonly server?: string;
}

/** A field by its name, or with how it is written: the styles of OpenAPI, `json` for JSON in one text. */
export type Param =
  | string
  | {
      readonly field: string;
      /** Its name on the wire. */
      readonly name: string;
      /** Left out: `form` in a query or a cookie, `simple` elsewhere. */
      readonly style?:
        | "simple"
        | "label"
        | "matrix"
        | "form"
        | "spaceDelimited"
        | "pipeDelimited"
        | "deepObject"
        | "json";
      /** Left out: true for `form`, and false for the others. */
      readonly explode?: boolean;
    };

/** One way to fill an object: chosen by the constants in `when`, and what it then requires. */
export interface InputVariant {
  readonly when: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  /** Which constants of `when` select this variant even when they are left out. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/**
 * What a field of a request has to do with a certificate (`x-certificate` in the specs): signCert.der, signPri.key, a pfx, a `file` that is
 * signCert.der or a pfx depending on the `type` (`"1"` or `"pfx"`), and the password.
 */
export type CertificateRole = "der" | "key" | "pfx" | "file" | "type" | "password";

/** Everything of an operation's input that must not show anywhere. */
export function secretPaths({ encrypted = [], files = [], sensitive = [] }: ApiOperation): string[] {
  return [...encrypted, ...files, ...sensitive];
}
