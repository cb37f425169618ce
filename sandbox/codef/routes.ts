import type { Operation, Provider, Schema } from "../../generator/model.js";
import { dataOf, inputOf } from "../../generator/walk.js";
import { once, type Routes, routesOf } from "../shared/routes.js";
import { allFields } from "../shared/variants.js";

/** What the sandbox needs to know of an operation, worked out once. */
export interface Route {
  operation: Operation;
  /** What it takes, in the body or in the query. */
  request: Schema;
  /** Parameters that the product knows: they are not sent back. */
  known: ReadonlySet<string>;
  /** Parameters that make one question differ from another: plain values that are no secrets and no 추가인증. */
  identity: readonly string[];
  data: Schema;
  /** 개인 or 기업, for products that look at one kind of account only. */
  clientType?: "P" | "B";
  /** 업무구분 of the accounts that the product can use. */
  businessType?: string;
  /** Whether `id` groups requests under one authentication (다건요청); elsewhere a field of that name is a login. */
  grouped: boolean;
  /** Text recognition (OCR) looks at the Content-Type, which all other products leave alone. */
  wantsJson: boolean;
}

export function codefRoutes(provider: Provider | undefined): Routes<Route> {
  return routesOf(provider, describe);
}

const describe = once((operation: Operation): Route => {
  const request = inputOf(operation) ?? {};
  const known = allFields(request);
  const fields = Object.entries(known);
  const answers = Object.values(operation.twoWay ?? {}).flatMap((schema) => Object.keys(schema.properties ?? {}));
  const continuing = new Set([...answers, "is2Way", "twoWayInfo"]);
  const [, domain, client] = /^\/v1\/kr\/([^/]+)\/([^/]+)/.exec(operation.path) ?? [];
  const clientType = CLIENT_TYPES[client ?? ""];
  const businessType = BUSINESS_TYPES[domain ?? ""];
  return {
    operation,
    request,
    known: new Set([...fields.map(([name]) => name), ...continuing]),
    identity: fields
      .filter(
        ([name, schema]) => !schema["x-encrypted"] && schema.contentEncoding === undefined && !continuing.has(name),
      )
      .map(([name]) => name),
    data: dataOf(operation),
    // A login is personal data; what only groups requests is not.
    grouped: known.id !== undefined && known.id["x-sensitive"] !== true,
    wantsJson: operation.path.includes("/ocr/") && operation.requestType === "application/json",
    ...(clientType && { clientType }),
    ...(businessType && { businessType }),
  };
});

const CLIENT_TYPES: Record<string, "P" | "B" | undefined> = { p: "P", b: "B" };

const BUSINESS_TYPES: Record<string, string | undefined> = {
  bank: "BK",
  bank2: "BK",
  card: "CD",
  stock: "ST",
  insurance: "IS",
  public: "NT",
};
