import { count, faultIn, selection } from "./control-input.js";
import type { NetworkFault } from "./faults.js";
import type { Json } from "./json.js";
import type { TrafficControls } from "./traffic.js";

/** A control over HTTP: told a JSON object, it answers one. @throws Error for what it cannot be told */
export type Control<Controls> = (controls: Controls, body: Json) => Json | Promise<Json>;

/** The controls of a mock provider over HTTP. */
export interface ControlTable<Controls> {
  /** What `GET` shows. */
  show(controls: Controls): Json;
  /** What `POST` does, by name. */
  controls: Readonly<Record<string, Control<Controls>>>;
}

/**
 * The controls of the network, which all mock providers have.
 * @param extra members of a fault besides those that all have
 */
export function trafficControls<Fault extends NetworkFault>(
  extra: (body: Json) => Omit<Fault, keyof NetworkFault>,
): Readonly<Record<"fail-next" | "delay-next", Control<TrafficControls<Fault>>>> {
  return {
    "fail-next"(controls, body) {
      controls.failNext({ ...faultIn(body), ...extra(body) } as Fault);
      return {};
    },
    "delay-next"(controls, body) {
      controls.delayNext(count(body, "milliseconds"), selection(body));
      return {};
    },
  };
}
