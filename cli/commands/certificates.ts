import { Command } from "commander";

interface ListOptions {
  folder?: string[];
  json?: true;
}

/** `kofin certificates`: the 공동인증서 on this machine, and whether one of them opens. */
export function certificatesCommand(): Command {
  return new Command("certificates")
    .description("list the 공동인증서 (NPKI) on this machine, with the days that are left")
    .option("--folder <path...>", "look in these folders instead of the places of this system")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  $ kofin certificates\n  $ kofin certificates check ~/NPKI\n  $ kofin certificates check me.pfx",
    )
    .action(list)
    .addCommand(
      new Command("check")
        .description("ask for the password (nothing is shown) and say whether institutions would take the certificate")
        .argument("[path]", "its folder, or a .pfx or .p12 file (default: the one certificate on this machine)")
        .addHelpText("after", "\nWithout a terminal the password is the first line of standard input.")
        .action(check),
    );
}

async function list({ folder, json }: ListOptions): Promise<void> {
  const [{ certificates }, { asJson, tableOf }] = await Promise.all([
    import("../../runtime/node/certificates/index.js"),
    import("../certificate-table.js"),
  ]);
  const found = await certificates(folder ? { folders: folder } : {});
  if (json) console.log(JSON.stringify(found.map(asJson), null, 2));
  else if (found.length > 0) console.log(tableOf(found));
  if (found.length > 0) return;
  const where = folder ? folder.join(", ") : "the NPKI folders of this machine (--folder says others)";
  if (!json) console.error(`there are no certificates in ${where}`);
  process.exitCode = 1;
}

async function check(path: string | undefined): Promise<void> {
  const [{ openCertificate }, { sourceAt }, { askSecret }, { summaryOf }] = await Promise.all([
    import("../../runtime/certificate/index.js"),
    import("../certificate-source.js"),
    import("../ask-secret.js"),
    import("../certificate-table.js"),
  ]);
  const { name, files } = await sourceAt(path);
  const password = await askSecret(`Password of ${name}: `);
  const certificate = await openCertificate({ ...files, password });
  console.log(summaryOf(certificate));
  if (!certificate.randomNumber) process.exitCode = 1;
}
