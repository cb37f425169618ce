/**
 * The only file that knows ts-morph. Statements are handed over all at once: adding functions one by one makes it read the whole
 * file again for each. No type checker is loaded.
 * @module
 */
import {
  type FunctionDeclarationStructure,
  type ImportSpecifierStructure,
  type OptionalKind,
  Project,
  type StatementStructures,
  StructureKind,
  VariableDeclarationKind,
  type VariableDeclarationStructure,
  type VariableStatementStructure,
} from "ts-morph";
import type { ApiDocument, Operation, OrganizationDomain, Paging, ProviderSettings } from "../model.js";
import { camelCase, organizationsName } from "../names.js";
import { compareText } from "../problem.js";
import { answerType, challengeType, dataType, inputOf, inputType, pagesName, schemasIn } from "../walk.js";
import { isInputOptional, operationConstant } from "./operation.js";
import { deprecation, operationDoc } from "./operation-doc.js";
import { commentText, header, literal } from "./text.js";
import { variantConstants } from "./variants.js";

export interface ModuleContext {
  /** Where the runtime is imported from. */
  runtime: string;
  settings: ProviderSettings;
  organizations: readonly OrganizationDomain[];
  hasCodes: boolean;
}

/** Text of `<module>.ts`: one function for each operation. */
export function moduleText(document: ApiDocument, context: ModuleContext): string {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const statements = [
    ...imports(document, context),
    ...exports(document, context),
    ...variants(document),
    ...document.operations.flatMap((operation) => operationStatements(operation, context)),
  ];
  return `${header(document.file)}${project.createSourceFile("module.ts", { statements }).getFullText()}`;
}

function imports(document: ApiDocument, { runtime, settings }: ModuleContext): StatementStructures[] {
  const { operations, module } = document;
  const { client } = settings;
  const isGeneral = settings.runtime === "general";
  const isTwoWay = ({ twoWay }: Operation) => twoWay !== undefined;
  const isPaged = operations.some(({ paging }) => paging !== undefined);
  const values = [
    ...(operations.every(isTwoWay) ? [] : ["call"]),
    ...(operations.some(isTwoWay) ? ["callTwoWay"] : []),
    ...(isPaged ? ["pages"] : []),
  ];
  const ofClient = isGeneral ? ["ApiOperation"] : [client, `${client}Operation`];
  const runtimeTypes = ["CallOptions", ...ofClient, ...(isPaged ? [pageOptionsOf(settings)] : [])];
  if (isPaged && isGeneral) runtimeTypes.push("PageReply");
  if (!operations.every(isTwoWay)) runtimeTypes.push("Reply");
  if (operations.some(isTwoWay)) runtimeTypes.push("Challenge", "TwoWayReply");
  const types = operations.flatMap((operation) => [
    ...[inputType(operation) ?? []].flat(),
    dataType(operation),
    ...(isTwoWay(operation) ? [answerType(operation)] : []),
  ]);
  return [
    importOf(runtime, [...specifiers(values, false), ...specifiers(runtimeTypes, true)]),
    ...(isGeneral ? [{ ...importOf("./provider.js", specifiers([client], false)), isTypeOnly: true }] : []),
    { ...importOf(`./${module}.types.js`, specifiers(types, false)), isTypeOnly: true },
  ];
}

function importOf(moduleSpecifier: string, namedImports: OptionalKind<ImportSpecifierStructure>[]) {
  return { kind: StructureKind.ImportDeclaration, moduleSpecifier, namedImports } as const;
}

function specifiers(names: readonly string[], isTypeOnly: boolean): OptionalKind<ImportSpecifierStructure>[] {
  return [...new Set(names)].sort(compareText).map((name) => ({ name, isTypeOnly }));
}

function exports(document: ApiDocument, { organizations, hasCodes }: ModuleContext): StatementStructures[] {
  const { module } = document;
  const kind = StructureKind.ExportDeclaration;
  const namedExports = organizationExports(document, organizations);
  return [
    { kind, moduleSpecifier: `./${module}.types.js`, isTypeOnly: true, leadingTrivia: "\n" },
    ...(hasCodes ? [{ kind, moduleSpecifier: `./${module}.codes.js` } as const] : []),
    ...(namedExports.length === 0 ? [] : [{ kind, moduleSpecifier: "./organizations.js", namedExports } as const]),
  ];
}

