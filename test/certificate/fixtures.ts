import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What opens all fixtures. */
export const PASSWORD = "fabricated-password!1";

export function pathOf(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

export function fixture(name: string): Buffer {
  return readFileSync(pathOf(name));
}

/** The five forms of signPri.key that are out there, and ARIA, which the platform decrypts. */
export const KEY_FORMS = [
  "seed-pbes1",
  "seed-pbes1-old",
  "seed-pbes2",
  "aes256-pbes2",
  "3des-pbes2",
  "aria256-pbes2",
] as const;

/** The three forms of a pfx: of agents and browsers, of OpenSSL 3, and with SEED; and more that OpenSSL can make. */
export const PFX_FORMS = ["agent-3des-rc2", "openssl-aes", "openssl-seed", "openssl-3des", "openssl-3des-rc2"] as const;

export const keyOf = (form: (typeof KEY_FORMS)[number]) => fixture(`signPri.${form}.key`);
export const pfxOf = (form: (typeof PFX_FORMS)[number]) => fixture(`${form}.pfx`);
export const certificate = fixture("signCert.der");
export const pkcs8 = fixture("pkcs8.der");
