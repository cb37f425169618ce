import type { Operation, Parameter, Provider, Schema } from "../../generator/model.js";
import { dataOf } from "../../generator/walk.js";
import { operationPath } from "../shared/operation-path.js";

/** What the sandbox needs to know of an operation, worked out once. */
export interface Route {
  operation: Operation;
  /** The last segment of the path, by which the bank knows its services. */
  service: string;
  /** What `dataBody` takes. */
  request: Schema;
  /** What `dataHeader` takes. */
  device: Schema;
  /** Whether it speaks in `{ dataHeader, dataBody }`. */
  enveloped: boolean;
  data: Schema;
  headers: readonly Parameter[];
}

export interface Routes {
  /** The route of a method at a path; `isElsewhere` when the path knows other methods. */
  find: (method: string, path: string) => { route?: Route; isElsewhere: boolean };
  /** The path of an operation given by path, `module.id` or `id`. @throws Error when there is none, or more than one. */
  resolve: (name: string) => string;
}

export function routesOf(provider: Provider | undefined): Routes {
  const operations = provider?.documents.flatMap((document) => document.operations) ?? [];
  const byPath = new Map<string, Route[]>();
  for (const operation of operations) {
    byPath.set(operation.path, [...(byPath.get(operation.path) ?? []), routeOf(operation)]);
  }
  return {
    find(method, path) {
      const here = byPath.get(path) ?? [];
      const route = here.find(({ operation }) => operation.method === method);
      return { ...(route && { route }), isElsewhere: !route && here.length > 0 };
    },
    resolve: (name) => operationPath(operations, name),
  };
}

/** Specs are kept for the life of the process, and so is what was worked out of them. */
const routes = new WeakMap<Operation, Route>();

function routeOf(operation: Operation): Route {
  const known = routes.get(operation) ?? describe(operation);
  routes.set(operation, known);
  return known;
}

function describe(operation: Operation): Route {
  return {
    operation,
    service: operation.path.split("/").at(-1) ?? "",
    request: operation.request?.properties?.dataBody ?? {},
    device: operation.request?.properties?.dataHeader ?? {},
    enveloped: operation.path.startsWith("/oai/"),
    data: dataOf(operation),
    headers: operation.parameters.filter((parameter) => parameter.in === "header"),
  };
}
