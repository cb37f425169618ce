import type { Fault } from "../call/index.js";
import type { Json } from "../paths.js";
import type { KisEnvironment } from "./environments.js";
import type { KisOperation, TrIds } from "./operation.js";

type FaultAt = (field: string) => Fault;

/** Whether the tr_id depends on what the caller wants done. */
export function hasActions({ trId }: KisOperation): boolean {
  return typeof trId?.real === "object";
}

/**
 * The tr_id of an operation, and of an action where there are several. Never derived from another one: the rules that public code
 * goes by are wrong for some.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `MOCK_UNSUPPORTED`
 */
export function chooseTrId(
  { trId }: KisOperation,
  environment: KisEnvironment,
  action: unknown,
  faultAt: FaultAt,
): string | undefined {
  if (!trId) return undefined;
  const ids = environment === "mock" ? trId.mock : trId.real;
  const name = typeof trId.real === "object" ? nameOf(trId.real, action, faultAt("action")) : undefined;
  const id = typeof ids === "object" && name !== undefined ? ids[name] : ids;
  if (typeof id === "string") return id;
  const what = name === undefined ? "the operation" : `action ${name}`;
  const mend = `the mock host does not serve ${what}: it takes a client for real`;
  throw faultAt("environment")("MOCK_UNSUPPORTED", `is mock, and ${mend}`);
}

function nameOf(ids: Exclude<TrIds, string>, action: unknown, fault: Fault): string {
  const choices = Object.keys(ids).join(" or ");
  if (action === undefined || action === null) throw fault("INPUT_MISSING", `is missing: it takes ${choices}`);
  if (typeof action === "string" && Object.hasOwn(ids, action)) return action;
  throw fault("INPUT_INVALID", `must be ${choices}`);
}

/** An action and the fields beside it must mean the same: a US order with a Hong Kong exchange would go who knows where. */
export function checkAction({ trId }: KisOperation, action: unknown, body: Json, faultAt: FaultAt): void {
  for (const [field, values] of Object.entries(trId?.when?.[String(action)] ?? {})) {
    const value = body[field];
    if (value === undefined || values.includes(String(value))) continue;
    throw faultAt(field)("INPUT_INVALID", `does not fit the action ${action}: it takes ${values.join(" or ")}`);
  }
}
