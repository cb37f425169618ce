import type { Operation, Provider, Schema, TrIds } from "../../generator/model.js";
import { once, type Routes, routesOf } from "../shared/routes.js";
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

export interface KisRoutes extends Routes<KisRoute> {
  /** Every tr_id that some operation goes by. */
  trIds: ReadonlySet<string>;
}

export function kisRoutes(provider: Provider | undefined): KisRoutes {
  const routes = routesOf(provider, describe);
  const trIds = routes.all.flatMap(({ trIds: { real, mock } }) => [...real.keys(), ...mock.keys()]);
  return { ...routes, trIds: new Set(trIds) };
}

const describe = once((operation: Operation): KisRoute => {
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
});

/** tr_id → action. */
function actionsOf(ids: TrIds | undefined): [string, string | undefined][] {
  if (ids === undefined) return [];
  return typeof ids === "string" ? [[ids, undefined]] : Object.entries(ids).map(([action, id]) => [id, action]);
}

/** The older tr_ids of the mock server are those of the real one with a V in front. */
function mockOf(legacy: readonly [string, string | undefined][]): [string, string | undefined][] {
  return legacy.map(([id, action]) => [`V${id.slice(1)}`, action]);
}
