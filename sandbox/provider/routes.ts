import type { ApiDocument, Operation, Provider, Schema } from "../../generator/model.js";
import { dataOf } from "../../generator/walk.js";
import { operationsOf } from "../shared/routes.js";
import { fieldNames } from "./schema.js";

/** What the mock needs to know of an operation, worked out once. */
export interface ProviderRoute {
  operation: Operation;
  /** `module.operationId` */
  name: string;
  /** What callers get. */
  data: Schema;
  /** Whether it does something that must not be done twice. */
  hasEffect: boolean;
  /** The operations whose outcome it tells: what refers to it by `x-settled-by`. */
  settles: readonly ProviderRoute[];
  /** Names by which its input and what callers get know things. */
  fields: ReadonlySet<string>;
  /** What stands behind a `$ref` of a schema that contains itself. */
  definition(schema: Schema): Schema | undefined;
}

export interface Found {
  route: ProviderRoute;
  /** Values of path parameters, decoded. */
  parameters: Readonly<Record<string, string>>;
}

export interface ProviderRoutes {
  /** The operation that a request means; `isElsewhere` when its path knows others only. */
  find(method: string, path: string, headers: Headers): { found?: Found; isElsewhere: boolean };
  /** Where single operations are served, when that is not the provider's base URL. */
  readonly servers: readonly string[];
  /** What faults know an operation by. @throws Error when there is none of that name, or more than one */
  resolve(name: string): string;
}

interface Pattern {
  route: ProviderRoute;
  expression: RegExp;
  names: readonly string[];
}

export function providerRoutes(provider: Provider | undefined): ProviderRoutes {
  const routes = (provider?.documents ?? []).flatMap((document) =>
    document.operations.map((operation) => describe(operation, document)),
  );
  for (const route of routes) link(route, routes);
  // `/users/me` is looked at before `/users/{id}`.
  const patterns = routes.map(patternOf).sort((one, other) => one.names.length - other.names.length);
  return {
    find(method, path, headers) {
      const here = patterns.flatMap((pattern) => {
        const values = pattern.expression.exec(path);
        return values ? [{ pattern, values }] : [];
      });
      const right = here.find(({ pattern: { route } }) => isMeant(route.operation, method, headers));
      if (!right) return { isElsewhere: here.length > 0 };
      const { pattern, values } = right;
      const parameters = Object.fromEntries(
        pattern.names.map((name, index) => [name, decoded(values[index + 1] ?? "")]),
      );
      return { found: { route: pattern.route, parameters }, isElsewhere: false };
    },
    servers: [...new Set(routes.flatMap(({ operation }) => operation.server ?? []))],
    resolve: (name) => resolve(operationsOf(provider), name),
  };
}

function describe(operation: Operation, { schemas }: ApiDocument): ProviderRoute {
  const data = dataOf(operation);
  return {
    operation,
    name: `${operation.module}.${operation.id}`,
    data,
    hasEffect: operation.retry !== "safe",
    settles: [],
    fields: new Set([...fieldNames(operation.request ?? {}), ...parameterNames(operation), ...fieldNames(data)]),
    definition: (schema) => schemas[schema["x-name"] ?? ""],
  };
}

function parameterNames({ parameters }: Operation): string[] {
  return parameters.map(({ name, field }) => field ?? name);
}

function link(route: ProviderRoute, routes: readonly ProviderRoute[]): void {
  const { module, id } = route.operation;
  route.settles = routes.filter(({ operation: { settledBy, module: its } }) => {
    return settledBy === `${module}/${id}` || (settledBy === id && its === module);
  });
}

function patternOf(route: ProviderRoute): Pattern {
  const names: string[] = [];
  const expression = route.operation.path.replace(/[.*+?^$()|[\]\\]|\{([^}]*)\}/g, (found, name?: string) => {
    if (name === undefined) return `\\${found}`;
    names.push(name);
    return "([^/]+)";
  });
  return { route, expression: new RegExp(`^${expression}/?$`), names };
}

function isMeant({ method, constantHeaders = {} }: Operation, asked: string, headers: Headers): boolean {
  const isMethod = method === asked || (asked === "HEAD" && method === "GET");
  return isMethod && Object.entries(constantHeaders).every(([name, value]) => headers.get(name) === value);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function resolve(operations: readonly Operation[], name: string): string {
  if (operations.some(({ path }) => path === name)) return name;
  const found = operations.filter(({ module, id }) => id === name || `${module}.${id}` === name);
  const [first, ...others] = found;
  if (!first) throw new Error(`No operation is called ${name}: give its path, or module.operationId`);
  if (others.length > 0) {
    throw new Error(`${name} is in ${found.map(({ module }) => module).join(" and ")}: say ${first.module}.${name}`);
  }
  return `${first.module}.${first.id}`;
}
