/**
 * The TypeScript in Markdown documents, as the compiler sees it.
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "../../bench/package-root.js";

/** A fenced block of TypeScript. */
export interface Snippet {
  document: string;
  /** Of the document, where the code begins. */
  line: number;
  code: string;
}

export function snippetsOf(document: string, markdown: string): Snippet[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ 1: code = "", index }) => {
    const before = markdown.slice(0, index);
    return { document, line: before.split("\n").length + 1, code };
  });
}

export interface Compiled {
  /** `docs/kis.md:12: what is wrong` */
  faults: string[];
  /** What a module exports, types included; undefined when there is no such module. */
  exportsOf(module: string): Set<string> | undefined;
}

/**
 * Type-checks snippets against the package's own sources, each as a module of its own.
 * @param given declarations that all of them see
 * @param modules those that `exportsOf` will be asked for
 */
export function compileSnippets(snippets: readonly Snippet[], given: string, modules: readonly string[]): Compiled {
  const sources = new Map<string, { text: string; snippet?: Snippet }>();
  const carried = new Map<string, Map<string, string>>();
  for (const snippet of snippets) {
    const { document, line, code } = snippet;
    const known = carried.get(document) ?? new Map<string, string>();
    carried.set(document, known);
    const own = namesOf(code);
    // A document imports a name once; its later snippets go on using it. One line, so that lines stay what they are.
    const earlier = [...known].filter(([name]) => !own.declared.has(name)).map(([, text]) => text);
    sources.set(join(root, `${document}.${line}.ts`), { text: `${earlier.join(" ")}${code}\nexport {};`, snippet });
    for (const [name, text] of own.imported) known.set(name, text);
  }
  const globals = join(root, "given.d.ts");
  const importer = join(root, "modules.ts");
  sources.set(globals, { text: given });
  sources.set(importer, { text: modules.map((name) => `export type {} from "${name}";`).join("\n") });

  const program = programOf(sources);
  const faults = [...sources].flatMap(([path, { snippet }]) => {
    const file = program.getSourceFile(path);
    if (!file || path === importer) return [];
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((found) => {
      const line = file.getLineAndCharacterOfPosition(found.start ?? 0).line;
      const place = snippet ? `${snippet.document}:${snippet.line + line}` : `given:${line + 1}`;
      return `${place}: ${ts.flattenDiagnosticMessageText(found.messageText, "\n")}`;
    });
  });
  return { faults, exportsOf: (name) => exportsIn(program, importer, name) };
}

/** The names that a snippet declares at its top, and its imports, one statement a name. */
function namesOf(code: string) {
  const declared = new Set<string>();
  const imported = new Map<string, string>();
  for (const statement of ts.createSourceFile("snippet.ts", code, ts.ScriptTarget.Latest).statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) continue;
      const { text: module } = statement.moduleSpecifier as ts.StringLiteral;
      for (const { name } of bindings.elements) {
        declared.add(name.text);
        imported.set(name.text, `import { ${name.text} } from "${module}";`);
      }
    } else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) declared.add(name.text);
    }
  }
  return { declared, imported };
}

function programOf(sources: ReadonlyMap<string, { text: string }>): ts.Program {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path)?.text ?? readFile(path);
  host.getSourceFile = (path, settings, ...rest) => {
    const source = sources.get(path);
    return source ? ts.createSourceFile(path, source.text, settings) : getSourceFile(path, settings, ...rest);
  };
  return ts.createProgram([...sources.keys()], { ...options, noEmit: true }, host);
}

function exportsIn(program: ts.Program, importer: string, name: string): Set<string> | undefined {
  const checker = program.getTypeChecker();
  const statement = program
    .getSourceFile(importer)
    ?.statements.filter(ts.isExportDeclaration)
    .find(({ moduleSpecifier }) => moduleSpecifier && (moduleSpecifier as ts.StringLiteral).text === name);
  const symbol = statement?.moduleSpecifier && checker.getSymbolAtLocation(statement.moduleSpecifier);
  return symbol && new Set(checker.getExportsOfModule(symbol).map((one) => one.name));
}
