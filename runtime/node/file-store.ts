import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { memoryStore, type TokenStore } from "../auth/token-store.js";
import { isRecord, type Json } from "../paths.js";
import { lock } from "./lock.js";
import { createSealer, type Sealed } from "./seal.js";
import * as files from "./whole-file.js";

export interface FileStoreOptions {
  /** Made when it is not there, for its owner alone. Nothing else should stand in it. */
  directory: string;
  /** Encrypts what is written (AES-256-GCM, key by scrypt). Without one, the file mode (0600) is all that protects it. */
  password?: string;
}

/**
 * Keeps texts in files, one for each key, named by a hash of it: tokens that outlive the process and are shared by all processes of
 * one machine. A file is always whole: it is written beside the old one and takes its place. A file that is damaged all the same
 * counts as absent. One that was written before there was a password is still read, and encrypted when it is written next.
 *
 * `exclusive` needs the package `proper-lockfile` (an optional peer of kofin): it waits until the lock is free, and takes over the
 * lock of a process that died.
 * @throws InvalidInputError `INPUT_INVALID` for an empty password or directory. Its methods: `STORE_PASSWORD` when a file takes
 * another password, `STORE_UNUSABLE` when the directory cannot be read or written, `PACKAGE_MISSING`.
 * @example const kis = createKis({ …, store: fileStore({ directory: ".kofin", password: process.env.KOFIN_PASSWORD }) });
 */
export function fileStore({ directory, password }: FileStoreOptions): TokenStore {
  if (!directory) throw faulty("INPUT_INVALID", "directory", "is missing");
  if (password === "") throw faulty("INPUT_INVALID", "password", "is empty: pass one, or leave it out");
  const sealer = password === undefined ? undefined : createSealer(password);
  // Calls of this process queue up here instead of polling the lock of the file.
  const queue = memoryStore();

  const read = async (name: string): Promise<string | undefined> => {
    const found = parse((await files.readIfThere(join(directory, name)))?.toString());
    if (found === undefined || typeof found === "string") return found;
    if (!sealer) throw faulty("STORE_PASSWORD", "password", `is missing: ${directory} is encrypted`);
    return sealer.open(name, found).catch((cause) => {
      throw faulty("STORE_PASSWORD", "password", `does not open what is in ${directory}`, cause);
    });
  };
  const write = async (name: string, text: string): Promise<void> => {
    const content = sealer ? await sealer.seal(name, text) : { text };
    await files.writeWhole(directory, name, JSON.stringify(content));
  };

  return {
    get: (key) => usable(directory, () => read(nameOf(key))),
    set: (key, value) =>
      usable(directory, async () => {
        const name = nameOf(key);
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await (value === undefined ? rm(join(directory, name), { force: true }) : write(name, value));
      }),
    exclusive: (key, work) =>
      queue.exclusive(key, async () => {
        const release = await usable(directory, async () => {
          await mkdir(directory, { recursive: true, mode: 0o700 });
          return lock(join(directory, nameOf(key)));
        });
        try {
          return await work();
        } finally {
          await release();
        }
      }),
  };
}

function nameOf(key: string): string {
  return `${createHash("sha256").update(key).digest("hex")}.json`;
}

/** The plain text in a file, or its sealed one; undefined when it is neither. */
function parse(content: string | undefined): string | Sealed | undefined {
  try {
    const found: unknown = JSON.parse(content ?? "");
    if (!isRecord(found) || typeof found.text !== "string") return undefined;
    return isSealed(found) ? found : found.text;
  } catch {
    return undefined;
  }
}

function isSealed(found: Json): found is Json & Sealed {
  return [found.salt, found.iv, found.tag].every((part) => typeof part === "string");
}

function usable<T>(directory: string, work: () => Promise<T>): Promise<T> {
  return files.usable("fileStore", directory, work);
}

function faulty(code: string, field: string, what: string, cause?: unknown) {
  return files.faulty("fileStore", code, field, what, cause);
}
