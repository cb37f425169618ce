/**
 * The only file that knows openapi-typescript. It is pinned to an exact version: it is in maintenance mode, does not run on
 * TypeScript 7, and what is done with its syntax tree here has to be looked at again with every release. The rest of the
 * generator hands it schemas and gets source text back.
 *
 * It is asked for one schema after the other. Its usual entry takes whole documents, and spends more time on linting and bundling
 * them than on their types; these have been checked already and hold no other refs than names.
 * @module
 */
import {
  addJSDocComment,
  astToString,
  type GlobalContext,
  type SchemaObject,
  transformSchemaObject,
} from "openapi-typescript";
import ts from "typescript";
import type { TypeSchema } from "./type-document.js";

/**
 * One top-level declaration for each schema, in their order: an interface for an object, an alias for anything else.
 * Refs between schemas are plain names, so that hovers and error messages show `DepositTrustAccount` and not a lookup.
 */
export function declareTypes(schemas: Record<string, TypeSchema>): string {
  return Object.entries(schemas)
    .map(([name, schema]) => astToString([plainNames(declaration(name, schema))]))
    .join("\n");
}

/** What it would make of its own options. Whatever is left out is off. */
const context: Partial<GlobalContext> = {
  // Otherwise a field with a default counts as required, for callers too.
  defaultNonNullable: false,
  emptyObjectsUnknown: true,
  transform: (schema) => specialType(schema as TypeSchema),
  // Asked for the target of a ref in an allOf, to make fields of it required: what is required stands in its own part here.
  resolve: () => undefined,
  discriminators: { objects: {}, refsHandled: [] },
  injectFooter: [],
};

/** A list of types is asked about as a whole and then one by one: only the latter can be answered without losing the others. */
function specialType(schema: TypeSchema): ts.TypeNode | undefined {
  const text = schema["x-type"];
  return text === undefined || typeof schema.type !== "string" || schema.type === "null" ? undefined : parseType(text);
}

const parsed = new Map<string, ts.TypeNode>();

/** The text is printed as it stands: an identifier node is the way to hand the printer text that is source already. */
function parseType(text: string): ts.TypeNode {
  const node = parsed.get(text) ?? ts.factory.createTypeReferenceNode(ts.factory.createIdentifier(text));
  parsed.set(text, node);
  return node;
}

/** `components["schemas"]["X"]` → `X`, wherever it stands in `root`. */
function plainNames(root: ts.Statement): ts.Statement {
  const result = ts.transform(root, [
    (context) => (statement) => {
      const visit = (node: ts.Node): ts.Node => {
        const name = ts.isIndexedAccessTypeNode(node) ? referredName(node) : undefined;
        return name === undefined ? ts.visitEachChild(node, visit, context) : ts.factory.createTypeReferenceNode(name);
      };
      return ts.visitEachChild(statement, visit, context);
    },
  ]);
  return result.transformed[0] ?? root;
}

function referredName({ indexType }: ts.IndexedAccessTypeNode): string | undefined {
  return ts.isLiteralTypeNode(indexType) && ts.isStringLiteral(indexType.literal) ? indexType.literal.text : undefined;
}

function declaration(name: string, schema: TypeSchema): ts.Statement {
  const given = schema as SchemaObject;
  const options = { path: `#/components/schemas/${name}`, ctx: context as GlobalContext, schema: given };
  const type = specialType(schema) ?? transformSchemaObject(given, options);
  const exported = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const statement = ts.isTypeLiteralNode(type)
    ? ts.factory.createInterfaceDeclaration(exported, name, undefined, undefined, type.members)
    : ts.factory.createTypeAliasDeclaration(exported, name, undefined, type);
  addJSDocComment(given, statement as unknown as ts.PropertySignature);
  plainComments(statement);
  return statement;
}

/** Further lines of a comment come indented by five; they are text of their own here. Constants and enums show in the type. */
function plainText(comment: string): string {
  const text = comment.replaceAll("\n *     ", "\n * ").replace(/\n \* @(?:constant|enum \{[^}]+\})(?=\n)/, "");
  const [, line] = /^\*\n \* ([^\n]*)\n $/.exec(text) ?? [];
  return line === undefined ? text : `* ${line} `;
}

function plainComments(node: ts.Node): void {
  const comments = ts.getSyntheticLeadingComments(node);
  if (comments !== undefined) {
    const said = comments.filter(({ text }) => !/^\*\s*(?:\*\s*)?@(?:constant|enum \{[^}]+\})\s*$/.test(text));
    const plain = said.map((comment) => ({ ...comment, text: plainText(comment.text) }));
    ts.setSyntheticLeadingComments(node, plain);
  }
  ts.forEachChild(node, plainComments);
}
