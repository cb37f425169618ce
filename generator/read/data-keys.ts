/** Below these keys stands data of the provider, not of OpenAPI: nothing in it is a schema, a ref or an extension. */
export const dataKeys: ReadonlySet<string> = new Set([
  ...["example", "examples", "default", "const", "enum", "x-codes", "x-tr-id", "x-paging", "x-feed"],
]);