/** A module's own domain is simply `organizations`; others that its operations take keep their names. */
function organizationExports(document: ApiDocument, domains: readonly OrganizationDomain[]) {
  const inputs = document.operations.map((operation) => inputOf(operation) ?? {});
  const used = new Set(
    inputs.flatMap((input) => [...schemasIn(input)].flatMap(({ schema }) => schema["x-organization"] ?? [])),
  );
  return domains.flatMap(({ domain }) => {
    const name = organizationsName(domain);
    if (camelCase(domain) === camelCase(document.module)) return [{ name, alias: "organizations" }];
    return used.has(domain) ? [{ name }] : [];
  });
}

/** Before the operations, whose constants refer to them. */
function variants(document: ApiDocument): StatementStructures[] {
  return [...variantConstants(document)].map(([name, variant]) => constantOf({ name, initializer: literal(variant) }));
}

function operationStatements(operation: Operation, { settings }: ModuleContext): StatementStructures[] {
  const { client, constants, runtime } = settings;
  const initializer = literal(operationConstant(operation, constants));
  return [
    ...challengeAlias(operation),
    functionOf(operation, client),
    ...pagesFunction(operation, settings),
    constantOf({
      name: constantName(operation),
      type: runtime === "general" ? "ApiOperation" : `${client}Operation`,
      initializer,
    }),
  ];
}

function constantOf(declaration: OptionalKind<VariableDeclarationStructure>): VariableStatementStructure {
  const { VariableStatement: kind } = StructureKind;
  return { kind, declarationKind: VariableDeclarationKind.Const, leadingTrivia: "\n", declarations: [declaration] };
}

function constantName({ id }: Operation): string {
  return `${id}Operation`;
}

/** A challenge is handed around by applications, to another process even: its type needs a name. */
function challengeAlias(operation: Operation): StatementStructures[] {
  if (operation.twoWay === undefined) return [];
  return [
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      leadingTrivia: "\n",
      docs: [`What {@link ${operation.id}} asks for.`],
      name: challengeType(operation),
      type: `Challenge<${dataType(operation)}, ${answerType(operation)}>`,
    },
  ];
}

/** A paged operation has a second function, which goes on by itself. */
function pagesFunction(operation: Operation, settings: ProviderSettings): FunctionDeclarationStructure[] {
  const { id, paging, summary } = operation;
  const { client } = settings;
  if (paging === undefined) return [];
  const name = camelCase(client);
  const text = `${summary}, page after page: {@link ${id}} until there is none left.`;
  const given = isInputOptional(operation) ? name : `${name}, input`;
  const example = `@example for await (const { data } of ${pagesName(operation)}(${given})) …`;
  const deprecated = operation.deprecated ? `\n${deprecation(operation)}` : "";
  return [
    {
      ...functionOf(operation, client, pageOptionsOf(settings)),
      docs: [commentText(`\n${text}\n\n${example}${deprecated}`)],
      name: pagesName(operation),
      returnType: `AsyncGenerator<${pageReplyOf(settings)}<${dataType(operation)}>, void>`,
      statements: [
        `return pages(${name}, ${constantName(operation)}, ${literal(pagingOf(paging))}, ${inputText(operation)}, options);`,
      ],
    },
  ];
}

/** What a page is, besides a reply: how to go on from there. */
function pageReplyOf({ runtime }: ProviderSettings): string {
  return runtime === "general" ? "PageReply" : "Reply";
}

function pageOptionsOf({ pageOptions }: ProviderSettings): string {
  return pageOptions ? "PageOptions" : "CallOptions";
}

/** What the runtime is told. A page in a field of the input is what it expects when it is told no style. */
function pagingOf(paging: Paging): object {
  if (paging.style !== "page") return paging;
  const { page, more, next } = paging;
  return { page, more, next };
}

function inputText(operation: Operation): string {
  return inputType(operation) === undefined ? "{}" : "input";
}

function functionOf(operation: Operation, client: string, options = "CallOptions"): FunctionDeclarationStructure {
  const input = inputType(operation);
  const name = camelCase(client);
  const isTwoWay = operation.twoWay !== undefined;
  const reply = isTwoWay
    ? `TwoWayReply<${dataType(operation)}, ${answerType(operation)}>`
    : `Reply<${dataType(operation)}>`;
  return {
    kind: StructureKind.Function,
    isExported: true,
    leadingTrivia: "\n",
    docs: [commentText(`\n${operationDoc(operation)}`)],
    name: operation.id,
    parameters: [
      { name, type: client },
      ...(input === undefined ? [] : [{ name: "input", type: input, hasQuestionToken: isInputOptional(operation) }]),
      { name: "options", type: options, hasQuestionToken: true },
    ],
    returnType: `Promise<${reply}>`,
    statements: [
      `return ${isTwoWay ? "callTwoWay" : "call"}(${name}, ${constantName(operation)}, ${inputText(operation)}, options);`,
    ],
  };
}
