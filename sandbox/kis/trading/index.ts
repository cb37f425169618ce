import type { Handler } from "../call.js";
import { BONDS } from "./bonds.js";
import { DOMESTIC_ACCOUNTS } from "./domestic-accounts.js";
import { DOMESTIC_ORDERS } from "./domestic-orders.js";
import { FUTURES } from "./futures.js";
import { OVERSEAS_ACCOUNTS } from "./overseas-accounts.js";
import { OVERSEAS_FUTURES } from "./overseas-futures.js";
import { OVERSEAS_ORDERS } from "./overseas-orders.js";

/** What the books of an account answer, by path. */
export const TRADING: Readonly<Record<string, Handler>> = {
  ...DOMESTIC_ORDERS,
  ...DOMESTIC_ACCOUNTS,
  ...OVERSEAS_ORDERS,
  ...OVERSEAS_ACCOUNTS,
  ...FUTURES,
  ...OVERSEAS_FUTURES,
  ...BONDS,
};
