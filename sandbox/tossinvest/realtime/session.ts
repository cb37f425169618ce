import { isRecord } from "../../shared/json.js";
import type { Peer, ServedSession } from "../../web-sockets/types.js";
import { instrumentOf } from "../accounts.js";

const MOST_TOPICS = 100;
const DECLARATIONS_PER_SECOND = 5;

/** Types of topics, and what stands behind them. */
const TYPES = ["trade:kr", "trade:us", "orderbook:kr", "orderbook:us", "personal:order"];

export interface SessionContext {
  now(): number;
  isSilent(): boolean;
  said(text: string): void;
  /** Why a topic cannot be had. */
  rejection(topic: string): string | undefined;
  ended(session: Session): void;
}

/** One connection, and what was declared on it last. */
export class Session implements ServedSession {
  readonly #peer: Peer;
  readonly #context: SessionContext;
  #topics: readonly string[] = [];
  /** By the clock of the machine: a clock that stands still would let nobody declare. */
  #declaredAt: number[] = [];
  #isOver = false;
  heardAt: number;

  constructor(peer: Peer, context: SessionContext) {
    this.#peer = peer;
    this.#context = context;
    this.heardAt = context.now();
  }

  get topics(): readonly string[] {
    return this.#topics;
  }

  receive(text: string): void {
    if (this.#isOver) return;
    this.heardAt = this.#context.now();
    this.#context.said(text);
    if (text === "PING") this.#answer({ type: "pong" });
    else this.#declared(text);
  }

  send(text: string): void {
    if (!this.#isOver && !this.#context.isSilent()) this.#peer.send(text);
  }

  drop(): void {
    if (this.#isOver) return;
    this.closed();
    this.#peer.drop();
  }

  closed(): void {
    this.#isOver = true;
    this.#context.ended(this);
  }

  #answer(message: object): void {
    this.send(JSON.stringify(message));
  }

  #declared(text: string): void {
    const declared = readDeclaration(text);
    const { id } = declared;
    const refuse = (code: string) =>
      this.#answer({ type: "error", error: { code, message: code }, ...(id !== undefined && { id }) });
    const now = performance.now();
    this.#declaredAt = [...this.#declaredAt.filter((at) => at > now - 1_000), now];
    if (this.#declaredAt.length > DECLARATIONS_PER_SECOND) {
      refuse("rate-limit-exceeded");
      return;
    }
    if ("flaw" in declared) {
      refuse(declared.flaw);
      return;
    }
    const rejected = declared.topics.flatMap((target) => {
      const code = this.#context.rejection(target);
      return code === undefined ? [] : [{ target, code, message: code }];
    });
    const refused = new Set(rejected.map(({ target }) => target));
    this.#topics = declared.topics.filter((topic) => !refused.has(topic));
    this.#answer({
      type: "subscriptions",
      ...(id !== undefined && { id }),
      subscribed: this.#topics,
      ...(rejected.length > 0 && { rejected }),
    });
  }
}

type Declaration = { id: unknown } & ({ topics: string[] } | { flaw: string });

/** `[{ id }, { type, codes }, …]` */
function readDeclaration(text: string): Declaration {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {}
  if (!Array.isArray(list) || !list.every(isRecord)) return { id: undefined, flaw: "wrong-format" };
  const id = list.find((entry) => "id" in entry && !("type" in entry))?.id;
  const topics = new Set<string>();
  for (const entry of list) {
    if ("id" in entry && !("type" in entry)) continue;
    const { type, codes } = entry;
    if (type === undefined) return { id, flaw: "no-type" };
    if (!TYPES.includes(String(type))) return { id, flaw: "invalid-type" };
    if (!Array.isArray(codes) || codes.length === 0) return { id, flaw: "no-codes" };
    for (const code of codes) topics.add(`${type}:${code}`);
  }
  return topics.size > MOST_TOPICS ? { id, flaw: "too-many-topics" } : { id, topics: [...topics] };
}

/** Why a topic of a right type cannot be had. */
export function rejectionOf(topic: string, isAccount: (seq: string) => boolean): string | undefined {
  const [, type = "", code = ""] = /^(.*):(.*)$/.exec(topic) ?? [];
  if (type === "personal:order") return isAccount(code) ? undefined : "account-not-found";
  const instrument = instrumentOf(code);
  if (!instrument) return "stock-not-found";
  const market = instrument.currency === "KRW" ? "kr" : "us";
  return type.endsWith(`:${market}`) ? undefined : "symbol-market-mismatch";
}
