import type { Peer, ServedSession, WebSocketServerSide } from "../../web-sockets/types.js";
import { ACCOUNT_TYPES, type Refusal, type Registered, Session } from "./session.js";
import type { Item, Market, RealtimeSource, Values } from "./source.js";

/** Where a socket opens, and which it is. */
const PATHS: Readonly<Record<string, Market>> = { "/api/dostk/websocket": "domestic", "/api/us/websocket": "us" };

/** What records of a type are called in frames of US feeds. Elsewhere the name is of no use to anybody. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ F4: "해외주식주문", F5: "해외주식체결", FE: "미국체결", FT: "미국10호가", "0B": "주식체결" },
};

/** A connection as the server sees it. */
export interface KiwoomSession {
  readonly market: Market;
  readonly isLoggedIn: boolean;
  readonly registered: readonly Registered[];
  /** Conditions that are watched. */
  readonly watched: readonly string[];
  /** PINGs that were not sent back yet. */
  readonly pings: number;
}

/** One record to send. */
export interface KiwoomRecord {
  type: string;
  item?: string;
  /** Of US stocks. */
  exchange?: string;
  values: Values;
}

/** Controls of the web sockets. */
export interface KiwoomRealtime {
  /** Open connections, oldest first. */
  readonly sessions: readonly KiwoomSession[];
  /** What clients said, oldest first. */
  readonly messages: readonly string[];
  /** The market moves so many times: everything that is registered says something once each time. @returns how many frames left */
  tick(moves?: number): number;
  /** Sends records in one frame to everybody who has registered any of them; nobody gets others. @returns how many sessions it went to */
  publish(records: KiwoomRecord | readonly KiwoomRecord[]): number;
  /** A stock comes into a condition or leaves it. @returns how many sessions it went to */
  signal(market: Market, seq: string, code: string, kind: "I" | "D", exchange?: string): number;
  /** Asks every session for a sign of life. */
  ping(): void;
  /** Sends a text as it is to every session. */
  send(text: string): void;
  /** Ends every session with a SYSTEM message, such as `R10005`. @returns how many there were */
  system(code: string, message?: string): number;
  /** Breaks every connection, without a goodbye. @returns how many there were */
  drop(): number;
  /** From now on nobody can connect, or can again. */
  offline(on: boolean): void;
  /** From now on nothing is sent at all, while connections stay open, or everything is again. */
  silence(on: boolean): void;
  /** How the next messages of that name are answered: `LOGIN`, `REG`, `CNSRREQ` … */
  refuseNext(trnm: string, code: string, times?: number): void;
}

/** The server of both web sockets. */
export class Server implements KiwoomRealtime, WebSocketServerSide {
  readonly #source: RealtimeSource;
  readonly #sessions = new Set<Session>();
  readonly #messages: string[] = [];
  readonly #planned: (Refusal & { trnm: string })[] = [];
  #isOffline = false;
  #isSilent = false;

  constructor(source: RealtimeSource) {
    this.#source = source;
  }

  get sessions(): KiwoomSession[] {
    return [...this.#sessions].map(({ market, isLoggedIn, registered, watched, pings }) => {
      return { market, isLoggedIn, registered, watched, pings };
    });
  }

  get messages(): string[] {
    return [...this.#messages];
  }

  connect(peer: Peer, _: Headers, path: string): ServedSession | undefined {
    const market = PATHS[path];
    if (market === undefined || this.#isOffline) return undefined;
    const session = new Session(peer, {
      ...{ market, source: this.#source },
      said: (text) => this.#messages.push(text),
      isSilent: () => this.#isSilent,
      planned: (trnm) => this.#take(trnm),
      ended: (ended) => this.#sessions.delete(ended),
    });
    this.#sessions.add(session);
    return session;
  }

  tick(moves = 1): number {
    let left = 0;
    for (let move = 0; move < moves; move++) {
      for (const { type, item } of this.#everything()) {
        const values = this.#source.move(type, item);
        const of = { item: item.code, ...(item.exchange !== undefined && { exchange: item.exchange }) };
        if (values) left += this.publish({ type, ...of, values });
      }
    }
    return left;
  }

  publish(given: KiwoomRecord | readonly KiwoomRecord[]): number {
    const records = Array.isArray(given) ? (given as readonly KiwoomRecord[]) : [given as KiwoomRecord];
    let count = 0;
    for (const session of this.#sessions) {
      const wanted = records.filter((record) => session.registered.some((one) => isOf(one, record)));
      if (wanted.length === 0) continue;
      session.send(frameOf(wanted));
      count += 1;
    }
    return count;
  }

  signal(market: Market, seq: string, code: string, kind: "I" | "D", exchange?: string): number {
    const values = { "841": seq, "9001": code, "843": kind, "20": "100000", "907": kind === "I" ? "2" : "1" };
    const type = market === "us" ? "S2" : "02";
    const wanted = [...this.#sessions].filter((session) => session.market === market && session.watched.includes(seq));
    const frame = frameOf([{ type, item: code, values, ...(exchange !== undefined && { exchange }) }]);
    for (const session of wanted) session.send(frame);
    return wanted.length;
  }

  ping(): void {
    for (const session of this.#sessions) session.ping();
  }

  send(text: string): void {
    for (const session of this.#sessions) session.send(text);
  }

  system(code: string, message = code): number {
    const all = [...this.#sessions];
    for (const session of all) session.end(code, message);
    return all.length;
  }

  drop(): number {
    const all = [...this.#sessions];
    for (const session of all) session.drop();
    return all.length;
  }

  offline(on: boolean): void {
    this.#isOffline = on;
  }

  silence(on: boolean): void {
    this.#isSilent = on;
  }

  refuseNext(trnm: string, code: string, times = 1): void {
    for (let time = 0; time < times; time++) this.#planned.push({ trnm, code, message: "거부되었습니다" });
  }

  reset(): void {
    this.drop();
    this.#messages.length = 0;
    this.#planned.length = 0;
    this.#isOffline = false;
    this.#isSilent = false;
  }

  #take(trnm: string): Refusal | undefined {
    const at = this.#planned.findIndex((planned) => planned.trnm === trnm);
    return at < 0 ? undefined : this.#planned.splice(at, 1)[0];
  }

  /** What is registered by anybody, each once. */
  #everything(): { type: string; item: Item }[] {
    const all = new Map<string, { type: string; item: Item }>();
    for (const session of this.#sessions) {
      for (const { type, item } of session.registered) all.set(`${type} ${item.exchange} ${item.code}`, { type, item });
    }
    return [...all.values()];
  }
}

/** Items of the account say nothing. A blank one stands for all there are. */
function isOf({ type, item }: Registered, record: KiwoomRecord): boolean {
  if (type !== record.type) return false;
  if (ACCOUNT_TYPES.includes(type) || item.code === "") return true;
  return item.code === record.item && item.exchange === record.exchange;
}

function frameOf(records: readonly KiwoomRecord[]): string {
  const data = records.map(({ type, item = "", exchange, values }) => ({
    ...{ type, name: NAMES[type] ?? type, item, values },
    ...(exchange !== undefined && { stexTp: exchange }),
  }));
  return JSON.stringify({ trnm: "REAL", data });
}
