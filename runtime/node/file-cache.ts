import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { dateOf, type MasterCache } from "../kis/masters/cache.js";
import { faulty, readIfThere, usable, writeWhole } from "./whole-file.js";

export interface FileCacheOptions {
  /** Made when it is not there. Other files in it are left alone. */
  directory: string;
}

/**
 * Keeps the symbol master files of KIS for a day, for all processes of a machine. A file is always whole: it is written beside its
 * place and moved there. With the first file of a new day those of the days before are removed.
 * @throws InvalidInputError `INPUT_INVALID` for an empty directory. Its methods: `STORE_UNUSABLE` when it cannot be read or written.
 * @example const stocks = await loadMaster(kospi, { cache: fileCache({ directory: ".kofin/masters" }) });
 */
export function fileCache({ directory }: FileCacheOptions): MasterCache {
  if (!directory) throw faulty("fileCache", "INPUT_INVALID", "directory", "is missing");
  return {
    get: (key) => usable("fileCache", directory, () => readIfThere(join(directory, nameOf(key)))),
    set: (key, bytes) =>
      usable("fileCache", directory, async () => {
        await mkdir(directory, { recursive: true });
        await writeWhole(directory, nameOf(key), bytes);
        const old = (await readdir(directory)).filter((name) => isOlder(name, dateOf(key)));
        await Promise.all(old.map((name) => rm(join(directory, name), { force: true })));
      }),
  };
}

/** `kofin-20261121-new.real.download.dws.co.kr-common-master-kospi_code.mst.zip` */
function nameOf(key: string): string {
  return `kofin-${key.replace(/[^\w.]+/g, "-")}`;
}

/** What a process left behind that died while it wrote is among them. */
function isOlder(name: string, date: string): boolean {
  const [, found] = /^kofin-(\d{8})-/.exec(name) ?? [];
  return found !== undefined && found < date;
}
