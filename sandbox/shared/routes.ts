import type { Operation, Provider } from "../../generator/model.js";

/** The operations of a provider, with what its mock needs to know of each. */
export interface Routes<Route> {
  readonly all: readonly Route[];
  /** What stands at a path, whatever the method. */
  at(path: string): Route | undefined;
  /** The route of a method at a path; `isElsewhere` when the path knows other methods. */
  find(method: string, path: string): { route?: Route; isElsewhere: boolean };
  /** The path of an operation given by path, `module.id` or `id`. @throws Error when there is none, or more than one */
  resolve(name: string): string;
}

/** Operations by path: a request is found in one step, however many there are. */
export function routesOf<Route extends { operation: Operation }>(
  provider: Provider | undefined,
  describe: (operation: Operation) => Route,
): Routes<Route> {
  const operations = operationsOf(provider);
  const all = operations.map(describe);
  const byPath = new Map<string, Route[]>();
  for (const route of all) {
    const { path } = route.operation;
    byPath.set(path, [...(byPath.get(path) ?? []), route]);
  }
  return {
    all,
    at: (path) => byPath.get(path)?.[0],
    find(method, path) {
      const here = byPath.get(path) ?? [];
      const route = here.find(({ operation }) => operation.method === method);
      return { ...(route && { route }), isElsewhere: !route && here.length > 0 };
    },
    resolve: (name) => operationPath(operations, name),
  };
}

export function operationsOf(provider: Provider | undefined): readonly Operation[] {
  return provider?.documents.flatMap((document) => document.operations) ?? [];
}

/** Specs are kept for the life of the process, and so is what is worked out of them. */
export function once<Result>(describe: (operation: Operation) => Result): (operation: Operation) => Result {
  const known = new WeakMap<Operation, Result>();
  return (operation) => {
    const found = known.get(operation) ?? describe(operation);
    known.set(operation, found);
    return found;
  };
}

function operationPath(operations: readonly Operation[], name: string): string {
  const found = operations.filter(({ path, module, id }) => [path, `${module}.${id}`, id].includes(name));
  const [path, ...others] = new Set(found.map((operation) => operation.path));
  if (path === undefined) throw new Error(`No operation is called ${name}: give its path, or module.operationId`);
  if (others.length > 0) {
    throw new Error(
      `${name} is in ${found.map(({ module }) => module).join(" and ")}: say ${found[0]?.module}.${name}`,
    );
  }
  return path;
}
