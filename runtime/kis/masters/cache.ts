/**
 * Keeps downloaded master files. A key begins with the Korean date, `20261121/…`, so that a new day asks for new files; what is older
 * may be thrown away. `fileCache` of `kofin/node` is one, too.
 */
export interface MasterCache {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, bytes: Uint8Array): Promise<void>;
}

/** A cache for one process, which keeps the files of one day. */
export function memoryCache(): MasterCache {
  const files = new Map<string, Uint8Array>();
  return {
    get: async (key) => files.get(key),
    async set(key, bytes) {
      for (const other of files.keys()) if (dateOf(other) < dateOf(key)) files.delete(other);
      files.set(key, bytes);
    },
  };
}

/** The date that a key begins with. */
export function dateOf(key: string): string {
  return key.slice(0, 8);
}

/** Korea has had no summer time since 1988. */
const KOREA_MS = 9 * 3_600_000;

/** `20261121/new.real.download.dws.co.kr/common/master/kospi_code.mst.zip`: the same file from elsewhere is another. */
export function cacheKey(url: URL, now: number): string {
  const date = new Date(now + KOREA_MS).toISOString().slice(0, 10).replaceAll("-", "");
  return `${date}/${url.host}${url.pathname}`;
}
