import type { Operation, Provider, Schema, TrIds } from "../../generator/model.js";
import { operationPath } from "../shared/operation-path.js";
import type { Environment } from "./credentials.js";

/** What the sandbox needs to know of an operation, worked out once. */
export interface KisRoute {
  operation: Operation;
  /** Parameters of the query or the body, as the spec writes them. */
  fields: ReadonlyMap<string, Schema>;
  required: readonly string[];
  /** Objects and lists of the answer. */
  sections: Readonly<Record<string, Schema>>;
  /** What each tr_id stands for, by environment. Empty where there is none. */
  trIds: Readonly<Record<Environment, ReadonlyMap<string, string | undefined>>>;
  /** Whether it asks for an account. */
  isOwned: boolean;
}

export interface Routes {
  byPath: ReadonlyMap<string, KisRoute>;
  /** Every tr_id that some operation goes by. */
  trIds: ReadonlySet<string>;
  resolve: (name: string) => string;
}

export function routesOf(provider: Provider | undefined): Routes {
  const operations = provider?.documents.flatMap((document) => document.operations) ?? [];
  const byPath = new Map(operations.map((operation) => [operation.path, routeOf(operation)]));
  const trIds = [...byPath.values()].flatMap(({ trIds: { real, mock } }) => [...real.keys(), ...mock.keys()]);
  return { byPath, trIds: new Set(trIds), resolve: (name) => operationPath(operations, name) };
}

/** Specs are kept for the life of the process, and so is what was worked out of them. */
const routes = new WeakMap<Operation, KisRoute>();

function routeOf(operation: Operation): KisRoute {
  const known = routes.get(operation);
  if (known) return known;
  const route = describe(operation);
  routes.set(operation, route);
  return route;
}

function describe(operation: Operation): KisRoute {
  const { request, response, trId } = operation;
  const fields = new Map(Object.entries(request?.properties ?? {}));
  const sections = Object.entries(response.properties ?? {}).filter(([, { items, properties }]) => items ?? properties);
  return {
    operation,
    fields,
    required: request?.required ?? [],
    sections: Object.fromEntries(sections),
    trIds: {
      // Older clients go by older tr_ids.
      real: new Map([...actionsOf(trId?.real), ...actionsOf(trId?.legacy)]),
      mock: new Map([...actionsOf(trId?.mock), ...(trId?.mock ? mockOf(actionsOf(trId.legacy)) : [])]),
    },
    isOwned: fields.has("CANO"),
  };
}

/** tr_id → action. */
function actionsOf(ids: TrIds | undefined): [string, string | undefined][] {
  if (ids === undefined) return [];
  return typeof ids === "string" ? [[ids, undefined]] : Object.entries(ids).map(([action, id]) => [id, action]);
}

/** The older tr_ids of the mock server are those of the real one with a V in front. */
function mockOf(legacy: readonly [string, string | undefined][]): [string, string | undefined][] {
  return legacy.map(([id, action]) => [`V${id.slice(1)}`, action]);
}
