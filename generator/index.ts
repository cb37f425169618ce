/**
 * From specs to generated code, step by step: read (YAML with positions) → check (rules) → resolve (plain data, `model.ts`)
 * → emit (text of the generated files). Every step is a function of the one before; only the ends touch the disk.
 * @module
 */
export { type GenerateOptions, generate } from "./generate.js";
export { type DocumentOptions, type LoadOptions, loadDocument, loadSpecs, loadTexts, readSpecFolder } from "./load.js";
export type * from "./model.js";
export { formatProblem, SpecError } from "./problem.js";
export type { SpecText } from "./read/folder.js";
