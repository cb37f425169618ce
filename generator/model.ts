/**
 * What the specs say, as plain data: the only thing that emitters, the sandbox and the command line know of YAML.
 * @module
 */
import type { Masters } from "./masters.js";
import type { ProviderSettings } from "./provider/settings.js";

export type * from "./masters.js";
export type * from "./provider/settings.js";

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
  /** Absent: an error. */
  level?: "warning";
  /** What found it: findings of one rule are of one kind. */
  rule?: string;
}

/**
 * A JSON Schema (2020-12) with every `$ref` resolved, `allOf` flattened and the extensions kept, so that it can be
 * handed to any validator as it is. Named schemas (objects, lists and unions that are more than one value) carry their name in
 * `x-name`.
 */
export interface Schema {
  "x-name"?: string;
  title?: string;
  description?: string;
  /** Only where a schema contains itself: its definition is among the `schemas` of the document, under its `x-name`. */
  $ref?: string;
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
  prefixItems?: Schema[];
  /** Only what cannot be flattened: several unions of which each holds. */
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  deprecated?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
  "x-encrypted"?: "rsa";
  "x-sensitive"?: boolean;
  /** Further values may come besides those of `enum`. */
  "x-open"?: boolean;
  "x-codes"?: Record<string, string>;
  /** The list that its codes are of, where other lists have the same codes. */
  "x-code-list"?: string;
  "x-organization"?: string[];
  "x-shape"?: "one-or-many" | "one";
  "x-second-request"?: boolean;
  /** The part that the field has in a login by certificate. */
  "x-certificate"?: "der" | "key" | "pfx" | "file" | "type" | "password";
  /** The client fills it in when the caller does not; the word says with what. */
  "x-from"?: string;
  /** Other names of the field: an answer brings it under these too, a caller may pass it under these. */
  "x-also"?: string[];
  /** What a column of a feed is called on the wire. */
  "x-key"?: string;
  /** The provider's own notation of the type: `AN(20)`. */
  "x-spec"?: string;
  /** No body at all: callers get undefined. */
  "x-nothing"?: true;
}

export type SchemaType = "string" | "number" | "integer" | "boolean" | "object" | "array" | "null";

/**
 * A query, header or path parameter that is described by itself. A query described as one object is the operation's `request`.
 * Header parameters with `x-from` on their schema are filled in by the client, the others are callers' input.
 */
export interface Parameter {
  name: string;
  /** Its name in the input, where another field has its own. */
  field?: string;
  in: "query" | "header" | "path" | "cookie";
  required: boolean;
  schema: Schema;
  /** How it is written, where it is not the usual way of its place (`form` in queries and cookies, `simple` elsewhere). */
  style?: ParameterStyle;
  /** Absent: as is usual for its style. */
  explode?: boolean;
}

export type ParameterStyle =
  | "simple"
  | "label"
  | "matrix"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "json";

