import type { Book } from "../../exchange/book/book.js";
import type { BookEvent } from "../../exchange/book/order.js";
import { bearerToken } from "../../shared/authorization.js";
import type { Clock } from "../../shared/clock.js";
import type { Json } from "../../shared/json.js";
import type { Peer, ServedSession, WebSocketServerSide } from "../../web-sockets/types.js";
import { instrumentOf } from "../accounts.js";
import type { Brokerage } from "../brokerage.js";
import type { TossinvestRealtime, TossinvestSession } from "../controls.js";
import { dateTime, decimal } from "../format.js";
import { orderView } from "../order-view.js";
import { orderbookOf } from "../quotes.js";
import { rejectionOf, Session } from "./session.js";

/** A third connection closes the oldest. */
const MOST_SESSIONS = 2;
/** Without a word of the client for so long the connection ends. */
const QUIET_MS = 180_000;

/** Events that are told of, by what became of an order. Others are not known. */
const EVENTS: Partial<Record<BookEvent["type"], string>> = { filled: "FILL", rejected: "REJECTED" };

/** The server of the web socket. */
export class Server implements TossinvestRealtime, WebSocketServerSide {
  readonly #brokerage: Brokerage;
  readonly #clock: Clock;
  readonly #isGood: (token: string) => boolean;
  readonly #sessions = new Set<Session>();
  readonly #messages: string[] = [];
  #isOffline = false;
  #isSilent = false;

  /** @param isGood whether a token counts */
  constructor(brokerage: Brokerage, clock: Clock, isGood: (token: string) => boolean) {
    this.#brokerage = brokerage;
    this.#clock = clock;
    this.#isGood = isGood;
  }

  get sessions(): TossinvestSession[] {
    return [...this.#sessions].map(({ topics }) => ({ topics }));
  }

  get messages(): string[] {
    return [...this.#messages];
  }

  connect(peer: Peer, headers: Headers): ServedSession | undefined {
    const token = bearerToken(headers.get("authorization"));
    if (this.#isOffline || token === undefined || !this.#isGood(token)) return undefined;
    const [oldest] = this.#sessions;
    if (oldest && this.#sessions.size >= MOST_SESSIONS) oldest.drop();
    const session = new Session(peer, {
      now: this.#clock,
      isSilent: () => this.#isSilent,
      said: (text) => this.#messages.push(text),
      rejection: (topic) => rejectionOf(topic, (account) => this.#brokerage.book(account) !== undefined),
      ended: (ended) => this.#sessions.delete(ended),
    });
    this.#sessions.add(session);
    return session;
  }

  tick(moves = 1): number {
    let left = 0;
    for (let move = 0; move < moves; move++) {
      const topics = new Set([...this.#sessions].flatMap((session) => session.topics));
      for (const topic of topics) left += this.#move(topic);
    }
    return left;
  }

  publish(topic: string, data: Json): number {
    this.#sweep();
    const wanted = [...this.#sessions].filter((session) => session.topics.includes(topic));
    const text = JSON.stringify({ type: "message", topic, data });
    for (const session of wanted) session.send(text);
    return wanted.length;
  }

  send(text: string): void {
    for (const session of this.#sessions) session.send(text);
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

  /** Something became of an order. */
  told({ type, account, order }: BookEvent, book: Book): void {
    const event = EVENTS[type];
    if (event === undefined) return;
    const view = orderView(order, book, this.#brokerage.rejected);
    this.publish(`personal:order:${account}`, { event, accountSeq: account, order: view });
  }

  reset(): void {
    this.drop();
    this.#messages.length = 0;
    this.#isOffline = false;
    this.#isSilent = false;
  }

  #move(topic: string): number {
    const [kind, , symbol = ""] = topic.split(":");
    const instrument = kind === "personal" ? undefined : instrumentOf(symbol);
    if (!instrument) return 0;
    if (kind === "orderbook") return this.publish(topic, orderbookOf(instrument, this.#brokerage));
    const { at, price, volume } = this.#brokerage.market.trade(instrument);
    return this.publish(topic, {
      price: decimal(price),
      volume: decimal(volume),
      timestamp: dateTime(at),
      currency: instrument.currency,
    });
  }

  #sweep(): void {
    const now = this.#clock();
    for (const session of this.#sessions) if (now - session.heardAt > QUIET_MS) session.drop();
  }
}
