import type { FaultAt } from "./fault.js";
import type { ApiOperation } from "./operation.js";

/**
 * Refuses what the client's environment does not serve, before anything is sent.
 * @throws InvalidInputError `MOCK_UNSUPPORTED`
 */
export function requireEnvironment(
  { environments }: Pick<ApiOperation, "environments">,
  environment: string,
  faultAt: FaultAt,
): void {
  if (environments === undefined || environments.includes(environment)) return;
  const mend = `which does not serve the operation: it takes a client for ${environments.join(" or ")}`;
  throw faultAt("environment")("MOCK_UNSUPPORTED", `is ${environment}, ${mend}`);
}
