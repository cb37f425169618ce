import type { Operation, Provider, Schema } from "../../generator/model.js";
import { dataOf } from "../../generator/walk.js";
import { operationPath } from "../shared/operation-path.js";
import type { Holder } from "./tokens.js";

/** What the sandbox needs to know of an operation, worked out once. */
export interface Route {
  operation: Operation;
  request: Schema;
  data: Schema;
}

export interface Routes {
  byPath: ReadonlyMap<string, Route>;
  /** The path of an operation given by path, `module.id` or `id`. @throws Error when there is none, or more than one. */
  resolve: (name: string) => string;
}

/** Operations by path: no path has two methods. */
export function routesOf(provider: Provider | undefined): Routes {
  const operations = provider?.documents.flatMap((document) => document.operations) ?? [];
  const byPath = new Map(
    operations.map((operation) => [
      operation.path,
      { operation, request: operation.request ?? {}, data: dataOf(operation) },
    ]),
  );
  return { byPath, resolve: (name) => operationPath(operations, name) };
}

/** The scopes that open an operation, any one of them: those of a user's token, or of the institution's own. */
export function scopesFor({ auth }: Operation, { userSeqNo }: Holder): readonly string[] {
  if (auth === undefined || auth === "none") return [];
  const { user = [], institution = [] } = auth;
  return userSeqNo === undefined ? institution : [user].flat();
}
