import type { Json } from "../shared/json.js";
import { type Connections, isLiteral } from "./connections.js";
import type { Route } from "./routes.js";
import { type Answer, refuse } from "./wire.js";

/**
 * Whether a product may be asked on behalf of a connectedId: it has to be known, to have an account at the institution, and one of
 * the kind (개인, 기업) that the path is about.
 * @returns the refusal, or undefined.
 */
export function connectionFlaw(route: Route, body: Json, connections: Connections): Answer | undefined {
  const { connectedId, organization } = body;
  if (connectedId === undefined || connectedId === null || isLiteral(connectedId)) return undefined;
  if (connectedId === "") return refuse("CF-04008");
  const accounts = connections.accounts(connectedId);
  if (!accounts) return refuse("CF-04019");
  const { clientType, businessType } = route;
  const there = accounts.filter(
    (account) =>
      (typeof organization !== "string" || account.organization === organization) &&
      (businessType === undefined || account.businessType === businessType),
  );
  if (there.length === 0) return refuse("CF-04015");
  const fitting = there.find(
    (account) => !clientType || account.clientType === clientType || account.clientType === "A",
  );
  if (!fitting) return refuse("CF-04016");
  return fitting.scenario && refuse(fitting.scenario.code, fitting.scenario.extraMessage);
}
