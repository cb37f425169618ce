import type { Json } from "../paths.js";
import { Batches } from "./batches.js";
import { type Exchange, Exchanges, Refused } from "./exchanges.js";
import { Outbox } from "./outbox.js";
import type { AllAtOnce, Heard, MessageReader, RealtimeProtocol } from "./protocol.js";
import type { OwnMessages, Registration } from "./registration.js";
import { hangUp, type Socket } from "./socket.js";
import type { Subscriptions } from "./subscriptions.js";
import { Timers } from "./timers.js";

/** How long to wait before what did not count is said anew. */
const AGAIN_MS = 1_000;

/** What a session is made of. */
export interface SessionParts<Source> {
  socket: Socket;
  reader: MessageReader<Source>;
  protocol: RealtimeProtocol<Source>;
  credentials: string;
  subscriptions: Subscriptions<Source>;
  /** Told when the session is of no use any more. */
  lost(reason: string): void;
  /** Told what became of a subscription with messages of its own. */
  heard(heard: Heard<Source>): void;
}

/** What one socket is used with: what is asked for on it, and what waits for an answer. */
export class Session<Source> {
  readonly socket: Socket;
  readonly reader: MessageReader<Source>;
  /** Subscriptions that have left and are not answered yet, oldest first. */
  readonly unanswered = new Set<Registration<Source>>();
  /** Whether subscriptions may be sent: at once, or when the login was answered. */
  isReady = false;
  openedAt = Date.now();
  heardAt = this.openedAt;
  readonly #parts: SessionParts<Source>;
  readonly #timers = new Timers();
  /** Absent until the socket is open. */
  #outbox: Outbox | undefined;
  /** A declaration waits for its turn: it will say what there is then. */
  #isDeclaring = false;
  #batches: Batches<Source> | undefined;
  readonly #exchanges: Exchanges;
  /** How often a subscription was asked for: an answer that is late is late for the last time. */
  readonly #asks = new WeakMap<Registration<Source>, number>();
  /** What has messages of its own is asked for and given up in turn, by feed and key. */
  readonly #turns = new Map<string, Promise<void>>();
  readonly #arranged = new WeakSet<Registration<Source>>();

  constructor(parts: SessionParts<Source>) {
    this.#parts = parts;
    this.socket = parts.socket;
    this.reader = parts.reader;
    const { ackMs } = parts.protocol.settings;
    this.#exchanges = new Exchanges(this.#timers, ackMs, () => parts.lost("a question was not answered"));
    this.#timers.after(ackMs, () => this.isOpen || parts.lost("the connection did not open in time"));
  }

  get isOpen(): boolean {
    return this.#outbox !== undefined;
  }

  get exchange(): Exchange {
    return this.#exchanges.exchange;
  }

  /** @returns whether somebody had asked for it */
  answered(answer: Json): boolean {
    return this.#exchanges.answered(answer);
  }

