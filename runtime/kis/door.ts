import { answerWithin } from "../call/answer-within.js";
import type { Door } from "../call/index.js";
import { AnswerError } from "../errors/answer.js";
import { createHttp } from "../call/http.js";
import type { Token, TokenSource } from "../auth/token.js";
import type { Transport } from "../call/transport.js";
import { KIS_DEFAULTS } from "./defaults.js";
import type { Gate } from "./gate.js";
import type { KisOperation } from "./operation.js";
import type { KisOptions } from "./options.js";
import { verdict } from "./verdict.js";
import { type Baggage, secretsOf, toWire } from "./wire.js";

/** What the calls of a client go by. */
export interface House {
  options: KisOptions;
  baggage: Baggage;
  baseUrl: string;
  transport: Transport;
  tokens: TokenSource;
  /** The token at hand, without issuing one. */
  heldToken(): Promise<Token | undefined>;
  /** Absent where no limit is wanted. */
  gate: Gate | undefined;
}

/** A way to KIS, with middleware of its own. */
export function doorOf({ options, baggage, baseUrl, transport, tokens, heldToken, gate }: House): Door<KisOperation> {
  const { appKey, appSecret, corporate } = baggage;
  const credentials: Readonly<Record<string, string>> = { appKey, appSecret };
  return {
    provider: "kis",
    http: createHttp(baseUrl, (body) => JSON.stringify(body)),
    transport: answerWithin(options.answerTimeoutMs ?? KIS_DEFAULTS.answerTimeoutMs, transport),
    timeoutMs: options.timeoutMs ?? KIS_DEFAULTS.timeoutMs,
    retries: options.retries ?? KIS_DEFAULTS.retries,
    retryDelayMs: options.retryDelayMs ?? KIS_DEFAULTS.retryDelayMs,
    onEvent: options.onEvent,
    foreignMiddleware: false,
    sensitive: ["account"],
    async prepare(operation, input) {
      const wantsToken = Object.values(operation.from ?? {}).includes("token");
      return toWire(operation, input, baggage, wantsToken ? (await heldToken())?.value : undefined);
    },
    async sign({ operation, headers, signal }) {
      for (const [name, word] of Object.entries(operation.headers ?? {})) headers.set(name, credentials[word] ?? "");
      let token: Token | undefined;
      if (operation.auth !== "none") {
        token = await tokens.get();
        headers.set("authorization", `Bearer ${token.value}`);
        headers.set("appkey", appKey);
        headers.set("appsecret", appSecret);
        if (corporate) headers.set("personalseckey", corporate.personalSecKey);
        signal.throwIfAborted();
      }
      await gate?.turn(operation.path, signal);
      return token ? { refuse: () => tokens.invalidate(token) } : {};
    },
    read(answer) {
      try {
        return verdict(answer);
      } catch (error) {
        if (error instanceof AnswerError) gate?.refused(answer.operation.path, error.code);
        throw error;
      }
    },
    secrets: () => secretsOf(baggage),
  };
}
