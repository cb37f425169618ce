/**
 * Symbol master files (종목 마스터) of KIS: downloaded, unpacked, decoded and typed. `kofin/kis/masters` has them all, and this with them.
 * @module
 */
export { type MasterCache, memoryCache } from "./cache.js";
export { MasterError } from "./error.js";
export type { FixedLine, SeparatedLine } from "./line.js";
export type { FixedLayout, Master, MasterFlaw, MasterLayout, MasterRow, SeparatedLayout } from "./master.js";
export type { MasterOptions, MasterProgress } from "./options.js";
export { streamMaster } from "./stream.js";
export { loadMaster, type MasterTable } from "./table.js";
