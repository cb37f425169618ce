import type { Operation, Provider } from "kofin/generator";
import { specs } from "../../sandbox/shared/specs.js";

/** The specs of one provider: a sandbox that is made of them needs not read those of all others. */
export function specsOf(provider: string): Provider[] {
  return [specs(provider)].filter((found) => found !== undefined);
}

export function operationsIn(specs: readonly Provider[]): readonly Operation[] {
  return specs.flatMap(({ documents }) => documents).flatMap(({ operations }) => operations);
}

export function nameOf({ module, id }: Pick<Operation, "module" | "id">): string {
  return `${module}.${id}`;
}

/** Functions of a generated module by name, as whoever imports it from JavaScript sees them. */
type Functions<Call> = Readonly<Record<string, Call | undefined>>;

/** A generated function, such as that of an operation or the one for its pages. @throws Error when there is none */
export async function functionOf<Call>(provider: string, module: string, name: string): Promise<Call> {
  const functions = (await import(`../../generated/${provider}/${module}.ts`)) as Functions<Call>;
  const found = functions[name];
  if (!found) throw new Error(`kofin/${provider}/${module} has no function ${name}`);
  return found;
}
