import type { Operation, Provider, Schema } from "../../generator/model.js";
import { dataOf, inputOf } from "../../generator/walk.js";
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
}

export interface Routes {
  byPath: ReadonlyMap<string, Route>;
  /** The path of an operation given by path, `module.id` or `id`. @throws Error when there is none, or more than one. */
  resolve: (name: string) => string;
}

/** Operations by path: a request is found in one step, however many products there are. */
export function routesOf(provider: Provider | undefined): Routes {
  const operations = provider?.documents.flatMap((document) => document.operations) ?? [];
  const byPath = new Map(operations.map((operation) => [operation.path, routeOf(operation)]));
  return { byPath, resolve: (name) => resolve(operations, name) };
}

function resolve(operations: readonly Operation[], name: string): string {
  const found = operations.filter(({ path, module, id }) => [path, `${module}.${id}`, id].includes(name));
  const paths = [...new Set(found.map(({ path }) => path))];
  const [path] = paths;
  if (path === undefined) throw new Error(`No operation is called ${name}: give its path, or module.operationId`);
  if (paths.length > 1) {
    throw new Error(
      `${name} is in ${found.map(({ module }) => module).join(" and ")}: say ${found[0]?.module}.${name}`,
    );
  }
  return path;
}

/** Specs are kept for the life of the process, and so is what was worked out of them. */
const routes = new WeakMap<Operation, Route>();

function routeOf(operation: Operation): Route {
  const known = routes.get(operation);
  if (known) return known;
  const route = describe(operation);
  routes.set(operation, route);
  return route;
}

function describe(operation: Operation): Route {
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
    ...(clientType && { clientType }),
    ...(businessType && { businessType }),
  };
}

const CLIENT_TYPES: Record<string, "P" | "B" | undefined> = { p: "P", b: "B" };

const BUSINESS_TYPES: Record<string, string | undefined> = {
  bank: "BK",
  bank2: "BK",
  card: "CD",
  stock: "ST",
  insurance: "IS",
  public: "NT",
};
