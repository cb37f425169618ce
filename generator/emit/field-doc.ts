import type { Schema } from "../model.js";
import { codeEntries } from "./text.js";

/** Shapes of strings in the words of people who fill in forms. Others are shown as the spec calls them. */
const formats: Record<string, string> = {
  amount: "금액(숫자, 음수·빈 값 가능)",
  base64: "base64",
  decimal: "숫자",
};

/**
 * What hovering a field shows: label, note, allowed codes, format, default and example, in this order and each only when
 * the spec says so.
 */
export function fieldDoc(schema: Schema): string {
  const label = [schema.title, schema.description].filter((text) => text !== undefined && text !== "").join(". ");
  const lines = [label, codesLine(schema), factsLine(schema)].map((line) => line.trim().replace(/\s*\n\s*/g, " "));
  const text = joinLines(lines.filter((line) => line !== ""));
  return schema.deprecated ? `${text}\n@deprecated`.trim() : text;
}

/** Short texts stay on one line: a file of one-line fields reads like a table. */
function joinLines(lines: string[]): string {
  const oneLine = lines.join(" · ");
  return oneLine.length <= 90 ? oneLine : lines.join("\n");
}

/** A constant is one of its codes. */
function codesLine(schema: Schema): string {
  const codes = schema["x-codes"] ?? schema.items?.["x-codes"] ?? {};
  return codeEntries(codes)
    .filter(([code]) => schema.const === undefined || schema.const === code)
    .map(([code, name]) => `${JSON.stringify(code)} ${name}`)
    .join(" · ");
}

function factsLine(schema: Schema): string {
  const facts = [
    shapeText(schema),
    schema.default === undefined ? "" : `기본값 ${JSON.stringify(schema.default)}`,
    exampleText(schema),
    schema["x-encrypted"] === undefined ? "" : "encrypted before sending",
    schema["x-from"] === undefined ? "" : "from the client when left out",
  ];
  return facts.filter((fact) => fact !== "").join(" · ");
}

/** The provider's own notation says the length, and more. */
function shapeText(schema: Schema): string {
  const { format, contentEncoding, contentMediaType, "x-spec": notation } = schema;
  const shape = contentEncoding ?? contentMediaType ?? (format === undefined ? undefined : (formats[format] ?? format));
  if (notation !== undefined) return shape === undefined ? notation : `${shape} · ${notation}`;
  return shape ?? lengthText(schema);
}

function lengthText(schema: Schema): string {
  return schema.maxLength === undefined || isListed(schema) ? "" : `최대 ${schema.maxLength}자`;
}

/** Codes and organizations are shown by their lists, which say more than a length or an example. */
function isListed(schema: Schema): boolean {
  return schema["x-codes"] !== undefined || schema["x-organization"] !== undefined;
}

/** The first example that says something. */
function exampleText(schema: Schema): string {
  if (isListed(schema)) return "";
  const example = schema.examples?.find((value) => value !== "" && value !== null && typeof value !== "object");
  return example === undefined ? "" : `예 ${JSON.stringify(example)}`;
}
