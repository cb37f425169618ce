import type { MasterFile, MasterLayout, Masters } from "../masters.js";
import { camelCase, fieldWords } from "../names.js";
import { compareText } from "../problem.js";
import { confidences, wrap } from "./operation-doc.js";
import { header, jsdoc, literal, SourceText } from "./text.js";

/** Text of `masters.ts`: one constant for each file. `runtime` says where the reader is imported from. */
export function mastersModule(from: string, runtime: string, { host, layouts, files }: Masters): string {
  const byName = new Map(layouts.map((layout) => [layout.name, layout]));
  const constants = files.map((file) => fileText(file, byName.get(file.layout)));
  const typeNames = layouts.map(({ name }) => name).sort(compareText);
  const names = files.map(({ id }) => fieldWords(id));
  return `${header(from)}import type { Master } from ${JSON.stringify(runtime)};
import * as layouts from "./masters.layouts.js";
import type { ${typeNames.join(", ")} } from "./masters.types.js";

export * from ${JSON.stringify(runtime)};
export type * from "./masters.types.js";

const host = ${JSON.stringify(host)};

${constants.join("\n")}
${jsdoc("Every master file, by name.")}export const masters = { ${names.join(", ")} } as const;
`;
}

function fileText(file: MasterFile, layout: MasterLayout | undefined): string {
  const { id, title, path, entry } = file;
  const constant = {
    id,
    title,
    host: new SourceText("host"),
    path,
    entry,
    layout: new SourceText(`layouts.${camelCase(file.layout)}`),
  };
  // A shorthand reads better than `host: host`.
  const text = literal(constant).replace("host: host", "host");
  const doc = jsdoc(fileDoc(file, layout));
  return `${doc}export const ${fieldWords(id)}: Master<${file.layout}> = ${text};\n`;
}

function fileDoc({ title, path, note, confidence }: MasterFile, layout: MasterLayout | undefined): string {
  const address = path === undefined ? "no known address: pass `bytes`" : `\`${path}\``;
  const facts = [address, `${layout?.columns.length ?? 0} columns`, confidences[confidence]].join(" · ");
  return `${title}\n\n${wrap(facts)}${note === undefined ? "" : `\n\n${wrap(note)}`}`;
}
