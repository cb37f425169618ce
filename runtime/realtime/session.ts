import { Outbox } from "./outbox.js";
import type { AllAtOnce, MessageReader, RealtimeProtocol } from "./protocol.js";
import type { Registration } from "./registration.js";
import { hangUp, type Socket } from "./socket.js";
import type { Subscriptions } from "./subscriptions.js";
import { Timers } from "./timers.js";

/** How long to wait before what was declared is declared anew. */
const DECLARE_AGAIN_MS = 1_000;

/** What a session is made of. */
export interface SessionParts<Source> {
  socket: Socket;
  reader: MessageReader<Source>;
  protocol: RealtimeProtocol<Source>;
  credentials: string;
  subscriptions: Subscriptions<Source>;
  /** Told when the session is of no use any more. */
  lost(reason: string): void;
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

  constructor(parts: SessionParts<Source>) {
    this.#parts = parts;
    this.socket = parts.socket;
    this.reader = parts.reader;
    const { ackMs } = parts.protocol.settings;
    this.#timers.after(ackMs, () => this.isOpen || parts.lost("the connection did not open in time"));
  }

  get isOpen(): boolean {
    return this.#outbox !== undefined;
  }

  /** @returns whether subscriptions may be sent at once, without a login */
  opened(): boolean {
    const { protocol, credentials, lost } = this.#parts;
    const { paceMs, ackMs } = protocol.settings;
    this.openedAt = Date.now();
    this.heardAt = this.openedAt;
    this.#outbox = new Outbox((text) => this.socket.send(text), paceMs);
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
    if ("declare" in subscriptions) {
      this.#declare(subscriptions);
      return;
    }
    for (const registration of registrations) {
      this.#outbox?.add(subscriptions.subscribe(registration, credentials), () => this.#asked(registration));
    }
  }

  leave(registration: Registration<Source>): void {
    const { protocol, credentials } = this.#parts;
    const { subscriptions } = protocol;
    if ("declare" in subscriptions) this.#declare(subscriptions);
    else this.#outbox?.add(subscriptions.unsubscribe(registration, credentials));
  }

  /** What was declared last did not count. */
  declareAgain(): void {
    this.#timers.after(DECLARE_AGAIN_MS, () => {
      const { subscriptions } = this.#parts.protocol;
      if ("declare" in subscriptions) this.#declare(subscriptions);
    });
  }

  /** Resolves when everything that has arrived is delivered. */
  end(): Promise<void> {
    this.#outbox?.stop();
    this.#timers.clear();
    const leftovers = this.reader.empty();
    hangUp(this.socket);
    return leftovers;
  }

  #asked(registration: Registration<Source>): void {
    const { protocol, subscriptions, lost } = this.#parts;
    const isWanted = subscriptions.get(registration.trId, registration.key) === registration;
    if (!isWanted || registration.state === "on" || this.unanswered.has(registration)) return;
    this.unanswered.add(registration);
    this.#timers.after(protocol.settings.ackMs, () => {
      if (this.unanswered.has(registration)) lost("a subscription was not acknowledged");
    });
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
