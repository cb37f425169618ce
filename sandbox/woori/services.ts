/**
 * The bank's counters: what each service does and knows, by the last segment of its path. Services that are not here only look
 * something up that no book holds (loan limits, interest rates): their answers are made up.
 * @module
 */
import type { Json } from "../shared/json.js";
import { accountServices } from "./accounts.js";
import type { Bank } from "./bank.js";
import type { Certifications } from "./certifications.js";
import type { Outcome } from "./codes.js";
import { remittanceServices } from "./remittances.js";
import { transferServices } from "./transfers.js";

export interface Counter {
  bank: Bank;
  certifications: Certifications;
}

export type Service = (body: Json, counter: Counter) => Outcome;

const SERVICES: Readonly<Record<string, Service>> = {
  ...accountServices,
  ...transferServices,
  ...remittanceServices,
  getCellCerti: (body, { certifications }) => certifications.begin(body),
  executeCellCerti: (body, { certifications, bank }) => certifications.confirm(body, bank),
};

export function serviceOf(name: string): Service | undefined {
  return Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
}
