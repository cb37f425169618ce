import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { CertificateFile } from "../runtime/certificate/index.js";
import { certificates } from "../runtime/node/certificates/index.js";

/** What there is to open, and what to call it. */
export interface Source {
  name: string;
  files: { certificate: CertificateFile; key: CertificateFile } | { pfx: CertificateFile };
}

/**
 * The certificate at a path: a pfx, or the folder of one. Without a path, the one on this machine.
 * @throws Error that says which there are, when there is not exactly one
 */
export async function sourceAt(path: string | undefined): Promise<Source> {
  const isFile = path !== undefined && (await isA("file", path));
  if (isFile) return { name: basename(path), files: { pfx: await readFile(path) } };
  if (path !== undefined && !(await isA("folder", path))) throw new Error(`${path} is not there, or may not be read`);
  const all = await certificates(path === undefined ? {} : { folders: [path] });
  const [first, ...more] = all;
  if (!first) throw new Error(`there is no certificate in ${path ?? "the NPKI folders of this machine"}`);
  if (more.length > 0) {
    const folders = all.map(({ folder }) => `  kofin certificates check ${JSON.stringify(folder)}`);
    throw new Error(`there are ${all.length} certificates, say which:\n${folders.join("\n")}`);
  }
  if (first.status === "broken") throw new Error(`${first.folder}: ${first.problem.message}`);
  return { name: first.info.name, files: { certificate: first.certificate, key: first.key } };
}

async function isA(kind: "file" | "folder", path: string): Promise<boolean> {
  const entry = await stat(path).catch(() => undefined);
  return kind === "file" ? entry?.isFile() === true : entry?.isDirectory() === true;
}
