import { isRecord, type Json } from "../../shared/json.js";
import type { Peer, ServedSession } from "../../web-sockets/types.js";
import type { FoundStock, Item, Market, RealtimeSource, SandboxCondition } from "./source.js";

/** Feeds of the account: whatever the item says. */
export const ACCOUNT_TYPES: readonly string[] = ["00", "04", "F4", "F5"];
const TYPES: Readonly<Record<Market, readonly string[]>> = {
  domestic: ["0A", "0B", "0C", "0D", "0E", "0F", "0G", "0H", "0I", "0J", "0U", "0g", "0m", "0s", "0u", "0w", "1h"],
  us: ["FE", "FT"],
};
/** Whose items may be blank. */
const ANY_ITEM: readonly string[] = [...ACCOUNT_TYPES, "0I", "0s", "1h"];
const MOST_WATCHED = 10;
const PAGE_SIZE = 100;

export interface Refusal {
  code: string;
  message: string;
}

export interface SessionContext {
  market: Market;
  source: RealtimeSource;
  said(text: string): void;
  isSilent(): boolean;
  /** How the next message of that name is to be refused. */
  planned(trnm: string): Refusal | undefined;
  ended(session: Session): void;
}

/** What stands in a group: one type of one item. */
export interface Registered {
  group: string;
  type: string;
  item: Item;
}

/** One connection: its login, its groups and the conditions that it watches. */
export class Session implements ServedSession {
  readonly #peer: Peer;
  readonly #context: SessionContext;
  readonly #registered = new Map<string, Registered>();
  readonly #watched = new Set<string>();
  #isLoggedIn = false;
  #hasList = false;
  #isOver = false;
  /** PINGs that were not sent back yet. */
  pings = 0;

  constructor(peer: Peer, context: SessionContext) {
    this.#peer = peer;
    this.#context = context;
  }

  get market(): Market {
    return this.#context.market;
  }

  get isLoggedIn(): boolean {
    return this.#isLoggedIn;
  }

  get registered(): readonly Registered[] {
    return [...this.#registered.values()];
  }

  get watched(): readonly string[] {
    return [...this.#watched];
  }

  receive(text: string): void {
    if (this.#isOver) return;
    this.#context.said(text);
    const message = read(text);
    if (message?.trnm === "PING") {
      this.pings = Math.max(0, this.pings - 1);
    } else if (message?.trnm === "LOGIN") {
      this.#login(message);
    } else if (!this.#isLoggedIn) {
      this.end("R10004", "LOGIN 없음");
    } else {
      this.#answer(message ?? {});
    }
  }

  send(text: string): void {
    if (!this.#isOver && !this.#context.isSilent()) this.#peer.send(text);
  }

  ping(): void {
    this.pings += 1;
    this.send(PING);
  }

  /** Says why, and breaks. */
  end(code: string, message: string): void {
    this.send(JSON.stringify({ trnm: "SYSTEM", code, message }));
    this.drop();
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

  #login({ token }: Json): void {
    const planned = this.#context.planned("LOGIN");
    const isGood = typeof token === "string" && this.#context.source.isGood(token);
    const refusal = planned ?? (isGood ? undefined : { code: "8005", message: "Token이 유효하지 않습니다" });
    if (refusal) {
      this.#refuse("LOGIN", refusal, 3);
      this.drop();
      return;
    }
    this.#isLoggedIn = true;
    this.#say("LOGIN", { sor_yn: "Y" });
  }

  #answer(message: Json): void {
    const trnm = String(message.trnm);
    const planned = this.#context.planned(trnm);
    const name = this.market === "us" ? trnm.replace(/^G(?=CNSR)/, "") : trnm;
    const refusal = planned ?? this.#carriedOut(name, trnm, message);
    if (refusal) this.#refuse(trnm, refusal, 2, message.seq);
  }

  /** @returns why not */
  #carriedOut(name: string, trnm: string, message: Json): Refusal | undefined {
    switch (name) {
      case "REG":
        return this.#register(message);
      case "REMOVE":
        return this.#remove(message);
      case "CNSRLST":
        this.#hasList = true;
        this.#say(trnm, { data: this.#conditions.map(({ seq, name: title }) => [seq, title]) });
        return undefined;
      case "CNSRREQ":
        return this.#search(trnm, message);
      case "CNSRCLR":
        return this.#clear(trnm, message);
      default:
        return { code: "1505", message: `${trnm}은 없는 서비스명입니다` };
    }
  }

  #register({ grp_no, refresh, data }: Json): Refusal | undefined {
    if (typeof grp_no !== "string" || !/^.{1,4}$/.test(grp_no)) return missing("grp_no");
    if (refresh !== "0" && refresh !== "1") return missing("refresh");
    const wanted = this.#wanted(grp_no, data);
    if ("code" in wanted) return wanted;
    if (refresh === "0") {
      for (const [name, { group }] of this.#registered) if (group === grp_no) this.#registered.delete(name);
    }
    for (const one of wanted.list) this.#registered.set(nameOf(one), one);
    this.#say("REG", {});
    return undefined;
  }

  #remove({ grp_no, data }: Json): Refusal | undefined {
    if (typeof grp_no !== "string") return missing("grp_no");
    const wanted = this.#wanted(grp_no, data);
    if ("code" in wanted) return wanted;
    for (const one of wanted.list) this.#registered.delete(nameOf(one));
    this.#say("REMOVE", {});
    return undefined;
  }

  /** Every item in every type of its entry. */
  #wanted(group: string, data: unknown): Refusal | { list: Registered[] } {
    if (!Array.isArray(data) || !data.every(isRecord)) return missing("data");
    const list: Registered[] = [];
    for (const { item, type } of data) {
      if (!Array.isArray(item) || item.length === 0 || item.length > 100) return missing("item");
      if (!Array.isArray(type) || type.length === 0) return missing("type");
      for (const one of type.map(String)) {
        for (const element of item.map(itemOf)) {
          const flaw = element ? this.#flaw(one, element) : missing("item");
          if (flaw) return flaw;
          if (element) list.push({ group, type: one, item: element });
        }
      }
    }
    return { list };
  }