/** How further pages are asked for. Fields of the request stand by name, those of the data by path: `output1.index_key`. */
export type Paging =
  /** The page `page` is sent; `more` says whether there is another, and `next` which. */
  | { style: "page"; page: string; more: string; next: string }
  /** The number `page` goes up from `first` (1), until `list` is empty or the page `last` is reached. */
  | { style: "page-number"; page: string; list: string; first?: number; last?: string }
  /** `next` goes back as `cursor`, as long as it comes with something in it. */
  | { style: "cursor"; cursor: string; next: string }
  /** The provider's paging headers say whether there is more; `keys` (field of the request → path in the data) are sent back. */
  | { style: "header-key"; keys?: Record<string, string> }
  /**
   * Goes on as long as `keys` come back with something in them. `set` changes as well from the second page on; `continued` says that
   * further pages are asked for with the provider's paging headers, too.
   */
  | { style: "key"; keys: Record<string, string>; set?: Record<string, string>; continued?: true }
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
  /** The document's name: `bank` of `specs/acme/bank.yaml`, and the subpath of the generated module. */
  module: string;
  /** Name of the generated function, unique in its module. */
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";
  path: string;
  /** Where it is served, when that is not the provider's base URL. */
  server?: string;
  /** What stands behind a `#` in the path of the spec: it tells operations of one path apart there, and is not sent. */
  fragment?: string;
  /** Headers with one value, which the operation fills in itself. They are no `parameters`. */
  constantHeaders?: Record<string, string>;
  /** The provider's own Korean product name. */
  summary: string;
  /** One English sentence. */
  description: string;
  deprecated: boolean;
  /** For a deprecated operation: what to call instead, as `id` or `module/id`. */
  successor?: string;
  /** `idempotency-key`: it may be repeated as long as the same key goes with it. */
  retry: "safe" | "never" | "idempotency-key";
  /** The limit that it counts against, by its name in `provider.yaml`. */
  limit?: string;
  /** The field or header of the input that carries the key, and how long the provider remembers it. */
  idempotency?: { field: string; seconds?: number };
  /** 추가인증: authentication method → the fields that answer it. Absent when the product has none. */
  twoWay?: Record<string, Schema>;
  /** Result codes that are a success besides the provider's plain success code. */
  success: string[];
  /** The operation that tells what became of this one, as `module/id`. */
  settledBy?: string;
  paging?: Paging;
  /** Absent for operations that are not told apart by a tr_id. */
  trId?: TrId;
  /** Absent when the provider's usual token is meant. */
  auth?: Auth;
  confidence?: "high" | "medium" | "low";
  sources: string[];
  parameters: Parameter[];
  /** The request as it is on the wire, in a body or a query. Absent when the operation takes none. What callers pass: `inputOf`. */
  request?: Schema;
  /** The field of the request that holds what callers pass. Absent when they pass the whole of it. */
  requestField?: string;
  requestIn?: "query" | "body";
  /** How a body is sent. */
  requestType?: string;
  /** The field of the input that holds the whole body, where its fields do not stand in the input themselves. */
  bodyField?: string;
  isBodyRequired?: boolean;
  /** Fields of a form that are not written as text: objects, lists. */
  formStyles?: { name: string; style: ParameterStyle; explode?: boolean }[];
  /** Names of its types, where they are not `<Id>Request` and `<Id>Data`. */
  inputName?: string;
  /** What callers pass is a named schema that has another form, and another name, in answers. */
  sentName?: string;
  dataName?: string;
  /** What comes back. Absent: JSON. */
  answerType?: "text" | "bytes" | "none";
  /** The environments that serve it. Absent: all of them do, as far as anybody knows. */
  environments?: string[];
  /** An example of the whole request, when the spec gives one. */
  requestExample?: unknown;
  /** The decoded wire body of a successful answer. */
  response: Schema;
  /** What callers get, in the provider's envelope or beside it. Absent when it is the whole body. Everywhere: `dataOf`. */
  data?: Schema;
  /** The answer comes without the provider's envelope. */
  comesWhole?: true;
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
  /** No `mock`: the mock host does not serve it. Of a provider without tr_ids the `type`. */
  trId: { real: string; mock?: string };
  /** What it is asked for as: the name of its webhook. Absent where tr_ids say so. */
  type?: string;
  /** Its records are objects of JSON, handed on as they come; otherwise they have `columns`. */
  isJson: boolean;
  /** Where the socket is that it arrives at, when the provider has several. */
  path?: string;
  /** What it is asked for by: a word of `feed-keys.yaml`. Empty when nothing but the feed is named: what is sent is the account's. */
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
  /** What the columns are called on the wire, in the same order, when a record is an object there. Absent: they arrive in their order. */
  wireKeys?: string[];
  at: Position;
}

/** One spec document, one generated module. */
export interface ApiDocument {
  provider: string;
  module: string;
  /** Path relative to the specs folder's parent, with forward slashes: `specs/acme/bank.yaml`. */
  file: string;
  title: string;
  description: string;
  /** Empty for a document of feeds. */
  operations: Operation[];
  /** Empty for a document of operations. */
  feeds: Feed[];
  /** The named schemas that these use, as defined: where a use has its own title or description, it says so itself. */
  schemas: Record<string, Schema>;
  /** Name → name for what callers pass, of schemas of which callers pass something else than they get. */
  inputNames?: Record<string, string>;
  /** Those of `schemas` that other documents use as well: one document was divided by its tags. */
  shared?: string[];
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
  /** `provider.yaml` */
  settings: ProviderSettings;
  documents: ApiDocument[];
  organizations: OrganizationDomain[];
  /** `result-codes.yaml` */
  resultCodes: ResultCode[];
  /** Its further tables by name: `bank-result-codes` of `bank-result-codes.yaml`. */
  furtherResultCodes?: Record<string, ResultCode[]>;
  /** `masters.yaml` */
  masters?: Masters;
  /** What was found, and is no reason to stop. */
  warnings?: Problem[];
}
