/**
 * What the specs say, as plain data: the only thing that emitters, the sandbox and the command line know of YAML.
 * @module
 */

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
  "x-shape"?: "one-or-many";
  "x-second-request"?: boolean;
}

export type SchemaType = "string" | "number" | "integer" | "boolean" | "object" | "array" | "null";

/** A query, header or path parameter. */
export interface Parameter {
  name: string;
  in: "query" | "header" | "path";
  required: boolean;
  schema: Schema;
}

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
  /** The fields that lead to the next page: `page` of the input, `more` and `next` of the data. */
  paging?: { page: string; more: string; next: string };
  confidence?: "high" | "medium" | "low";
  sources: string[];
  parameters: Parameter[];
  /** The request body. Absent when the operation takes none. */
  request?: Schema;
  requestType?: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
  /** An example of the whole request body, when the spec gives one. */
  requestExample?: unknown;
  /** The decoded wire body of a successful answer. */
  response: Schema;
  /** An example of the whole decoded wire body, when the spec gives one. */
  responseExample?: unknown;
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
  operations: Operation[];
  /** The named schemas that the operations use, as defined: where a use has its own title or description, it says so itself. */
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
  resultCodes: ResultCode[];
}
