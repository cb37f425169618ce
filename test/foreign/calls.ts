/**
 * Calls every operation of a document that nobody here wrote, through its generated function, on its own mock.
 * @module
 */
import { join } from "node:path";
import type { ApiDocument, Operation, Provider } from "../../generator/index.js";
import { inputOf, isFile } from "../../generator/walk.js";
import {
  type AuthorizeOptions,
  authorizeUrl,
  defineProvider,
  exchangeCode,
  type ProviderData,
} from "../../runtime/provider/index.js";
import { createSandbox, type ProviderClientOptions, type ProviderSandbox } from "../../sandbox/index.js";
import { random } from "../../sandbox/shared/random.js";
import { synthesize } from "../../sandbox/shared/synthesize.js";

/** One operation, and what became of its call. */
export interface CallResult {
  operation: string;
  /** Absent when it was answered. */
  failure?: string;
}

const USER = "somebody";

type Generated = Readonly<Record<string, unknown>>;
type Callable = (client: object, ...args: unknown[]) => Promise<unknown>;

/** @param generated the folder that the provider's code was written to */
export async function callAll(provider: Provider, generated: string): Promise<CallResult[]> {
  const sandbox = createSandbox({ specs: [provider] });
  const data = await dataOf(provider, generated);
  const mock = sandbox.provider(provider.name);
  let last: Response | undefined;
  const fetch = Object.assign(
    async (...given: Parameters<typeof sandbox.fetch>) => {
      const answer = await sandbox.fetch(...given);
      last = answer.clone();
      return answer;
    },
    { getBody: true as const },
  );
  const client = await clientFor(data, mock, { ...mock.options, fetch });
  const said = async () => ((await last?.json().catch(() => undefined)) as { title?: string } | undefined)?.title;
  const results: CallResult[] = [];
  for (const document of provider.documents) {
    if (document.operations.length === 0) continue;
    const functions = (await import(join(generated, provider.name, `${document.module}.ts`))) as Generated;
    for (const operation of document.operations) {
      results.push(await callOne(functions, client, operation, document, said));
    }
  }
  return results;
}

/** A client with the user's consent, where that is what opens calls. */
async function clientFor(data: ProviderData, mock: ProviderSandbox, options: ProviderClientOptions): Promise<object> {
  const given = options as unknown as AuthorizeOptions & typeof options;
  const client = defineProvider(data)(given as never);
  if (data.auth?.type !== "authorizationCode") return client;
  const { url } = authorizeUrl(data, given);
  const code = new URL(mock.consent(url)).searchParams.get("code") ?? "";
  await exchangeCode(client, { user: USER, code, redirectUri: given.redirectUri });
  return client.user(USER);
}

async function dataOf(provider: Provider, generated: string): Promise<ProviderData> {
  const module = (await import(join(generated, provider.name, "provider.ts"))) as Generated;
  const [data] = Object.values(module);
  return data as ProviderData;
}

async function callOne(
  functions: Generated,
  client: object,
  operation: Operation,
  document: ApiDocument,
  said: () => Promise<string | undefined>,
): Promise<CallResult> {
  const name = `${operation.method} ${operation.path}`;
  const call = functions[operation.id];
  if (typeof call !== "function") return { operation: name, failure: `there is no function ${operation.id}` };
  const input = inputFor(operation, document);
  try {
    await (call as Callable)(client, ...(input === undefined ? [] : [input]));
    return { operation: name };
  } catch (error) {
    return { operation: name, failure: `${error} ${await said()}` };
  }
}

/** What the operation's own schema allows. */
function inputFor(operation: Operation, { schemas }: ApiDocument): unknown {
  const schema = inputOf(operation);
  return (
    schema &&
    synthesize(schema, {
      next: random(operation.id),
      from: 0,
      to: 0,
      given: (_, inner) => (isFile(inner) || inner.format === "binary" ? new Uint8Array([1, 2, 3]) : undefined),
      dated: () => false,
      count: () => 1,
      isSent: true,
      definition: (inner) => schemas[inner["x-name"] ?? ""],
    })
  );
}
