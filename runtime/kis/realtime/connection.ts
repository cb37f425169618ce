import { emit, type RealtimeEvent } from "../../call/events.js";
import type { KofinError } from "../../errors/kofin-error.js";
import { adviceOf } from "../advice.js";
import type { LiveAccess } from "./access.js";
import { type Control, parseControl, SUBSCRIBE, subscription, UNSUBSCRIBE } from "./control.js";
import { RealtimeError } from "./error.js";
import { parseFrame } from "./frame.js";
import { Inbox } from "./inbox.js";
import { Outbox } from "./outbox.js";
import { isFinal, Patience } from "./patience.js";
import type { Registration } from "./registration.js";
import { Routes } from "./routes.js";
import { hangUp, type Socket, socketMaker } from "./socket.js";
import { Timers } from "./timers.js";

/** The subscription stands, although it was there already, or the app key is frowned upon. */
const STANDS = ["OPSP0000", "OPSP0002", "OPSP0010"];
/** Answers to those who leave. */
const GIVEN_UP = ["OPSP0001", "OPSP0003"];
/** The approval key is not known any more. */
const KEY_REFUSED = "OPSP0011";
/** Nobody has that HTS id; the answer does not say which subscription it is about. */
const HTS_ID_REFUSED = "OPSP0017";
/** Another session holds the app key: a new approval key does not help, only waiting or closing the other. */
const IN_USE = "OPSP8996";

/** What one socket is used with. */
interface Session {
  readonly socket: Socket;
  readonly inbox: Inbox;
  readonly timers: Timers;
  /** Absent until the socket is open. */
  outbox?: Outbox;
  openedAt: number;
  heardAt: number;
  /** Subscriptions that have left and are not answered yet, oldest first. */
  readonly unanswered: Set<Registration>;
}

/**
 * The one connection of an app key: opens with the first subscription, closes with the last, and in between comes back by itself.
 * Messages of a socket that was given up are not heard any more, so that nothing is delivered twice.
 */
export class Connection {
  readonly #access: LiveAccess;
  readonly #routes = new Routes();
  readonly #patience: Patience;
  #session: Session | undefined;
  /** What the session before has received is delivered before the next one says what was missed. */
  #leftovers: Promise<void> = Promise.resolve();
  /** The next attempt: when its timer ends, or it is on its way. */
  #next: ReturnType<typeof setTimeout> | "opening" | undefined;
  #approvalKey = "";
  #keyIs: "good" | "refused" | "new" = "good";

  constructor(access: LiveAccess) {
    this.#access = access;
    this.#patience = new Patience(access.settings);
  }

  get size(): number {
    return this.#routes.size;
  }

  get(trId: string, key: string): Registration | undefined {
    return this.#routes.get(trId, key);
  }

  add(registration: Registration): void {
    this.#routes.add(registration);
    if (this.#session?.outbox) this.#subscribe(this.#session, registration);
    else if (!this.#session) this.#next ??= this.#openIn(0);
  }

  /** Gives a registration up; with the last one the session ends. */
  remove(registration: Registration): void {
    if (!this.#isWanted(registration)) return;
    this.#routes.remove(registration);
    this.#session?.unanswered.delete(registration);
    if (this.#routes.size === 0) this.#close();
    else if (registration.state !== "wanted") this.#tell(UNSUBSCRIBE, registration);
  }

  #openIn(ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#next = "opening";
      this.#open().catch((error) => this.#failed(error));
    }, ms);
  }

  async #open(): Promise<void> {
    const { url, settings } = this.#access;
    const renew = this.#keyIs === "refused";
    this.#approvalKey = await this.#access.approvalKey(renew);
    if (renew) this.#keyIs = "new";
    const Maker = await socketMaker(settings.webSocket);
    await this.#leftovers;
    this.#next = undefined;
    if (this.#routes.size === 0) return;
    const socket = new Maker(url);
    const now = Date.now();
    const inbox = new Inbox(this.#routes, (event) => this.#event(event));
    const session: Session = {
      socket,
      inbox,
      timers: new Timers(),
      unanswered: new Set(),
      openedAt: now,
      heardAt: now,
    };
    this.#session = session;
    const ours = (work: () => void) => () => this.#session === session && work();
    socket.addEventListener(
      "open",
      ours(() => this.#opened(session)),
    );
    socket.addEventListener("message", ({ data }) => this.#session === session && this.#heard(session, String(data)));
    socket.addEventListener(
      "close",
      ours(() => this.#lost("the connection was closed")),
    );
    socket.addEventListener(
      "error",
      ours(() => this.#lost("the connection failed")),
    );
    session.timers.after(settings.ackMs, () => session.outbox ?? this.#lost("the connection did not open in time"));
  }

  #opened(session: Session): void {
    const { paceMs, silenceMs } = this.#access.settings;
    session.openedAt = Date.now();
    session.heardAt = session.openedAt;
    session.outbox = new Outbox((text) => session.socket.send(text), paceMs);
    this.#event({ what: "open" });
    for (const registration of this.#routes.all()) this.#subscribe(session, registration);
    const listen = () => {
      const quietMs = Date.now() - session.heardAt;
      if (quietMs >= silenceMs) this.#lost(`nothing was heard for ${silenceMs} ms`);
      else session.timers.after(silenceMs - quietMs, listen);
    };
    session.timers.after(silenceMs, listen);
  }

  #subscribe({ unanswered, timers }: Session, registration: Registration): void {
    registration.ask();
    this.#tell(SUBSCRIBE, registration, () => {
      if (!this.#isWanted(registration)) return;
      unanswered.add(registration);
      timers.after(this.#access.settings.ackMs, () => {
        if (unanswered.has(registration)) this.#lost("a subscription was not acknowledged");
      });
    });
  }

  #isWanted(registration: Registration): boolean {
    return this.#routes.get(registration.trId, registration.key) === registration;
  }

  #tell(type: string, { trId, key }: Registration, sent?: () => void): void {
    const { custtype, personalSecKey } = this.#access;
    const caller = { approvalKey: this.#approvalKey, custtype, personalSecKey };
    this.#session?.outbox?.add(subscription(caller, type, trId, key), sent);
  }

  #heard(session: Session, text: string): void {
    const now = Date.now();
    session.heardAt = now;
    const frame = parseFrame(text);
    if (frame) {
      session.inbox.arrived(frame, now);
      return;
    }
    const control = parseControl(text);
    // At once: it is not a message of ours, and a queue of subscriptions must not keep it waiting.
    if (control === "heartbeat") session.socket.send(text);
    else if (control) this.#answered(session, control);
    else this.#event({ what: "unknown" });
  }

  #answered(session: Session, control: Control): void {
    const { code, message, trId } = control;
    if (code === KEY_REFUSED) this.#keyRefused(control);
    else if (code === IN_USE) this.#lost(`${code} ${message}`);
    else if (!GIVEN_UP.includes(code)) {
      const registration = this.#meant(session, control);
      if (!registration) this.#event({ what: "unknown", trId, code, reason: message });
      else if (control.ok || STANDS.includes(code)) this.#accepted(session, registration, control);
      else this.#refused(registration, control);
    }
  }

  /** Refusals need not say what they refuse: `(null)` stands there instead. KIS answers in the order in which it is asked. */
  #meant({ unanswered }: Session, { trId, trKey, code }: Control): Registration | undefined {
    const named = this.#routes.get(trId, trKey);
    if (named) return named;
    const isNamed = trId !== "" && trId !== "(null)";
    return [...unanswered].find((asked) =>
      isNamed ? asked.trId === trId : code !== HTS_ID_REFUSED || asked.feed.key === "htsId",
    );
  }

