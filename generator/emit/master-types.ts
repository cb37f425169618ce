import type { MasterColumn, MasterLayout, Masters } from "../masters.js";
import { propertyKey } from "../names.js";
import { fieldDoc } from "./field-doc.js";
import { codeEntries, header, jsdoc, openUnion } from "./text.js";

/** Text of `masters.types.ts`: the rows. */
export function masterTypesModule(from: string, { layouts }: Masters): string {
  return `${header(from)}\n${layouts.map(rowText).join("\n")}`;
}

function rowText({ name, title, note, columns }: MasterLayout): string {
  const doc = jsdoc(note === undefined ? title : `${title}. ${note}`);
  return `${doc}export interface ${name} {\n${columns.map(columnText).join("")}}\n`;
}

function columnText(column: MasterColumn): string {
  return `${jsdoc(columnDoc(column))}${propertyKey(column.name)}: ${typeText(column)};\n`;
}

function columnDoc({ title, note, codes, type, optional, deprecated }: MasterColumn): string {
  const notes = [note, optional ? "없는 파일도 있다" : undefined].filter((text) => text !== undefined);
  return fieldDoc({
    title,
    ...(notes.length === 0 ? {} : { description: notes.join(". ") }),
    ...(codes === undefined ? {} : { "x-codes": codes }),
    ...(type === "date" ? { format: "yyyymmdd" } : {}),
    ...(deprecated ? { deprecated } : {}),
  });
}

/** Blank text is an empty text; a blank number or flag is undefined. */
function typeText({ type, codes }: MasterColumn): string {
  if (type === "number") return "number | undefined";
  if (type === "yn") return "boolean | undefined";
  return codes === undefined ? "string" : openUnion(codeEntries(codes).map(([code]) => code));
}
