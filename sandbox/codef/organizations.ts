import type { OrganizationDomain } from "../../generator/model.js";

/** Where organizations of a line of business are listed. */
const DOMAINS: Record<string, readonly string[]> = {
  BK: ["bank", "bank2"],
  CD: ["card"],
  ST: ["stock"],
  IS: ["insurance"],
  NT: ["public/nt"],
};

/** Whether a line of business has an organization. A line of business without a list takes every organization. */
export function organizationsOf(
  domains: readonly OrganizationDomain[],
): (businessType: string, organization: string) => boolean {
  const codes = new Map(
    Object.entries(DOMAINS).map(([businessType, names]) => {
      const listed = domains.filter(({ domain }) => names.includes(domain));
      return [businessType, new Set(listed.flatMap(({ organizations }) => organizations.map(({ code }) => code)))];
    }),
  );
  return (businessType, organization) => {
    const known = codes.get(businessType);
    return !known || known.size === 0 || known.has(organization);
  };
}
