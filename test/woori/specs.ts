import type { WooriOperation } from "kofin/woori";
import { operationConstant } from "../../generator/emit/operation.js";
import type { Operation, Schema } from "../../generator/model.js";
import { specs } from "../../sandbox/shared/specs.js";

export interface Spec {
  operation: Operation;
  /** As the generator writes it. */
  constant: WooriOperation;
  /** What the spec shows for every field that callers may pass. */
  input: Record<string, unknown>;
}

/** Every operation of a provider. */
export function specsOf(provider: string): Spec[] {
  const { documents = [], settings } = specs(provider) ?? {};
  return documents.flatMap(({ operations }) =>
    operations.map((operation) => ({
      operation,
      constant: JSON.parse(JSON.stringify(operationConstant(operation, settings?.constants))),
      input: shown(operation.request?.properties?.dataBody ?? {}),
    })),
  );
}

function shown({ properties = {}, required = [] }: Schema): Record<string, unknown> {
  const entries = Object.entries(properties).map(([name, { examples, maxLength = 7 }]) => [
    name,
    examples?.[0] ?? (required.includes(name) ? "1".repeat(maxLength) : undefined),
  ]);
  return Object.fromEntries(entries);
}
