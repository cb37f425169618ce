import { mapOf, textOf } from "../json.js";
import type { OrganizationDomain, Provider, ResultCode } from "../model.js";
import type { SpecFolder } from "../read/folder.js";

/** organizations.yaml, in the order of the file. */
export function buildOrganizations({ sources }: SpecFolder): OrganizationDomain[] {
  const domains = mapOf(sources.get("organizations.yaml")?.data);
  return Object.entries(domains).map(([domain, entry]) => ({
    domain,
    title: textOf(mapOf(entry).title),
    organizations: Object.entries(mapOf(mapOf(entry).codes)).map(([code, organization]) => {
      const { name, note } = mapOf(organization);
      return { code, name: textOf(name), ...(note === undefined ? {} : { note: textOf(note) }) };
    }),
  }));
}

/** `result-codes.yaml`, and the tables of the same form by their names. */
export function buildResultCodes({ sources }: SpecFolder): Pick<Provider, "resultCodes" | "furtherResultCodes"> {
  const tables = [...sources.values()].filter(({ kind }) => kind === "result-codes");
  const byName = Object.fromEntries(tables.map(({ name, data }) => [name.replace(/\.yaml$/, ""), codesIn(data)]));
  const { "result-codes": resultCodes = [], ...further } = byName;
  return { resultCodes, ...(Object.keys(further).length === 0 ? {} : { furtherResultCodes: further }) };
}

/** In the order of the file, as far as objects keep it: not for codes that are numbers without a zero in front. */
function codesIn(data: unknown): ResultCode[] {
  return Object.entries(mapOf(data)).map(([code, entry]) => ({
    code,
    meaning: textOf(mapOf(entry).meaning),
    group: textOf(mapOf(entry).group),
    advice: textOf(mapOf(entry).advice),
  }));
}
