/**
 * Packages that a command needs and an application does not, and what to install: they do not come with kofin. Types are emitted
 * by exactly one release of openapi-typescript, which does not run on TypeScript 7; commander 15 asks for a newer Node than kofin.
 */
const optionalPackages: Readonly<Record<string, string>> = {
  "@biomejs/biome": "@biomejs/biome",
  "@hono/node-server": "@hono/node-server",
  commander: "commander@14",
  hono: "hono",
  "json-p3": "json-p3",
  "openapi-typescript": "openapi-typescript@7.13.0",
  "ts-morph": "ts-morph",
  typescript: "typescript@5.9",
  yaml: "yaml",
};

/** The words for an error that says one of the optional packages is not installed; undefined for any other error. */
export function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  if (error.code !== "ERR_MODULE_NOT_FOUND" && error.code !== "MODULE_NOT_FOUND") return undefined;
  const wanted = /Cannot find (?:package|module) '([^']+)'/.exec(error.message)?.[1];
  const name = Object.keys(optionalPackages).find((known) => wanted === known || wanted?.startsWith(`${known}/`));
  return name === undefined
    ? undefined
    : `this command needs ${name}: npm install --save-dev ${optionalPackages[name]}`;
}
