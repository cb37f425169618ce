/** Packages that a command needs and an application does not: they are not installed with kofin. */
const optionalPackages = [
  "@biomejs/biome",
  "@hono/node-server",
  "commander",
  "hono",
  "openapi-typescript",
  "ts-morph",
  "typescript",
  "yaml",
];

/** The words for an error that says one of the optional packages is not installed; undefined for any other error. */
export function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  if (error.code !== "ERR_MODULE_NOT_FOUND" && error.code !== "MODULE_NOT_FOUND") return undefined;
  const wanted = /Cannot find (?:package|module) '([^']+)'/.exec(error.message)?.[1];
  const name = optionalPackages.find((known) => wanted === known || wanted?.startsWith(`${known}/`));
  return name === undefined ? undefined : `this command needs ${name}: npm install --save-dev ${name}`;
}
