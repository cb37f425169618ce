/**
 * For servers on Node: a faster transport, and a store for tokens that several processes share.
 * @module
 */
export { type FileStoreOptions, fileStore } from "./file-store.js";
export { type UndiciOptions, undiciTransport } from "./undici-transport.js";
