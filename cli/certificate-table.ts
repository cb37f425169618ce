import type { CertificateInfo, OpenedCertificate } from "../runtime/certificate/index.js";
import type { BrokenCertificate, FoundCertificate } from "../runtime/node/certificates/index.js";

type Listed = FoundCertificate | BrokenCertificate;

const HEAD = ["name", "CA", "policy", "until", "days left", "folder"];

/** One line each. What is broken says what is wrong instead. */
export function tableOf(listed: readonly Listed[]): string {
  const rows = listed.map((entry) =>
    entry.status === "broken"
      ? ["(broken)", "", "", "", "", `${entry.folder}: ${entry.problem.message}`]
      : [entry.info.name, entry.info.ca, policy(entry.info), day(entry.info.validUntil), left(entry), entry.folder],
  );
  const lines = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ""))));
  return lines
    .map((line) =>
      line
        .map((cell, at) => padded(cell, widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What `--json` prints of a certificate: no paths of files but the folder's. */
export function asJson(entry: Listed): object {
  if (entry.status === "broken") {
    const { code, message } = entry.problem;
    return { status: entry.status, folder: entry.folder, problem: { code, message } };
  }
  const { status, folder, info, daysLeft } = entry;
  return { status, folder, ...info, daysLeft };
}

/** What a certificate that was opened is worth. */
export function summaryOf(certificate: OpenedCertificate): string {
  const { name, ca, validUntil, serialNumber, randomNumber } = certificate;
  const lines = [
    `${name}: ${ca}, ${policy(certificate)}, valid until ${day(validUntil)}, serial number ${serialNumber}`,
    "The password is right, and the key is that of the certificate.",
    randomNumber
      ? "The random number is there: institutions can tell whose key it is."
      : "The random number is gone: this is a converted copy, which institutions refuse. Take the original signPri.key, or a pfx exported with it.",
  ];
  return lines.join("\n");
}

function policy({ policy }: CertificateInfo): string {
  if (!policy) return "";
  const owner = { personal: "개인", corporate: "법인" }[policy.owner ?? ("" as "personal")] ?? "";
  return policy.use ? `${owner} ${policy.use}` : policy.id;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function left({ daysLeft }: FoundCertificate): string {
  return daysLeft < 0 ? "expired" : String(daysLeft);
}

/** Korean letters are two columns wide. */
function width(text: string): number {
  return [...text.normalize("NFC")].reduce(
    (sum, letter) => sum + (/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  );
}

function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - width(text)));
}
