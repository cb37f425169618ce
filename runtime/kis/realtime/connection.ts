import { AnswerError } from "../../errors/answer.js";
import type { KofinError } from "../../errors/kofin-error.js";
import { emit, type RealtimeEvent } from "../../events.js";
import type { LiveAccess } from "./access.js";
import { type Control, parseControl, SUBSCRIBE, subscription, UNSUBSCRIBE } from "./control.js";
import { RealtimeError } from "./error.js";
import { type Frame, parseFrame, splitPayload } from "./frame.js";
import { type Decrypt, decryptWith } from "./notice.js";
import { Outbox } from "./outbox.js";
import type { Registration } from "./registration.js";
import { Routes } from "./routes.js";
import { hangUp, type Socket, socketMaker } from "./socket.js";

/** Answers that are no refusal of a subscription: it stands, or it is gone anyway. */
const HARMLESS = ["OPSP0000", "OPSP0001", "OPSP0002", "OPSP0003", "OPSP0010"];
const ALREADY_SUBSCRIBED = "OPSP0002";
/** The approval key is not known any more. */
const KEY_REFUSED = "OPSP0011";
/** Another session holds the app key: a new approval key does not help, only waiting or closing the other. */
const IN_USE = "OPSP8996";

/** A session that stood this long was a good one: the next loss starts with the shortest pause again. */
const STEADY_MS = 30_000;

/**
 * The one session of an app key: opens with the first subscription, closes with the last, and in between comes back by itself.
 * Messages of a socket that was given up are not heard any more, so that nothing is delivered twice.
 */
export class Connection {
  readonly #access: LiveAccess;
  readonly #routes = new Routes();
  readonly #decrypts = new Map<string, Decrypt>();
  /** Encrypted frames of a feed are delivered in the order in which they came. */
  readonly #decrypted = new Map<string, Promise<void>>();
  #socket: Socket | undefined;
  #outbox: Outbox | undefined;
  #approvalKey = "";
  /** Attempts in a row without a subscription that was acknowledged. */
  #failures = 0;
  /** Which pause is next. */
  #pause = 0;
  #openedAt = 0;
  #heardAt = 0;
  #renewKey = false;
  #keyWasRenewed = false;
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #pending: ReturnType<typeof setTimeout> | "opening" | undefined;

  constructor(access: LiveAccess) {
    this.#access = access;
  }

  get size(): number {
    return this.#routes.size;
  }

  get(trId: string, key: string): Registration | undefined {
    return this.#routes.get(trId, key);
  }

  add(registration: Registration): void {
    this.#routes.add(registration);
    if (this.#outbox) this.#subscribe(registration);
    else if (!this.#socket) this.#pending ??= this.#later(0);
  }

  /** Gives a registration up; with the last one the session ends. */
  remove(registration: Registration): void {
    if (this.#routes.get(registration.trId, registration.key) !== registration) return;
    this.#routes.remove(registration);
    if (this.#routes.size === 0) this.#close();
    else if (registration.state !== "wanted") this.#tell(UNSUBSCRIBE, registration);
  }

  #later(ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#pending = "opening";
      this.#open().catch((error) => this.#failed(error));
    }, ms);
  }

  async #open(): Promise<void> {
    const { url, settings } = this.#access;
    const renew = this.#renewKey;
    this.#renewKey = false;
    this.#keyWasRenewed = renew;
    this.#approvalKey = await this.#access.approvalKey(renew);
    const Maker = await socketMaker(settings.webSocket);
    this.#pending = undefined;
    if (this.#routes.size === 0) return;
    const socket = new Maker(url);
    this.#socket = socket;
    const isOurs = () => this.#socket === socket;
    socket.addEventListener("open", () => isOurs() && this.#opened(socket));
    socket.addEventListener("message", ({ data }) => isOurs() && this.#heard(String(data)));
    socket.addEventListener("close", () => isOurs() && this.#lost("the connection was closed"));
    socket.addEventListener("error", () => isOurs() && this.#lost("the connection failed"));
    this.#after(settings.ackMs, () => isOurs() && !this.#outbox && this.#lost("the connection did not open in time"));
  }

  #opened(socket: Socket): void {
    const { paceMs, silenceMs } = this.#access.settings;
    this.#openedAt = Date.now();
    this.#heardAt = this.#openedAt;
    this.#outbox = new Outbox((text) => socket.send(text), paceMs);
    this.#event({ what: "open" });
    for (const registration of this.#routes.all()) this.#subscribe(registration);
    const listen = () => {
      if (this.#socket !== socket) return;
      const quietMs = Date.now() - this.#heardAt;
      if (quietMs >= silenceMs) this.#lost(`nothing was heard for ${silenceMs} ms`);
      else this.#after(silenceMs - quietMs, listen);
    };
    this.#after(silenceMs, listen);
  }

  #subscribe(registration: Registration): void {
    registration.state = "asked";
    this.#tell(SUBSCRIBE, registration, () => {
      const socket = this.#socket;
      const isMissing = () => this.#socket === socket && registration.state === "asked" && this.#isWanted(registration);
      this.#after(this.#access.settings.ackMs, () => isMissing() && this.#lost("a subscription was not acknowledged"));
    });
  }

  #isWanted(registration: Registration): boolean {
    return this.#routes.get(registration.trId, registration.key) === registration;
  }

  #tell(type: string, { trId, key }: Registration, sent?: () => void): void {
    const { custtype, personalSecKey } = this.#access;
    const caller = { approvalKey: this.#approvalKey, custtype, personalSecKey };
    this.#outbox?.add(subscription(caller, type, trId, key), sent);
  }

  #heard(text: string): void {
    this.#heardAt = Date.now();
    const frame = parseFrame(text);
    const control = frame ? undefined : parseControl(text);
    if (frame) this.#arrived(frame);
    // At once: it is not a message of ours, and a queue of subscriptions must not keep it waiting.
    else if (control === "heartbeat") this.#socket?.send(text);
    else if (control) this.#answered(control);
    else this.#event({ what: "unknown" });
  }

  #arrived(frame: Frame): void {
    if (frame.encrypted) this.#arrivedEncrypted(frame);
    else this.#deliver(frame, frame.payload);
  }

