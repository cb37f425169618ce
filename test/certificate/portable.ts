/**
 * What has to hold on every runtime, for `runtimes.sh` to bundle and run: no Node in it, and its files come with it.
 * @module
 */
import { fromPfx, openCertificate, readCertificate, toPfx } from "kofin/certificate";

/** Fixtures as base64, by name. */
export type Files = Readonly<Record<string, string>>;

/** @returns what went wrong; empty when nothing did */
export async function check(files: Files, password: string): Promise<string[]> {
  const wrong: string[] = [];
  const expect = (what: string, found: unknown, wanted: unknown) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push(`${what}: ${JSON.stringify(found)}`);
  };
  const file = (name: string) => files[name] ?? "";
  const certificate = file("signCert.der");
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => "opened",
      (error: { code?: string }) => error.code ?? String(error),
    );

  expect("name", (await readCertificate(certificate)).name, "홍길동");
  for (const form of ["seed-pbes1", "seed-pbes1-old", "seed-pbes2", "aes256-pbes2", "3des-pbes2"]) {
    const key = file(`signPri.${form}.key`);
    const { pair, randomNumber } = await openCertificate({ certificate, key, password });
    expect(form, [pair, randomNumber], [true, true]);
    expect(
      `${form}, another password`,
      await codeOf(openCertificate({ certificate, key, password: "x" })),
      "CERTIFICATE_PASSWORD",
    );
  }
  for (const form of ["agent-3des-rc2", "openssl-aes", "openssl-seed"]) {
    const pfx = file(`${form}.pfx`);
    expect(form, (await openCertificate({ pfx, password })).pair, true);
    expect(`${form}, another password`, await codeOf(openCertificate({ pfx, password: "x" })), "CERTIFICATE_PASSWORD");
  }
  const pfx = await toPfx({ certificate, key: file("signPri.seed-pbes1.key"), password });
  const again = await fromPfx({ pfx, password });
  expect("converted", (await openCertificate({ ...again, password })).randomNumber, true);
  const expired = openCertificate({ certificate: file("expired.der"), key: file("signPri.seed-pbes1.key"), password });
  expect("expired", await codeOf(expired), "CERTIFICATE_EXPIRED");
  return wrong;
}
