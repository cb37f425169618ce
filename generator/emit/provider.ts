import type { Provider } from "../model.js";
import { camelCase, isIdentifier, pascalCase, reservedFunctionNames } from "../names.js";
import type { Runtime } from "./runtime.js";
import { codeEntries, header, jsdoc, literal } from "./text.js";

/** Text of `provider.ts`, for a provider that `kofin/provider` carries: what it is, as data, and the type of its client. */
export function providerModule(from: string, provider: Provider, runtime: Runtime): string {
  const { name, settings } = provider;
  const data = { ...settings.data, name, advice: adviceOf(provider) };
  const type = `Client<${JSON.stringify(name)}>`;
  return `${header(from)}import type { Client, ProviderData } from ${JSON.stringify(runtime.provider)};

${jsdoc(`${settings.title}, as \`defineProvider\` and the sandbox read it.`)}export const ${constantName(name)} = ${literal(data)} as const satisfies ProviderData;

${jsdoc(`What the functions of ${settings.title} are called with.`)}export type ${settings.client} = ${type};
`;
}

function constantName(name: string): string {
  const camel = camelCase(name);
  if (!isIdentifier(camel)) return `api${pascalCase(name)}`;
  return reservedFunctionNames.has(camel) ? `${camel}Provider` : camel;
}

/** Code → what to do about it. A success needs no advice. */
function adviceOf({ resultCodes }: Provider): Record<string, string> | undefined {
  const entries = resultCodes
    .filter(({ advice }) => advice !== "success")
    .map(({ code, advice }) => [code, advice] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(codeEntries(Object.fromEntries(entries)));
}