  #arrivedEncrypted(frame: Frame): void {
    const { trId } = frame;
    const decrypt = this.#decrypts.get(trId);
    const socket = this.#socket;
    const before = this.#decrypted.get(trId) ?? Promise.resolve();
    const turn = before.then(async () => {
      const payload = await decrypt?.(frame.payload).catch(() => undefined);
      if (this.#socket !== socket) return;
      if (payload === undefined) this.#garbled(trId);
      else this.#deliver(frame, payload);
    });
    this.#decrypted.set(trId, turn);
  }

  #deliver({ trId, count }: Frame, payload: string): void {
    if (this.#routes.of(trId).length === 0) {
      this.#event({ what: "unknown", trId });
      return;
    }
    const table = splitPayload(payload, count);
    if (!table) {
      this.#garbled(trId);
      return;
    }
    for (let at = 0; at < table.values.length; at += table.width) {
      for (const registration of this.#routes.find(trId, table, at)) registration.deliver(table, at, this.#heardAt);
    }
  }

  #garbled(trId: string): void {
    const to = Date.now();
    this.#event({ what: "garbled", trId });
    for (const registration of this.#routes.of(trId)) {
      const { lastAt, last } = registration;
      registration.report({ reason: "garbled", from: lastAt, to, before: last, dropped: undefined });
    }
  }

  #answered(control: Control): void {
    const { trId, trKey, code, message } = control;
    const registration = this.#routes.get(trId, trKey);
    if (code === KEY_REFUSED) this.#keyRefused(control);
    else if (code === IN_USE) this.#lost(`${code} ${message}`);
    else if (registration && (control.ok || HARMLESS.includes(code))) this.#accepted(registration, control);
    else if (registration) this.#refused(registration, control);
  }

  #refused(registration: Registration, { code, message }: Control): void {
    const { id } = registration.feed;
    this.#routes.remove(registration);
    registration.end(new RealtimeError(code, `${id}: ${code} ${message}`, { provider: "kis", operation: id }));
    if (this.#routes.size === 0) this.#close();
  }

  #accepted(registration: Registration, { trId, code, ok, cipher }: Control): void {
    if (cipher) this.#decrypts.set(trId, decryptWith(cipher));
    if (ok || code === ALREADY_SUBSCRIBED) {
      this.#event({ what: "subscribed", trId, code });
      this.#failures = 0;
      registration.acknowledge(Date.now());
    }
  }

  /** A new approval key is asked for once; should that be refused too, the app key is wrong. */
  #keyRefused({ code, message }: Control): void {
    if (this.#keyWasRenewed) {
      this.#giveUp(new RealtimeError(code, `${code} ${message}`, { provider: "kis" }));
      return;
    }
    this.#renewKey = true;
    this.#lost(`${code} ${message}`);
  }

  /** The session is over: everything is subscribed anew on the next one, with new AES keys. */
  #lost(reason: string): void {
    const wasSteady = this.#outbox && Date.now() - this.#openedAt >= STEADY_MS;
    this.#drop();
    for (const registration of this.#routes.all()) registration.lose();
    if (wasSteady) this.#pause = 0;
    this.#event({ what: "lost", reason });
    this.#again(reason);
  }

  /** There is no approval key, or no WebSocket: what a refusal says does not change by asking again. */
  #failed(error: unknown): void {
    this.#pending = undefined;
    if (error instanceof AnswerError && error.advice !== "retry") this.#giveUp(error);
    else if (this.#routes.size > 0) this.#again(error instanceof Error ? error.message : String(error), error);
  }

  #again(reason: string, cause?: unknown): void {
    const { attempts, backoffMs } = this.#access.settings;
    if (this.#failures >= attempts) {
      const message = `no connection after ${attempts} attempts: ${reason}`;
      this.#giveUp(new RealtimeError("REALTIME_LOST", message, { provider: "kis", cause }));
      return;
    }
    const pauseMs = backoffMs[Math.min(this.#pause++, backoffMs.length - 1)] ?? 0;
    this.#failures += 1;
    this.#pending = this.#later(pauseMs);
  }

  #giveUp(error: KofinError): void {
    for (const registration of this.#routes.all()) {
      this.#routes.remove(registration);
      registration.end(error);
    }
    this.#close();
  }

  #close(): void {
    if (typeof this.#pending === "object") clearTimeout(this.#pending);
    if (this.#pending !== "opening") this.#pending = undefined;
    this.#failures = 0;
    this.#pause = 0;
    this.#drop();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#outbox?.stop();
    this.#outbox = undefined;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#decrypts.clear();
    this.#decrypted.clear();
    if (socket) hangUp(socket);
  }

  #after(ms: number, work: () => unknown): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }

  #event(what: Omit<RealtimeEvent, "type" | "provider">): void {
    emit(this.#access.onEvent, () => ({ type: "realtime", provider: "kis", ...what }));
  }
}
