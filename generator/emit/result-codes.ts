import type { ResultCode } from "../model.js";
import { camelCase, pascalCase, propertyKey } from "../names.js";
import { codeEntries, header, jsdoc, literal } from "./text.js";

/** Text of `<table>.ts`: what each code means. `result-codes` exports `resultCodes`, `bank-result-codes` `bankResultCodes`. */
export function resultCodesModule(from: string, table: string, codes: readonly ResultCode[]): string {
  const byCode = Object.fromEntries(codes.map(({ code, ...about }) => [code, about]));
  const lines = codeEntries(byCode).map(([code, about]) => `${propertyKey(code)}: ${literal(about)},`);
  return `${header(from)}
${jsdoc("Known result codes: what each means, what it is about, and what a program should do.")}export const ${camelCase(table)} = {
${lines.join("\n")}
} as const satisfies Record<string, { meaning: string; group: string; advice: string }>;

export type ${pascalCase(table).replace(/s$/, "")} = keyof typeof ${camelCase(table)};
`;
}