  /** @returns whether subscriptions may be sent at once, without a login */
  opened(): boolean {
    const { protocol, credentials, lost } = this.#parts;
    const { paceMs, ackMs } = protocol.settings;
    this.openedAt = Date.now();
    this.heardAt = this.openedAt;
    this.#outbox = new Outbox((text) => this.socket.send(text), paceMs);
    this.#exchanges.begin(this.#outbox);
    const { subscriptions } = protocol;
    if ("most" in subscriptions) {
      const wanted = (registration: Registration<Source>) => this.#isWanted(registration);
      this.#batches = new Batches(subscriptions, this.#outbox, wanted, (registration) => this.#asked(registration));
    }
    this.#listen();
    this.#ping();
    const login = protocol.login?.(credentials);
    if (login === undefined) return true;
    this.#outbox.add(login);
    this.#timers.after(ackMs, () => {
      if (!this.isReady) lost("the login was not answered");
    });
    return false;
  }

  ask(registrations: readonly Registration<Source>[]): void {
    const { protocol, credentials } = this.#parts;
    const { subscriptions } = protocol;
    for (const registration of registrations) registration.ask();
    for (const registration of registrations) if (registration.own) this.#arrange(registration, registration.own);
    const usual = registrations.filter(({ own }) => !own);
    if ("declare" in subscriptions) {
      this.#declare(subscriptions);
      return;
    }
    if ("most" in subscriptions) {
      this.#batches?.ask(usual);
      return;
    }
    for (const registration of usual) {
      this.#outbox?.add(subscriptions.subscribe(registration, credentials), () => this.#asked(registration));
    }
  }

  leave(registration: Registration<Source>): void {
    const { protocol, credentials } = this.#parts;
    const { subscriptions } = protocol;
    const { own } = registration;
    if (own) {
      this.#inTurn(registration, async () => {
        if (this.#arranged.has(registration)) await own.unsubscribe(this.exchange);
      });
    } else if ("declare" in subscriptions) this.#declare(subscriptions);
    else if ("most" in subscriptions) this.#batches?.leave(registration);
    else this.#outbox?.add(subscriptions.unsubscribe(registration, credentials));
  }

  /** @returns whom the answer is about that has just come */
  answeredBatch(): readonly Registration<Source>[] {
    return this.#batches?.answered() ?? [];
  }

  /** A message that named these was refused, for now or for the fault of one of them. */
  askAgain(batch: readonly Registration<Source>[], isForNow: boolean): void {
    if (isForNow) this.#timers.after(AGAIN_MS, () => this.#batches?.again(batch));
    else this.#batches?.halve(batch);
  }

  /** What was declared last did not count. */
  declareAgain(): void {
    this.#timers.after(AGAIN_MS, () => {
      const { subscriptions } = this.#parts.protocol;
      if ("declare" in subscriptions) this.#declare(subscriptions);
    });
  }

  /** Resolves when everything that has arrived is delivered. */
  end(): Promise<void> {
    this.#outbox?.stop();
    this.#timers.clear();
    this.#exchanges.end();
    const leftovers = this.reader.empty();
    hangUp(this.socket);
    return leftovers;
  }

  #asked(registration: Registration<Source>): void {
    const { protocol, lost } = this.#parts;
    if (!this.#isWanted(registration) || registration.state === "on" || this.unanswered.has(registration)) return;
    this.unanswered.add(registration);
    const ask = (this.#asks.get(registration) ?? 0) + 1;
    this.#asks.set(registration, ask);
    this.#timers.after(protocol.settings.ackMs, () => {
      const isLate = this.unanswered.has(registration) && this.#asks.get(registration) === ask;
      if (isLate) lost("a subscription was not acknowledged");
    });
  }

  #isWanted(registration: Registration<Source>): boolean {
    return this.#parts.subscriptions.get(registration.trId, registration.key) === registration;
  }

  #arrange(registration: Registration<Source>, own: OwnMessages<Source>): void {
    const { heard } = this.#parts;
    this.#inTurn(registration, async () => {
      if (!this.#isWanted(registration)) return;
      this.#arranged.add(registration);
      try {
        const code = await own.subscribe(registration, this.exchange);
        heard({ type: "accepted", registration, code });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { code, message, advice } = error;
        heard({ type: "refused", registration, code, message, advice });
      }
    });
  }

  /** What is in the way of one step (the end of the session, a refusal to leave) does not keep the next one. */
  #inTurn({ trId, key }: Registration<Source>, step: () => Promise<void>): void {
    const name = `${trId} ${key}`;
    const before = this.#turns.get(name) ?? Promise.resolve();
    this.#turns.set(
      name,
      before.then(step).catch(() => {}),
    );
  }

  /** However many come and go before its turn, one declaration says what there is then. */
  #declare({ declare }: AllAtOnce<Source>): void {
    if (this.#isDeclaring) return;
    this.#isDeclaring = true;
    const { subscriptions } = this.#parts;
    const text = () => {
      this.#isDeclaring = false;
      return declare(subscriptions.all());
    };
    this.#outbox?.add(text, () => {
      for (const registration of subscriptions.all()) this.#asked(registration);
    });
  }

  #listen(): void {
    const { protocol, lost } = this.#parts;
    const { silenceMs } = protocol.settings;
    const listen = () => {
      const quietMs = Date.now() - this.heardAt;
      if (quietMs >= silenceMs) lost(`nothing was heard for ${silenceMs} ms`);
      else this.#timers.after(silenceMs - quietMs, listen);
    };
    this.#timers.after(silenceMs, listen);
  }

  #ping(): void {
    const { ping } = this.#parts.protocol;
    if (!ping) return;
    this.#timers.after(ping.everyMs, () => {
      this.socket.send(ping.text);
      this.#ping();
    });
  }
}
