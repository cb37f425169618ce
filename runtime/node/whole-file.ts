/**
 * Files that are always whole, in a directory of their own, and what is said when it cannot be used.
 * @module
 */
import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { InvalidInputError } from "../errors/invalid-input.js";
import { KofinError } from "../errors/kofin-error.js";

/** Undefined when there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Writes beside the old file, for its owner alone, and takes its place. */
export async function writeWhole(directory: string, name: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(directory, `${name}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(content);
      // Or a power cut could leave the new name on an empty file.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What goes wrong with files is told as what it is: in a call it would look like trouble with the network. */
export async function usable<T>(owner: string, directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof KofinError) throw cause;
    const what = `cannot be used: ${directory} (${(cause as Error).message})`;
    throw faulty(owner, "STORE_UNUSABLE", "directory", what, cause);
  }
}

/** @param owner the function whose option is at fault */
export function faulty(owner: string, code: string, field: string, what: string, cause?: unknown): InvalidInputError {
  const context = { provider: "kofin", operation: owner, field, cause };
  return new InvalidInputError(code, `${owner}: ${field} ${what}`, context);
}
