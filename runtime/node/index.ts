/**
 * For servers on Node: a faster transport, a store for tokens that several processes share, and a cache for master files.
 * @module
 */
export { type FileCacheOptions, fileCache } from "./file-cache.js";
export { type FileStoreOptions, fileStore } from "./file-store.js";
export { type UndiciOptions, undiciTransport } from "./undici-transport.js";
