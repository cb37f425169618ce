import { emit, type RealtimeEvent } from "../call/events.js";
import type { Advice } from "../errors/advice.js";
import type { KofinError } from "../errors/kofin-error.js";
import { RealtimeError } from "./error.js";
import { SessionEnded, type Task } from "./exchanges.js";
import type { Heard, RealtimeProtocol } from "./protocol.js";
import { isFinal, ReconnectPolicy } from "./reconnect.js";
import type { Registration } from "./registration.js";
import { Session } from "./session.js";
import { socketMaker } from "./socket.js";
import { Subscriptions } from "./subscriptions.js";

/**
 * The one connection of a key: opens with the first subscription, closes with the last, and in between comes back by itself.
 * Messages of a socket that was given up are not heard any more, so that nothing is delivered twice.
 */
export class Connection<Source = never> {
  readonly #protocol: RealtimeProtocol<Source>;
  readonly #subscriptions = new Subscriptions<Source>();
  readonly #policy: ReconnectPolicy;
  #session: Session<Source> | undefined;
  /** What the session before has received is delivered before the next one says what was missed. */
  #leftovers: Promise<void> = Promise.resolve();
  readonly #tasks = new Set<Task>();
  /** The next attempt: when its timer ends, or it is on its way. */
  #next: ReturnType<typeof setTimeout> | "opening" | undefined;
  #credentials = "";
  #credentialsAre: "good" | "refused" | "new" = "good";
  /** A handshake with them failed, which does not say why. */
  #areDoubtful = false;

  constructor(protocol: RealtimeProtocol<Source>) {
    this.#protocol = protocol;
    this.#policy = new ReconnectPolicy(protocol.settings);
  }

  get size(): number {
    return this.#subscriptions.size;
  }

  /** Nobody wants anything of it. */
  get isIdle(): boolean {
    return this.#subscriptions.size === 0 && this.#tasks.size === 0;
  }

  /** Registrations of one feed. */
  sizeOf(trId: string): number {
    return this.#subscriptions.readersOf(trId)?.all.length ?? 0;
  }

  get(trId: string, key: string): Registration<Source> | undefined {
    return this.#subscriptions.get(trId, key);
  }

  add(registration: Registration<Source>): void {
    this.#subscriptions.add(registration);
    if (this.#session?.isReady) this.#session.ask([registration]);
    else if (!this.#session) this.#next ??= this.#openIn(0);
  }

  run(task: Task): void {
    this.#tasks.add(task);
    if (this.#session?.isReady) this.#start(task, this.#session);
    else if (!this.#session) this.#next ??= this.#openIn(0);
  }

  /** Nobody waits for it any more; with the last one the session ends. */
  finish(task: Task): void {
    if (this.#tasks.delete(task) && this.isIdle) this.#close();
  }

  /** Gives a registration up; with the last one the session ends. */
  remove(registration: Registration<Source>): void {
    if (!this.#isWanted(registration)) return;
    this.#subscriptions.remove(registration);
    this.#session?.unanswered.delete(registration);
    if (this.isIdle) this.#close();
    else if (registration.state !== "wanted") this.#session?.leave(registration);
  }

  #openIn(ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#next = "opening";
      this.#open().catch((error) => this.#failed(error));
    }, ms);
  }

  async #open(): Promise<void> {
    const { url, settings } = this.#protocol;
    const renew = this.#credentialsAre === "refused";
    this.#credentials = await this.#protocol.credentials(renew || this.#areDoubtful);
    this.#areDoubtful = false;
    if (renew) this.#credentialsAre = "new";
    const Maker = await socketMaker(settings.webSocket);
    await this.#leftovers;
    this.#next = undefined;
    if (this.isIdle) return;
    const headers = this.#protocol.headers?.(this.#credentials);
    const socket = headers ? new Maker(url, { headers }) : new Maker(url);
    const session: Session<Source> = new Session({
      socket,
      reader: this.#protocol.reader(this.#subscriptions, (event) => this.#event(event)),
      protocol: this.#protocol,
      credentials: this.#credentials,
      subscriptions: this.#subscriptions,
      lost: (reason) => this.#session === session && this.#lost(reason),
      heard: (heard) => this.#session === session && heard && this.#answered(session, heard),
    });
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
  }

  #opened(session: Session<Source>): void {
    const isReady = session.opened();
    this.#event({ what: "open" });
    if (isReady) this.#loggedIn(session);
  }

  #loggedIn(session: Session<Source>): void {
    session.isReady = true;
    session.ask(this.#subscriptions.all());
    for (const task of this.#tasks) this.#start(task, session);
  }

  #start(task: Task, { exchange }: Session<Source>): void {
    task.work(exchange).catch((error) => {
      if (!(error instanceof SessionEnded)) task.end(error);
    });
  }

  #isWanted(registration: Registration<Source>): boolean {
    return this.#subscriptions.get(registration.trId, registration.key) === registration;
  }

