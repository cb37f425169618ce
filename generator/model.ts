/**
 * What the specs say, as plain data: the only thing that emitters, the sandbox and the command line know of YAML.
 * @module
 */
import type { Masters } from "./masters.js";

export type * from "./masters.js";

/** Where something stands in a YAML file. Lines and columns count from 1. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** A finding about a spec: where, what, and how to mend it. */
export interface Problem {
  at: Position;
  message: string;
}

/**
 * A JSON Schema (2020-12) with every `$ref` resolved, `allOf` flattened and the house extensions kept, so that it can be
 * handed to any validator as it is. Named schemas (objects, lists and unions that are more than one value) carry their name in
 * `x-name`.
 */
export interface Schema {
  "x-name"?: string;
  title?: string;
  description?: string;
  type?: SchemaType | SchemaType[];
  format?: string;
  contentEncoding?: string;
  contentMediaType?: string;
  maxLength?: number;
  enum?: (string | number | boolean | null)[];
  const?: string | number | boolean;
  default?: unknown;
  examples?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  deprecated?: boolean;
  "x-encrypted"?: "rsa";
  "x-sensitive"?: boolean;
  "x-codes"?: Record<string, string>;
  "x-organization"?: string[];
  "x-shape"?: "one-or-many" | "one";
  "x-second-request"?: boolean;
  /** The part that the field has in a login by certificate. */
  "x-certificate"?: "der" | "key" | "pfx" | "file" | "type" | "password";
  /** The client fills it in when the caller does not; the word says with what. */
  "x-from"?: string;
  /** Other names of the field: an answer brings it under these too, a caller may pass it under these. */
  "x-also"?: string[];
  /** The provider's own notation of the type: `AN(20)`. */
  "x-spec"?: string;
}

export type SchemaType = "string" | "number" | "integer" | "boolean" | "object" | "array" | "null";

/**
 * A query, header or path parameter that is described by itself. A query described as one object is the operation's `request`.
 * Header parameters with `x-from` on their schema are filled in by the client, the others are callers' input.
 */
export interface Parameter {
  name: string;
  in: "query" | "header" | "path";
  required: boolean;
  schema: Schema;
}

/** How further pages are asked for. Fields of the request stand by name, those of the data by path: `output1.index_key`. */
export type Paging =
  /** The page `page` is sent; `more` says whether there is another, and `next` which. */
  | { style: "page"; page: string; more: string; next: string }
  /** A header says whether there is more; `keys` (field of the request → path in the data) are sent back. */
  | { style: "tr-cont"; keys?: Record<string, string> }
  /** Goes on as long as `keys` come back with something in them. */
  | { style: "ctx"; keys: Record<string, string> }
  /** The same, and `set` changes as well from the second page on. */
  | { style: "key"; keys: Record<string, string>; set?: Record<string, string> }
  /** The fields in `back` (field of the request → field of an item) move before the oldest item of `list`, down to `until`. */
  | {
      style: "walk";
      list: string;
      back: Record<string, string | string[]>;
      until?: string;
      set?: Record<string, string>;
    };

/** A tr_id, or one for each action of the caller. */
export type TrIds = string | Record<string, string>;

/** Under which tr_id an operation is asked for. */
export interface TrId {
  real: TrIds;
  /** Absent when the mock host does not serve the operation. With actions: those that it serves. */
  mock?: TrIds;
  /** What the provider called it before. Only the sandbox takes these. */
  legacy?: TrIds;
  /** Action → the values of request fields that it fits. */
  when?: Record<string, Record<string, string[]>>;
}

/** Which token an operation is called with, where it is not the provider's usual one. */
export type Auth =
  | "none"
  | {
      /** Scope of a user's token; any one of several. */
      user?: string | string[];
      institution?: string[];
    };

/** One product endpoint. */
export interface Operation {
  provider: string;
  /** The document's name: `bank` of `specs/codef/bank.yaml`, and the subpath of the generated module. */
  module: string;
  /** Name of the generated function, unique in its module. */
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** The provider's own Korean product name. */
  summary: string;
  /** One English sentence. */
  description: string;
  deprecated: boolean;
  /** For a deprecated operation: what to call instead, as `id` or `module/id`. */
  successor?: string;
  retry: "safe" | "never";
  /** 추가인증: authentication method → the fields that answer it. Absent when the product has none. */
  twoWay?: Record<string, Schema>;
  /** Result codes that are a success besides the provider's plain success code. */
  success: string[];
  /** The operation that tells what became of this one, as `module/id`. */
  settledBy?: string;
  paging?: Paging;
  /** KIS: absent for operations that are not told apart by a tr_id. */
  trId?: TrId;
  /** Absent when the provider's usual token is meant. */
  auth?: Auth;
  confidence?: "high" | "medium" | "low";
  sources: string[];
  parameters: Parameter[];
  /** The request as it is on the wire, in a body or a query. Absent when the operation takes none. What callers pass: `inputOf`. */
  request?: Schema;
  requestIn?: "query" | "body";
  /** How a body is sent. */
  requestType?: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
  /** An example of the whole request, when the spec gives one. */
  requestExample?: unknown;
  /** The decoded wire body of a successful answer. */
  response: Schema;
  /** What callers get, where it stands beside the fields of an envelope (KIS). Everywhere: `dataOf`. */
  data?: Schema;
  /** An example of the whole decoded wire body, when the spec gives one. */
  responseExample?: unknown;
  at: Position;
}

/** One realtime feed: records that the provider sends by itself, one after the other, once it was asked to. */
export interface Feed {
  provider: string;
  module: string;
  /** Name of the generated function, unique among all feeds of the provider. */
  id: string;
  /** No `mock`: the mock host does not serve it. */
  trId: { real: string; mock?: string };
  /** What it is asked for by: a word of `feed-keys.yaml`. */
  key: string;
  /** What `feed-keys.yaml` says about that key. */
  keySchema: Schema;
  /** The column that repeats the key. Absent when none does. */
  keyColumn?: string;
  /** Whether it arrives encrypted. */
  encrypted: boolean;
  summary: string;
  description: string;
  confidence?: "high" | "medium" | "low";
  sources: string[];
  /** One record. Every column is always there. */
  record: Schema;
  /** The fields of a record, in the order in which they arrive. */
  columns: string[];
  at: Position;
}

/** One spec document, one generated module. */
export interface ApiDocument {
  provider: string;
  module: string;
  /** Path relative to the specs folder's parent, with forward slashes: `specs/codef/bank.yaml`. */
  file: string;
  title: string;
  description: string;
  /** Empty for a document of feeds. */
  operations: Operation[];
  /** Empty for a document of operations. */
  feeds: Feed[];
  /** The named schemas that these use, as defined: where a use has its own title or description, it says so itself. */
  schemas: Record<string, Schema>;
}

/** 기관코드 of one domain. */
export interface OrganizationDomain {
  domain: string;
  /** What the domain is called in Korean. */
  title: string;
  organizations: { code: string; name: string; note?: string }[];
}

/** One result code of a provider. */
export interface ResultCode {
  code: string;
  meaning: string;
  group: string;
  /** What a program should do: a word of `specs/README.md`, "Result codes". */
  advice: string;
}

/** Everything a provider's folder says. */
export interface Provider {
  name: string;
  documents: ApiDocument[];
  organizations: OrganizationDomain[];
  /** `result-codes.yaml` */
  resultCodes: ResultCode[];
  /** Its further tables by name: `bank-result-codes` of `bank-result-codes.yaml`. */
  furtherResultCodes?: Record<string, ResultCode[]>;
  /** `masters.yaml` */
  masters?: Masters;
}
