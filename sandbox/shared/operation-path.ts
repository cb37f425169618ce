import type { Operation } from "../../generator/model.js";

/** The path of an operation given by path, `module.id` or `id`. @throws Error when there is none, or more than one */
export function operationPath(operations: readonly Operation[], name: string): string {
  const found = operations.filter(({ path, module, id }) => [path, `${module}.${id}`, id].includes(name));
  const [path, ...others] = new Set(found.map((operation) => operation.path));
  if (path === undefined) throw new Error(`No operation is called ${name}: give its path, or module.operationId`);
  if (others.length > 0) {
    throw new Error(
      `${name} is in ${found.map(({ module }) => module).join(" and ")}: say which, as module.operationId`,
    );
  }
  return path;
}
