/**
 * How names of the specs become names of the code.
 * @module
 */

/** `public/nt` → `publicNt`, `AccountList` → `accountList`. */
export function camelCase(name: string): string {
  const joined = name.replace(/[^\p{ID_Continue}$]+(.)?/gu, (_, next: string | undefined) =>
    (next ?? "").toUpperCase(),
  );
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}

/** `public/nt` → `PublicNt`. */
export function pascalCase(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** `Code Scanning` → `code-scanning`, `userAccounts` → `user-accounts`. */
export function kebabCase(name: string): string {
  const words = name.replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2").split(/[^\p{L}\p{N}]+/u);
  return words
    .filter((word) => word !== "")
    .join("-")
    .toLowerCase();
}

/** Files of a provider's generated code that are no module of operations. */
export const reservedModules: ReadonlySet<string> = new Set([
  ...["catalogue", "index", "masters", "organizations", "provider", "realtime", "result-codes", "shared"],
]);

/**
 * A field's name as part of a name of the code: wire names of underscores or capitals only become camel case, `ORD_DVSN_CD` →
 * `ordDvsnCd`, others stay.
 */
export function fieldWords(field: string): string {
  return /_|^[A-Z\d]+$/.test(field) ? camelCase(field.toLowerCase().replace(/_+/g, " ")) : field;
}

const identifier = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

export function isIdentifier(name: string): boolean {
  return identifier.test(name);
}

/** A name as the key of an object literal: quoted only where the language asks for it. */
export function propertyKey(name: string): string {
  return isIdentifier(name) ? name : JSON.stringify(name);
}

const reservedWords = `await break case catch class const continue debugger default delete do else enum export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof var void while with yield arguments eval`;

/** Names that a generated function cannot have: the language's own, and those that every generated module uses itself. */
export const reservedFunctionNames: ReadonlySet<string> = new Set([
  ...reservedWords.split(/\s+/),
  "call",
  "callTwoWay",
  "listen",
  "pages",
  "organizations",
]);

/** Names that a generated type cannot have: those that the generated files use themselves. */
export const reservedTypeNames: ReadonlySet<string> = new Set([
  ...[
    "ApiOperation",
    "CallOptions",
    "Challenge",
    "Client",
    "CodeOf",
    "Decimal",
    "Encryptable",
    "FileInput",
    "PageOptions",
    "Promise",
    "Record",
    "Reply",
  ],
  ...["TwoWayReply", "Feed", "FeedOptions", "NoticeOptions", "Subscription"],
]);

/** The module in which all feeds of a provider are found, whatever their documents. */
export const feedsModule = "realtime";

/** The constant with a domain's 기관코드: `public/nt` → `publicNtOrganizations`. */
export function organizationsName(domain: string): string {
  return `${camelCase(domain)}Organizations`;
}

/** The type of a domain's 기관코드: `public/nt` → `PublicNtOrganization`. */
export function organizationType(domain: string): string {
  return `${pascalCase(domain)}Organization`;
}
