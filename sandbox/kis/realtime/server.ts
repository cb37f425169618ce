import type { BookEvent } from "../../exchange/book/order.js";
import type { Instrument } from "../../exchange/market/instrument.js";
import type { Market, Trade } from "../../exchange/market/market.js";
import type { Clock } from "../../shared/clock.js";
import type { Peer } from "../../web-sockets/types.js";
import type { Account } from "../account.js";
import { type Environment, HTS_ID } from "../credentials.js";
import type { EnvironmentState } from "../environment-state.js";
import { type ControlCode, isControlCode } from "./control-codes.js";
import type { KisRealtime, KisRealtimeMessage, KisRealtimeOptions, KisRecord, PublishOptions } from "./controls.js";
import { FeedSource } from "./feed-source.js";
import { type Feeds, instrumentOf } from "./feeds.js";
import type { Records } from "./messages.js";
import { noticeOf } from "./notices.js";
import { type Holder, Session, type SessionContext } from "./session.js";

export interface ServerSettings {
  feeds: Feeds;
  states: readonly EnvironmentState[];
  market: Market;
  clock: Clock;
  seed: string | number;
  logLimit: number;
  options: KisRealtimeOptions;
}

/** Three digits say how many records a frame holds. */
const MOST_RECORDS = 999;

/** The realtime server of both environments: the approval key says which one is meant. */
export class Server implements KisRealtime {
  readonly #settings: ServerSettings;
  readonly #sessions = new Set<Session>();
  readonly #server: SessionContext;
  /** The last frame of each feed and key. */
  readonly #latest = new Map<string, Records>();
  readonly #refusals: ControlCode[] = [];
  readonly #source: FeedSource;
  #messages: KisRealtimeMessage[] = [];
  #opened = 0;
  #isOffline = false;
  #isSilent = false;
  #replays: boolean;

