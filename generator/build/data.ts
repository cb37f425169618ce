import { mapOf, textOf } from "../json.js";
import type { OrganizationDomain, ResultCode } from "../model.js";
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

/** result-codes.yaml, in the order of the file. */
export function buildResultCodes({ sources }: SpecFolder): ResultCode[] {
  return Object.entries(mapOf(sources.get("result-codes.yaml")?.data)).map(([code, entry]) => ({
    code,
    meaning: textOf(mapOf(entry).meaning),
    group: textOf(mapOf(entry).group),
    advice: textOf(mapOf(entry).advice),
  }));
}
