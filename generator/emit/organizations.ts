import type { OrganizationDomain } from "../model.js";
import { organizationsName, organizationType } from "../names.js";
import { byName } from "./codes.js";
import { header, jsdoc, openUnion } from "./text.js";

/** Text of `organizations.ts`: for each domain its 기관코드 by name, and the type of a field that takes one. */
export function organizationsModule(from: string, domains: readonly OrganizationDomain[]): string {
  return header(from) + domains.map(domainText).join("");
}

function domainText({ domain, title, organizations }: OrganizationDomain): string {
  const codes = organizations.map(({ code, name }) => [code, name] as const);
  const notes = new Map(organizations.flatMap(({ code, note }) => (note === undefined ? [] : [[code, note] as const])));
  return `
${jsdoc(`${title} 기관코드.`)}export const ${organizationsName(domain)} = ${byName(codes, notes)} as const;

${jsdoc(`A 기관코드 of ${organizationsName(domain)}, or one that is not listed there yet.`)}export type ${organizationType(domain)} = ${openUnion(codes.map(([code]) => code))};
`;
}
