import type { EventListener } from "../events.js";
import { type Observer, observe as observeCall } from "../observe.js";
import type { Call } from "./exchange.js";
import { secretPaths } from "./operation.js";

export type { Observer };

export function observe({ operation, input }: Call, listener: EventListener): Observer {
  return observeCall({ provider: "codef", operation, input, secret: secretPaths(operation) }, listener);
}