  #heard(session: Session<Source>, text: string): void {
    session.heardAt = Date.now();
    const heard = session.reader.read(text, session.heardAt, session.unanswered);
    if (heard) this.#answered(session, heard);
  }

  #answered(session: Session<Source>, heard: NonNullable<Heard<Source>>): void {
    switch (heard.type) {
      // At once: it is not a message of ours, and a queue of subscriptions must not keep it waiting.
      case "heartbeat":
        session.socket.send(heard.answer);
        break;
      case "logged-in":
        this.#credentialsAre = "good";
        this.#loggedIn(session);
        break;
      case "accepted":
        this.#accepted(session, heard.registration, heard.code);
        break;
      case "refused":
        this.#refused(heard);
        break;
      case "credentials-refused":
        this.#credentialsRefused(heard);
        break;
      case "session-refused":
        this.#giveUp(this.#refusal(heard));
        break;
      case "batch-accepted":
        for (const registration of session.answeredBatch()) this.#accepted(session, registration, heard.code);
        break;
      case "batch-refused":
        this.#batchRefused(session, heard);
        break;
      case "answer":
        if (!session.answered(heard.answer)) this.#event({ what: "unknown", reason: "an answer nobody waits for" });
        break;
      case "lost":
        this.#lost(heard.reason);
        break;
      case "declare-again":
        session.declareAgain();
        break;
      case "several":
        // What one of them says may end the session, and with it what the others say.
        for (const one of heard.heard) if (one && this.#session === session) this.#answered(session, one);
        break;
      case "unknown": {
        const { type: _, ...what } = heard;
        this.#event({ what: "unknown", ...what });
      }
    }
  }

  #accepted({ unanswered }: Session<Source>, registration: Registration<Source>, code: string): void {
    unanswered.delete(registration);
    this.#event({ what: "subscribed", trId: registration.trId, code });
    this.#policy.succeeded();
    this.#credentialsAre = "good";
    registration.acknowledge(Date.now());
  }

  #refused({ registration, code, message, advice }: Extract<Heard<Source>, { type: "refused" }>): void {
    const { id } = registration;
    const context = { provider: this.#protocol.provider, operation: id, advice };
    if (this.#isWanted(registration)) this.#subscriptions.remove(registration);
    this.#session?.unanswered.delete(registration);
    registration.end(new RealtimeError(code, `${id}: ${code} ${message}`, context));
    if (this.isIdle) this.#close();
  }

  #batchRefused(
    session: Session<Source>,
    { code, message, advice }: Extract<Heard<Source>, { type: "batch-refused" }>,
  ) {
    const batch = session.answeredBatch();
    const isForNow = advice === "retry";
    const [registration] = batch;
    if (registration && batch.length === 1 && !isForNow) {
      this.#refused({ type: "refused", registration, code, message, advice });
      return;
    }
    // Until it is given up as not acknowledged, should it be refused for now again and again.
    if (!isForNow) for (const asked of batch) session.unanswered.delete(asked);
    session.askAgain(batch, isForNow);
  }

  /** New credentials are asked for once; should those be refused too, the key behind them is wrong. */
  #credentialsRefused({ code, message, advice }: Extract<Heard<Source>, { type: "credentials-refused" }>): void {
    if (this.#credentialsAre === "new") {
      this.#giveUp(this.#refusal({ code, message, advice }));
      return;
    }
    this.#credentialsAre = "refused";
    this.#lost(`${code} ${message}`);
  }

  #refusal({ code, message, advice }: { code: string; message: string; advice: Advice }): RealtimeError {
    return new RealtimeError(code, `${code} ${message}`, { provider: this.#protocol.provider, advice });
  }

  /** The session is over: everything is subscribed anew on the next one, with whatever keys it brings. */
  #lost(reason: string): void {
    const session = this.#session;
    if (session?.isOpen) this.#policy.stood(Date.now() - session.openedAt);
    else if (this.#protocol.headers) this.#areDoubtful = true;
    this.#drop();
    for (const registration of this.#subscriptions.all()) registration.lose();
    this.#event({ what: "lost", reason });
    this.#again(reason);
  }

  /** There are no credentials, or no WebSocket. */
  #failed(error: unknown): void {
    this.#next = undefined;
    if (isFinal(error)) this.#giveUp(error);
    else if (!this.isIdle) this.#again(error instanceof Error ? error.message : String(error), error);
  }

  #again(reason: string, cause?: unknown): void {
    const pauseMs = this.#policy.next();
    if (pauseMs !== undefined) {
      this.#next = this.#openIn(pauseMs);
      return;
    }
    const { attempts } = this.#protocol.settings;
    const message = `no connection after ${attempts} attempts: ${reason}`;
    this.#giveUp(new RealtimeError("REALTIME_LOST", message, { provider: this.#protocol.provider, cause }));
  }

  #giveUp(error: KofinError): void {
    for (const registration of this.#subscriptions.all()) {
      this.#subscriptions.remove(registration);
      registration.end(error);
    }
    for (const task of [...this.#tasks]) task.end(error);
    this.#close();
  }

  #close(): void {
    if (this.#next !== "opening") {
      clearTimeout(this.#next);
      this.#next = undefined;
    }
    this.#policy.reset();
    this.#drop();
  }

  #drop(): void {
    const session = this.#session;
    this.#session = undefined;
    if (!session) return;
    this.#leftovers = session.end();
  }

  #event(what: Omit<RealtimeEvent, "type" | "provider">): void {
    emit(this.#protocol.onEvent, () => ({ type: "realtime", provider: this.#protocol.provider, ...what }));
  }
}
