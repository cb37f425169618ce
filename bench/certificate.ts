import { pbkdf2Sync } from "node:crypto";
import { type CertificateSource, openCertificate } from "kofin/certificate";
import { createSandbox, type SandboxCertificateOptions } from "kofin/sandbox";
import { gzippedBytes } from "./bundle.js";
import { type Row, row } from "./row.js";

const RUNS = 200;
/** As in the files: what everybody uses. */
const ROUNDS = 2048;

/** Forms of a key, and the bytes that are derived for them. */
const KEY_FORMS = { seed: 20, "seed-old": 20, "seed-pbes2": 16, aes: 32, "3des": 24 } as const;

/** Forms of a pfx, and the blocks that are derived for them: one for the MAC, and for each part its key (3DES has two) and its IV. */
const PFX_FORMS = { "3des-rc2": 6, "3des": 7, aes: 3 } as const;

/**
 * What opening a certificate costs beside what nobody can do without. For a key that is one PBKDF2 of as many rounds and
 * bytes, Node's own. A pfx
 * hashes for its MAC and for each of its parts: there it is the same number of blocks by PBKDF2. The best of many runs each, because what
 * else the machine does is nobody's cost.
 */
export async function openingCost(): Promise<Row[]> {
  const { codef } = createSandbox();
  const rows: Row[] = [];
  const measure = async (name: string, derive: () => void, options: SandboxCertificateOptions, isPfx: boolean) => {
    const { certificate, key, pfx, password } = await codef.certificate(options);
    const source: CertificateSource = isPfx ? { pfx, password } : { certificate, key, password };
    let [derived, opened] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let run = 0; run < RUNS; run++) {
      const started = performance.now();
      derive();
      const middle = performance.now();
      await openCertificate(source);
      derived = Math.min(derived, middle - started);
      opened = Math.min(opened, performance.now() - middle);
    }
    rows.push(row({ name, unit: "× PBKDF2", most: 3 }, opened / derived));
  };
  for (const [keyForm, bytes] of entriesOf(KEY_FORMS)) {
    await measure(`opening a key, ${keyForm}`, () => pbkdf2(bytes), { keyForm }, false);
  }
  for (const [pfxForm, blocks] of entriesOf(PFX_FORMS)) {
    await measure(`opening a pfx, ${pfxForm}`, () => pbkdf2(20 * blocks), { pfxForm }, true);
  }
  return rows;
}

function pbkdf2(bytes: number): void {
  pbkdf2Sync("a password", "saltsalt", ROUNDS, bytes, "sha1");
}

function entriesOf<Key extends string>(record: Readonly<Record<Key, number>>): [Key, number][] {
  return Object.entries(record) as [Key, number][];
}

/** All of `kofin/certificate`, node-forge left out. */
export async function certificateSize(): Promise<Row> {
  const contents = `export { fromPfx, openCertificate, readCertificate, toPfx } from "kofin/certificate";`;
  const bytes = await gzippedBytes(contents, { all: true });
  return row({ name: "kofin/certificate without node-forge, gzipped", unit: "bytes", most: 12_288 }, bytes);
}
