import type { MasterColumn, MasterLayout, Masters } from "../masters.js";
import { camelCase, propertyKey } from "../names.js";
import { compareText } from "../problem.js";
import { header, jsdoc } from "./text.js";

/**
 * Text of `masters.layouts.ts`: how a line becomes a row. Every cut is written out, because an object made in one piece is several
 * times faster than one that a table of columns fills in.
 */
export function masterLayoutsModule(from: string, runtime: string, { layouts }: Masters): string {
  const types = layouts.map(({ name }) => name).sort(compareText);
  const kinds = [...new Set(layouts.map(layoutType))].sort(compareText);
  return `${header(from)}import type { ${kinds.join(", ")} } from ${JSON.stringify(runtime)};
import type { ${types.join(", ")} } from "./masters.types.js";

${layouts.map(layoutText).join("\n")}`;
}

function layoutType({ kind }: MasterLayout): string {
  return kind === "fixed" ? "FixedLayout" : "SeparatedLayout";
}

function layoutText(layout: MasterLayout): string {
  const { name, title, kind, codeColumn, nameColumn, columns } = layout;
  const cells = kind === "fixed" ? fixedCells(columns) : columns.map((column, index) => cell(column, `${index}`));
  return `${jsdoc(title)}export const ${camelCase(name)}: ${layoutType(layout)}<${name}> = {
kind: ${JSON.stringify(kind)},
${sizeText(layout)}code: ${JSON.stringify(codeColumn)},
name: ${JSON.stringify(nameColumn)},
read: (line) => ({
${cells.join("\n")}
}),
};
`;
}

/** How long a line may be. What is as long as the whole, and no more, needs no `least`. */
function sizeText({ kind, columns }: MasterLayout): string {
  if (kind !== "fixed") return `columns: ${columns.length},\n`;
  const whole = sizeOf(columns);
  if (columns.some(({ stretch }) => stretch)) return `least: ${sizeOf(columns.filter(({ stretch }) => !stretch))},\n`;
  const least = sizeOf(columns.filter(({ optional }) => !optional));
  return `bytes: ${whole},\n${least === whole ? "" : `least: ${least},\n`}`;
}

function sizeOf(columns: readonly MasterColumn[]): number {
  return columns.reduce((total, { bytes }) => total + bytes, 0);
}

/** Columns behind one that stretches are counted from the end of the line. */
function fixedCells(columns: readonly MasterColumn[]): string[] {
  const stretching = columns.findIndex(({ stretch }) => stretch);
  const at = (index: number) => {
    if (stretching < 0 || index <= stretching) return `${sizeOf(columns.slice(0, index))}`;
    const left = sizeOf(columns.slice(index));
    return left === 0 ? "line.length" : `line.length - ${left}`;
  };
  return columns.map((column, index) =>
    cell(column, column.type === "yn" ? at(index) : `${at(index)}, ${at(index + 1)}`),
  );
}

function cell({ name, type }: MasterColumn, place: string): string {
  const kind = type === "number" || type === "yn" ? type : "text";
  return `${propertyKey(name)}: line.${kind}(${place}),`;
}