  #flaw(type: string, item: Item): Refusal | undefined {
    const isOwn = ACCOUNT_TYPES.includes(type) && (this.market === "us") === type.startsWith("F");
    if (!isOwn && !TYPES[this.market].includes(type)) return { code: "1517", message: `type ${type}` };
    if (isOwn || (item.code === "" && ANY_ITEM.includes(type))) return undefined;
    if (item.code === "" || (item.exchange === undefined) === (this.market === "us")) return missing("item");
    return this.#context.source.knows(type, item) ? undefined : { code: "1902", message: "종목 정보가 없습니다" };
  }

  #search(trnm: string, { seq, search_type, stex_tp, cont_yn, next_key }: Json): Refusal | undefined {
    if (!this.#hasList) return { code: "1517", message: "조건검색 목록조회를 먼저 요청해야 합니다" };
    const condition = this.#conditionCalled(seq);
    if (!condition) return { code: "1517", message: "seq 조건검색식이 없습니다" };
    if (this.market === "domestic" && stex_tp !== "K") return missing("stex_tp");
    if (search_type === "1") return this.#watch(trnm, condition);
    if (search_type !== "0") return missing("search_type");
    const from = cont_yn === "Y" ? Number(next_key) : 0;
    const hasMore = from + PAGE_SIZE < condition.stocks.length;
    this.#say(trnm, {
      ...this.#seqOf(condition),
      cont_yn: hasMore ? "Y" : "N",
      next_key: hasMore ? String(from + PAGE_SIZE) : "",
      data: condition.stocks.slice(from, from + PAGE_SIZE).map(rowOf),
    });
    return undefined;
  }

  #watch(trnm: string, condition: SandboxCondition): Refusal | undefined {
    if (this.#watched.size >= MOST_WATCHED) return { code: "1700", message: "허용된 요청 개수를 초과하였습니다" };
    this.#watched.add(condition.seq);
    const data = condition.stocks.map(({ code, exchange }) => ({
      jmcode: code,
      ...(exchange !== undefined && { stex_tp: exchange }),
    }));
    this.#say(trnm, { ...this.#seqOf(condition), data });
    return undefined;
  }

  #clear(trnm: string, { seq }: Json): Refusal | undefined {
    const condition = this.#conditionCalled(seq);
    if (!condition || !this.#watched.delete(condition.seq)) return missing("seq");
    // As the examples of the US document have it.
    this.#say(trnm === "GCNSRCLR" ? "GCNSRREQ" : trnm, this.#seqOf(condition));
    return undefined;
  }

  get #conditions(): readonly SandboxCondition[] {
    return this.#context.source.conditions(this.market);
  }

  #conditionCalled(seq: unknown): SandboxCondition | undefined {
    return this.#conditions.find((condition) => condition.seq === seq);
  }

  /** Examples have blanks behind it. */
  #seqOf({ seq }: SandboxCondition): object {
    return { seq: seq.padEnd(3) };
  }

  #say(trnm: string, more: object): void {
    this.send(JSON.stringify({ trnm, return_code: 0, return_msg: "", ...more }));
  }

  #refuse(trnm: string, { code, message }: Refusal, return_code: number, seq?: unknown): void {
    const return_msg = `${message}[${code}:${message}]`;
    this.send(JSON.stringify({ trnm, return_code, return_msg, ...(seq !== undefined && { seq }) }));
  }
}

const PING = JSON.stringify({ trnm: "PING" });

function nameOf({ type, item }: Registered): string {
  return `${type} ${ACCOUNT_TYPES.includes(type) ? "" : `${item.exchange ?? ""}:${item.code}`}`;
}

function itemOf(element: unknown): Item | undefined {
  if (typeof element === "string") return { code: element };
  if (!isRecord(element)) return undefined;
  const { jmcode, stex_tp } = element;
  return typeof jmcode === "string" && typeof stex_tp === "string" ? { code: jmcode, exchange: stex_tp } : undefined;
}

function rowOf({ code, exchange, values = {} }: FoundStock): object {
  return { "9001": code, ...values, ...(exchange !== undefined && { stex_tp: exchange }) };
}

function missing(name: string): Refusal {
  return { code: "1511", message: `필수 입력 파라미터=${name}` };
}

function read(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
