import type { Operation, Parameter, Provider, Schema } from "../../generator/model.js";
import { dataOf } from "../../generator/walk.js";
import { once, type Routes, routesOf } from "../shared/routes.js";

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

export function wooriRoutes(provider: Provider | undefined): Routes<Route> {
  return routesOf(provider, describe);
}

const describe = once((operation: Operation): Route => {
  return {
    operation,
    service: operation.path.split("/").at(-1) ?? "",
    request: operation.request?.properties?.dataBody ?? {},
    device: operation.request?.properties?.dataHeader ?? {},
    enveloped: operation.path.startsWith("/oai/"),
    data: dataOf(operation),
    headers: operation.parameters.filter((parameter) => parameter.in === "header"),
  };
});
