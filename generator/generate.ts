import type { Provider } from "./model.js";

export interface GenerateOptions {
  /**
   * Where generated code imports a provider's runtime from; `{provider}` stands for its name.
   * Default `../../runtime/{provider}/functions.js`: the layout of this repository.
   */
  runtime?: string | undefined;
}

/**
 * Texts of all generated files, by path below the output folder (`codef/bank.ts`). Nothing is written.
 * The libraries that emit code are loaded by the first call, so that reading specs does not need them.
 */
export async function generate(
  providers: readonly Provider[],
  { runtime = "../../runtime/{provider}/functions.js" }: GenerateOptions = {},
): Promise<Map<string, string>> {
  const { emit } = await import("./emit/index.js");
  return emit(providers, (provider) => runtime.replaceAll("{provider}", provider));
}