  #accepted({ inbox, unanswered }: Session, registration: Registration, { code, cipher }: Control): void {
    const { trId } = registration;
    unanswered.delete(registration);
    if (cipher) inbox.unlock(trId, cipher);
    this.#event({ what: "subscribed", trId, code });
    this.#patience.succeeded();
    this.#keyIs = "good";
    registration.acknowledge(Date.now());
  }

  #refused(registration: Registration, { code, message }: Control): void {
    const { id } = registration.feed;
    const context = { provider: "kis", operation: id, advice: adviceOf(code) };
    this.#routes.remove(registration);
    this.#session?.unanswered.delete(registration);
    registration.end(new RealtimeError(code, `${id}: ${code} ${message}`, context));
    if (this.#routes.size === 0) this.#close();
  }

  /** A new approval key is asked for once; should that be refused too, the app key is wrong. */
  #keyRefused({ code, message }: Control): void {
    const reason = `${code} ${message}`;
    if (this.#keyIs === "new") {
      this.#giveUp(new RealtimeError(code, reason, { provider: "kis", advice: adviceOf(code) }));
      return;
    }
    this.#keyIs = "refused";
    this.#lost(reason);
  }

  /** The session is over: everything is subscribed anew on the next one, with new AES keys. */
  #lost(reason: string): void {
    const session = this.#session;
    if (session?.outbox) this.#patience.stood(Date.now() - session.openedAt);
    this.#drop();
    for (const registration of this.#routes.all()) registration.lose();
    this.#event({ what: "lost", reason });
    this.#again(reason);
  }

  /** There is no approval key, or no WebSocket. */
  #failed(error: unknown): void {
    this.#next = undefined;
    if (isFinal(error)) this.#giveUp(error);
    else if (this.#routes.size > 0) this.#again(error instanceof Error ? error.message : String(error), error);
  }

  #again(reason: string, cause?: unknown): void {
    const pauseMs = this.#patience.next();
    if (pauseMs !== undefined) {
      this.#next = this.#openIn(pauseMs);
      return;
    }
    const { attempts } = this.#access.settings;
    const message = `no connection after ${attempts} attempts: ${reason}`;
    this.#giveUp(new RealtimeError("REALTIME_LOST", message, { provider: "kis", cause }));
  }

  #giveUp(error: KofinError): void {
    for (const registration of this.#routes.all()) {
      this.#routes.remove(registration);
      registration.end(error);
    }
    this.#close();
  }

  #close(): void {
    if (this.#next !== "opening") {
      clearTimeout(this.#next);
      this.#next = undefined;
    }
    this.#patience.reset();
    this.#drop();
  }

  #drop(): void {
    const session = this.#session;
    this.#session = undefined;
    if (!session) return;
    session.outbox?.stop();
    session.timers.clear();
    this.#leftovers = session.inbox.empty();
    hangUp(session.socket);
  }

  #event(what: Omit<RealtimeEvent, "type" | "provider">): void {
    emit(this.#access.onEvent, () => ({ type: "realtime", provider: "kis", ...what }));
  }
}
