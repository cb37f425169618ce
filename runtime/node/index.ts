/**
 * For servers on Node: a faster transport, a store for tokens that several processes share, a cache for master files, and the
 * certificates that lie on the machine.
 * @module
 */
export {
  type BrokenCertificate,
  type CertificatesOptions,
  certificates,
  type FoundCertificate,
} from "./certificates/index.js";
export { type FileCacheOptions, fileCache } from "./file-cache.js";
export { type FileStoreOptions, fileStore } from "./file-store.js";
export { type UndiciOptions, undiciTransport } from "./undici-transport.js";
