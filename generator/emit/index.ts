import type { ApiDocument, Provider } from "../model.js";
import { catalogueModule } from "./catalogue.js";
import { codesModule } from "./codes.js";
import { formatFiles } from "./format.js";
import { moduleText } from "./module.js";
import { organizationsModule } from "./organizations.js";
import { readmeText } from "./readme.js";
import { resultCodesModule } from "./result-codes.js";
import { header } from "./text.js";
import { typeDocument } from "./type-document.js";
import { declareTypes } from "./types.js";

/** Texts of all generated files, by path below the output folder. `runtime` says where a provider's runtime is imported from. */
export async function emit(
  providers: readonly Provider[],
  runtime: (provider: string) => string,
): Promise<Map<string, string>> {
  const files = new Map<string, string>([["README.md", readmeText()]]);
  for (const provider of providers) {
    for (const [name, text] of providerFiles(provider, runtime(provider.name)))
      files.set(`${provider.name}/${name}`, text);
  }
  return formatFiles(files);
}

function providerFiles(provider: Provider, runtime: string): [name: string, text: string][] {
  const { documents, organizations, resultCodes, furtherResultCodes = {} } = provider;
  const folder = `specs/${provider.name}`;
  const files: [string, string][] = [["catalogue.ts", catalogueModule(folder, provider)]];
  if (organizations.length > 0) {
    files.push(["organizations.ts", organizationsModule(`${folder}/organizations.yaml`, organizations)]);
  }
  for (const [table, codes] of Object.entries({ "result-codes": resultCodes, ...furtherResultCodes })) {
    if (codes.length > 0) files.push([`${table}.ts`, resultCodesModule(`${folder}/${table}.yaml`, table, codes)]);
  }
  for (const document of documents) files.push(...documentFiles(document, provider, runtime));
  return files;
}

function documentFiles(document: ApiDocument, { organizations }: Provider, runtime: string): [string, string][] {
  const codes = codesModule(document);
  const files: [string, string][] = [
    [`${document.module}.ts`, moduleText(document, { runtime, organizations, hasCodes: codes !== undefined })],
    [`${document.module}.types.ts`, typesModule(document, runtime)],
  ];
  if (codes !== undefined) files.push([`${document.module}.codes.ts`, codes]);
  return files;
}

/** Text of `<module>.types.ts`: what the operations take and answer. */
function typesModule(document: ApiDocument, runtime: string): string {
  const { schemas, runtime: runtimeTypes, organizations } = typeDocument(document);
  const imports = [typeImport(runtimeTypes, runtime), typeImport(organizations, "./organizations.js")];
  return `${header(document.file)}${imports.join("")}\n${declareTypes(schemas)}`;
}

function typeImport(names: readonly string[], from: string): string {
  return names.length === 0 ? "" : `import type { ${names.join(", ")} } from ${JSON.stringify(from)};\n`;
}