  constructor(settings: ServerSettings) {
    const { states, feeds, market, clock, seed, options } = settings;
    this.#settings = settings;
    this.#replays = options.replay ?? false;
    this.#source = new FeedSource(market, seed);
    this.#server = {
      registrations: options.registrations ?? 41,
      answerMs: options.answerMs ?? 100_000,
      isSilent: () => this.#isSilent,
      now: clock,
      holderOf: (approvalKey) => holderOf(states, approvalKey),
      isHeld: ({ appKey }, by) =>
        [...this.#sessions].some((session) => session !== by && session.holder?.appKey === appKey),
      feedOf: (environment, trId) => feeds[environment].get(trId),
      refusal: () => this.#refusals.shift(),
      replayOf: (trId, trKey) => (this.#replays ? this.#latest.get(`${trId} ${trKey}`) : undefined),
      ended: (session) => this.#sessions.delete(session),
    };
    for (const state of states) state.listen((event) => this.#ordered(event, state.environment));
  }

  /** Undefined while nobody can. */
  connect(peer: Peer): Pick<Session, "receive" | "closed"> | undefined {
    if (this.#isOffline) return undefined;
    const session = new Session(peer, this.#server, `${this.#settings.seed}/realtime/${this.#opened++}`);
    this.#sessions.add(session);
    return {
      receive: (text) => {
        this.#log(text);
        session.receive(text);
      },
      closed: () => session.closed(),
    };
  }

  get sessions() {
    return [...this.#sessions].map(({ holder, subscriptions }) => ({
      environment: holder?.environment,
      appKey: holder?.appKey,
      subscriptions: subscriptions.map(({ trId, trKey }) => ({ trId, trKey })),
    }));
  }

  get messages() {
    return this.#messages;
  }

  tick(moves = 1): number {
    const { market, states } = this.#settings;
    for (const account of accountsOf(states)) account.settle(market.now);
    const wanted = this.#wanted();
    const instruments = new Map(wanted.map(({ instrument }) => [instrument.id, instrument]));
    const records: string[][] = wanted.map(() => []);
    for (let move = 0; move < moves; move++) {
      const trades = new Map([...instruments].map(([id, instrument]) => [id, this.#trade(instrument)]));
      wanted.forEach(({ feed, trKey, instrument }, place) => {
        records[place]?.push(this.#source.record(feed, trKey, { trade: trades.get(instrument.id) }));
      });
    }
    let frames = 0;
    wanted.forEach(({ trId, trKey }, place) => {
      const all = records[place] ?? [];
      for (let at = 0; at < all.length; at += MOST_RECORDS) {
        const some = all.slice(at, at + MOST_RECORDS);
        this.#deliver({ trId, trKey, encrypted: false, count: some.length, payload: some.join("^") });
        frames += 1;
      }
    });
    return frames;
  }

  publish(
    trId: string,
    trKey: string,
    records: string | KisRecord | readonly KisRecord[],
    { count, extra = [] }: PublishOptions = {},
  ): number {
    const { real, mock } = this.#settings.feeds;
    const feed = real.get(trId) ?? mock.get(trId);
    if (!feed) throw new Error(`There is no feed ${trId}`);
    const { encrypted } = feed;
    if (typeof records === "string")
      return this.#deliver({ trId, trKey, encrypted, count: count ?? 1, payload: records });
    const list = [records].flat() as readonly KisRecord[];
    const unknown = list.flatMap((record) => Object.keys(record)).find((name) => !feed.columns.includes(name));
    if (unknown !== undefined) throw new Error(`${trId} has no column ${unknown}`);
    const texts = list.map((given) => [this.#source.record(feed, trKey, { given }), ...extra].join("^"));
    return this.#deliver({ trId, trKey, encrypted, count: count ?? list.length, payload: texts.join("^") });
  }

  send(text: string): void {
    for (const session of this.#sessions) session.send(text);
  }

  heartbeat(): void {
    for (const session of [...this.#sessions]) session.heartbeat();
  }

  drop(): number {
    const sessions = [...this.#sessions];
    for (const session of sessions) session.drop();
    return sessions.length;
  }

  offline(on: boolean): void {
    this.#isOffline = on;
  }

  silence(on: boolean): void {
    this.#isSilent = on;
  }

  replay(on: boolean): void {
    this.#replays = on;
  }

  refuseNext(code: string, times = 1): void {
    if (!isControlCode(code)) throw new Error(`refuseNext: ${code} is no code of KIS's web socket, such as OPSP0007`);
    for (let left = times; left > 0; left--) this.#refusals.push(code);
  }

  forgetApprovalKeys(): void {
    for (const { approvals } of this.#settings.states) approvals.clear();
  }

  start(): () => void {
    const { tickMs = 1_000, heartbeatMs = 10_000 } = this.#settings.options;
    const timers = [setInterval(() => this.tick(), tickMs), setInterval(() => this.heartbeat(), heartbeatMs)];
    return () => {
      for (const timer of timers) clearInterval(timer);
    };
  }

  reset(): void {
    this.drop();
    this.forgetApprovalKeys();
    this.#latest.clear();
    this.#refusals.length = 0;
    this.#messages = [];
    this.#source.reset();
    this.#opened = 0;
    this.#isOffline = false;
    this.#isSilent = false;
    this.#replays = this.#settings.options.replay ?? false;
  }

  #ordered(event: BookEvent, environment: Environment): void {
    const notice = noticeOf(event, environment);
    const feed = notice && this.#settings.feeds[environment].get(notice.trId);
    if (!feed) return;
    const payload = this.#source.record(feed, HTS_ID, { given: notice.values });
    this.#deliver({ trId: notice.trId, trKey: HTS_ID, encrypted: feed.encrypted, count: 1, payload });
  }

  /** What anybody has subscribed to of the market. */
  #wanted() {
    const subscriptions = [...this.#sessions].flatMap(({ subscriptions }) => subscriptions);
    const named = new Map(
      subscriptions.map((subscription) => [`${subscription.trId} ${subscription.trKey}`, subscription]),
    );
    return [...named].flatMap(([name, { feed, trId, trKey }]) => {
      const instrument = instrumentOf(feed, trKey);
      return instrument ? [{ name, feed, trId, trKey, instrument }] : [];
    });
  }

  #trade(instrument: Instrument): Trade {
    const { market, states } = this.#settings;
    const trade = market.trade(instrument);
    for (const { book } of accountsOf(states)) book.traded(instrument, trade.price);
    return trade;
  }

  #deliver(records: Records): number {
    this.#latest.set(`${records.trId} ${records.trKey}`, records);
    let reached = 0;
    for (const session of this.#sessions) if (session.deliver(records)) reached += 1;
    return reached;
  }

  #log(text: string): void {
    this.#messages.push({ text, at: this.#settings.clock() });
    if (this.#messages.length > this.#settings.logLimit) this.#messages.shift();
  }
}

function accountsOf(states: readonly EnvironmentState[]): readonly Account[] {
  return states.flatMap(({ accounts }) => accounts);
}

function holderOf(states: readonly EnvironmentState[], approvalKey: string): Holder | undefined {
  for (const { environment, approvals } of states) {
    const appKey = approvals.appKeyOf(approvalKey);
    if (appKey !== undefined) return { environment, appKey };
  }
  return undefined;
}
