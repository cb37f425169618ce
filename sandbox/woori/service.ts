import type { Json } from "../shared/json.js";
import type { Bank } from "./bank.js";
import type { Certifications } from "./certifications.js";
import type { Outcome } from "./codes.js";

/** What services work on. */
export interface ServiceContext {
  bank: Bank;
  certifications: Certifications;
}

/** What the bank does for one path. */
export type Service = (body: Json, context: ServiceContext) => Outcome;
