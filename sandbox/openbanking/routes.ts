import type { Operation, Provider, Schema } from "../../generator/model.js";
import { dataOf } from "../../generator/walk.js";
import { once, type Routes, routesOf } from "../shared/routes.js";
import type { Holder } from "./tokens.js";

/** What the sandbox needs to know of an operation, worked out once. */
export interface Route {
  operation: Operation;
  request: Schema;
  data: Schema;
}

export function openBankingRoutes(provider: Provider | undefined): Routes<Route> {
  return routesOf(provider, describe);
}

const describe = once(
  (operation: Operation): Route => ({ operation, request: operation.request ?? {}, data: dataOf(operation) }),
);

/** The scopes that open an operation, any one of them: those of a user's token, or of the institution's own. */
export function scopesFor({ auth }: Operation, { userSeqNo }: Holder): readonly string[] {
  if (auth === undefined || auth === "none") return [];
  const { user = [], institution = [] } = auth;
  return userSeqNo === undefined ? institution : [user].flat();
}
