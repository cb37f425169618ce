import { type KisLimits, LIMITS, type Rates } from "./defaults.js";
import { faultAt, type KisEnvironment } from "./operation.js";

/** How fast an app key may go. @throws InvalidInputError `INPUT_INVALID` for numbers that are none */
export function ratesOf(environment: KisEnvironment, { newCustomer, ...limits }: KisLimits = {}): Rates {
  const rates = { ...LIMITS[newCustomer && environment === "real" ? "newCustomer" : environment] };
  for (const [name, value] of Object.entries(limits) as [keyof Rates, unknown][]) {
    if (value === undefined) continue;
    const fault = faultAt({ id: "createKis" }, `limits.${name}`);
    if (!Object.hasOwn(rates, name)) throw fault("INPUT_INVALID", "does not exist");
    if (typeof value !== "number" || !(value > 0) || !Number.isFinite(value)) {
      throw fault("INPUT_INVALID", "must be a number above 0");
    }
    rates[name] = value;
  }
  return rates;
}
