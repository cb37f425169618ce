import { Command, InvalidArgumentError } from "commander";
import { codefClient, kisClient, openBankingClient } from "../sandbox-clients.js";

interface SandboxCommandOptions {
  port: number;
  host: string;
  provider?: string[];
  specs?: string;
  seed: string;
  codefClient?: ReturnType<typeof codefClient>;
  kisClient?: ReturnType<typeof kisClient>;
  openbankingClient?: ReturnType<typeof openBankingClient>;
}

/** `kofin sandbox`: a mock of the providers on a port of this machine, until it is interrupted. */
export function sandboxCommand(): Command {
  return new Command("sandbox")
    .description("mock the providers on this machine, built from the specs")
    .option("--port <number>", "port to listen on; 0 takes a free one", readPort, 8787)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--provider <name...>", "only these providers (default: all that have specs)")
    .option("--specs <folder>", "specs to mock (default: those that come with kofin)")
    .option(
      "--codef-client <ID:SECRET[:environment]>",
      "a client of yours: sandbox, demo (default) or production",
      codefClient,
    )
    .option("--kis-client <APPKEY:APPSECRET[:environment]>", "keys of yours: real (default) or mock", kisClient)
    .option("--openbanking-client <ID:SECRET:USECODE[:URI]>", "an institution of yours", openBankingClient)
    .option("--seed <text>", "decides everything that is made up", "1")
    .addHelpText("after", "\nExample:\n  $ kofin sandbox --port 8787 --seed demo")
    .action(run);
}

async function run(options: SandboxCommandOptions): Promise<void> {
  const { port, host, provider, specs: folder, seed, codefClient, kisClient, openbankingClient } = options;
  const [{ createSandbox }, { serveSandbox }, { specs, specFolders }, { greeting }] = await Promise.all([
    import("../../sandbox/index.js"),
    import("../../sandbox/serve.js"),
    import("../../sandbox/shared/specs.js"),
    import("./greeting.js"),
  ]);
  const known = specFolders(folder);
  const unknown = provider?.find((wanted) => !known.includes(wanted));
  if (unknown) throw new Error(`There are no specs of ${unknown}: choose from ${known.join(", ")}`);
  const chosen = provider ?? known;
  // Specs of somebody's own may be at fault, and better now than with the first request; those of kofin are read when they are needed.
  const own = folder || provider ? chosen.flatMap((name) => specs(name, folder) ?? []) : undefined;
  const source = provider ? own : folder;
  const sandbox = createSandbox({
    ...(source !== undefined && { specs: source }),
    ...(codefClient && { codef: { clients: codefClient } }),
    ...(kisClient && { kis: { clients: kisClient } }),
    ...(openbankingClient && { openBanking: { institutions: openbankingClient } }),
    seed,
  });
  const served = await serveSandbox(sandbox, { port, hostname: host }).catch((error: unknown) => {
    throw new Error(cannotListen(error, port, host), { cause: error });
  });
  // Beside a folder of somebody's own, the providers that kofin brings are there as well.
  const all = provider ?? [...new Set([...chosen, ...specFolders()])];
  console.log(greeting(sandbox, served.url, all));
  const stop = () => void served.close();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function cannotListen(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `Port ${port} is taken: choose another with --port, or --port 0 for a free one`;
  if (code === "EACCES") return `Port ${port} may not be used by this user: choose one above 1023 with --port`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine: choose another with --host`;
  return `The sandbox cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
}

function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) throw new InvalidArgumentError("A number from 0 to 65535 is needed.");
  return port;
}
