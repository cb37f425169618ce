import type { Runtime } from "./emit/runtime.js";
import type { Provider } from "./model.js";

export interface GenerateOptions {
  /**
   * Where generated code imports a provider's runtime from; `{provider}` stands for its name, and for `provider` where it has none of
   * its own.
   * Default the layout of this repository: `../../runtime/{provider}/functions.js`, and `../../runtime/{provider}/realtime/index.js`
   * for feeds, which otherwise come from the same place.
   */
  runtime?: string | undefined;
}

/**
 * Texts of all generated files, by path below the output folder (`acme/bank.ts`). Nothing is written.
 * The libraries that emit code are loaded by the first call, so that reading specs does not need them.
 */
export async function generate(
  providers: readonly Provider[],
  { runtime }: GenerateOptions = {},
): Promise<Map<string, string>> {
  const { emit } = await import("./emit/index.js");
  return emit(providers, ({ name, settings }) =>
    settings.runtime === "own" ? ownRuntime(name, runtime) : generalRuntime(name, runtime),
  );
}

function ownRuntime(provider: string, runtime: string | undefined): Runtime {
  const at = (template: string) => template.replaceAll("{provider}", provider);
  const functions = at(runtime ?? "../../runtime/{provider}/functions.js");
  return {
    functions,
    provider: functions,
    realtime: at(runtime ?? "../../runtime/{provider}/realtime/index.js"),
    masters: at(runtime === undefined ? "../../runtime/{provider}/masters/index.js" : `${runtime}/masters`),
  };
}

/** `kofin/{provider}` → `kofin/provider` and `kofin/provider/functions`. A template that names a file is taken as it is. */
function generalRuntime(name: string, runtime: string | undefined): Runtime {
  const provider = (runtime ?? "../../runtime/{provider}/index.js").replaceAll("{provider}", "provider");
  const functions = provider.endsWith(".js")
    ? provider.replace(/\/index\.js$/, "/functions.js")
    : `${provider}/functions`;
  return { functions, provider, realtime: ownRuntime(name, runtime).realtime, masters: functions };
}
