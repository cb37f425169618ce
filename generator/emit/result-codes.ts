import type { ResultCode } from "../model.js";
import { propertyKey } from "../names.js";
import { header, jsdoc, literal } from "./text.js";

/** Text of `result-codes.ts`: what each code means. */
export function resultCodesModule(from: string, codes: readonly ResultCode[]): string {
  const lines = codes.map(({ code, ...about }) => `${propertyKey(code)}: ${literal(about)},`);
  return `${header(from)}
${jsdoc("Known result codes: what each means, what it is about, and what a program should do.")}export const resultCodes = {
${lines.join("\n")}
} as const satisfies Record<string, { meaning: string; group: string; advice: string }>;

export type ResultCode = keyof typeof resultCodes;
`;
}
