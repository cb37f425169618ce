import type { Provider } from "./model.js";

export interface GenerateOptions {
  /**
   * Where generated code imports a provider's runtime from; `{provider}` stands for its name.
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
  return emit(providers, (provider) => ({
    functions: (runtime ?? "../../runtime/{provider}/functions.js").replaceAll("{provider}", provider),
    realtime: (runtime ?? "../../runtime/{provider}/realtime/index.js").replaceAll("{provider}", provider),
    masters: `${runtime ?? "../../runtime/{provider}"}/masters${runtime === undefined ? "/index.js" : ""}`.replaceAll(
      "{provider}",
      provider,
    ),
  }));
}
