import { pascalCase } from "./names.js";

/** What the generator has to know of a provider beyond its specs. */
export interface ProviderHouse {
  /** The type of its client, exported by its runtime. */
  client: string;
  /** The field of every answer that holds what callers get. Absent when callers get the whole body. */
  envelope?: string;
}

const houses: Record<string, ProviderHouse> = {
  codef: { client: "Codef", envelope: "data" },
  openbanking: { client: "OpenBanking" },
};

/** A provider that is not in the table answers without an envelope, and its client is called like its folder. */
export function houseOf(provider: string): ProviderHouse {
  return houses[provider] ?? { client: pascalCase(provider) };
}
