/**
 * What each service of the bank does and knows, by the last segment of its path. Services that are not here only look
 * something up that no book holds (loan limits, interest rates): their answers are made up.
 * @module
 */
import { accountServices } from "./accounts.js";
import { remittanceServices } from "./remittances.js";
import type { Service } from "./service.js";
import { transferServices } from "./transfers.js";

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
