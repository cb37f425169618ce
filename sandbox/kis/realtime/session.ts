import type { Feed } from "../../../generator/model.js";
import { type Identifiers, identifiers } from "../../shared/random.js";
import type { Peer } from "../../web-sockets/types.js";
import type { Environment } from "../credentials.js";
import { type Cipher, encrypt } from "./cipher.js";
import { type ClientMessage, PINGPONG, readClientMessage } from "./client-message.js";
import { type ControlCode, isNamed } from "./control-codes.js";
import { keyFlaw } from "./feeds.js";
import { answerText, frameText, heartbeatText, type Records, refusalText } from "./messages.js";

/** Who holds a session. */
export interface Holder {
  environment: Environment;
  appKey: string;
}

/** What sessions need of the server. */
export interface SessionContext {
  readonly registrations: number;
  readonly answerMs: number;
  isSilent(): boolean;
  now(): number;
  /** Undefined for an approval key that nobody knows. */
  holderOf(approvalKey: string): Holder | undefined;
  isHeld(holder: Holder, by: Session): boolean;
  feedOf(environment: Environment, trId: string): Feed | undefined;
  /** A code that the next subscription is to be answered with. */
  refusal(): ControlCode | undefined;
  /** What a new subscription is to be sent at once. */
  replayOf(trId: string, trKey: string): Records | undefined;
  ended(session: Session): void;
}

interface Subscription {
  trId: string;
  trKey: string;
  feed: Feed;
}

/** One connection, as KIS keeps it. */
export class Session {
  readonly #peer: Peer;
  readonly #server: SessionContext;
  readonly #ids: Identifiers;
  readonly #subscriptions = new Map<string, Subscription>();
  /** One for each feed: a frame does not say which key it is for. */
  readonly #ciphers = new Map<string, Cipher>();
  #holder: Holder | undefined;
  /** When the first of the heartbeats was sent that are unanswered. */
  #askedAt: number | undefined;
  #isOver = false;

  constructor(peer: Peer, server: SessionContext, seed: string) {
    this.#peer = peer;
    this.#server = server;
    this.#ids = identifiers(seed);
  }

  get holder(): Holder | undefined {
    return this.#holder;
  }

  get subscriptions(): readonly Subscription[] {
    return [...this.#subscriptions.values()];
  }

  receive(text: string): void {
    if (this.#isOver) return;
    const message = readClientMessage(text);
    if (message === PINGPONG) this.#askedAt = undefined;
    else if (typeof message === "string") this.send(refusalText(message));
    else this.#answer(message);
  }

  send(text: string): void {
    if (!this.#isOver && !this.#server.isSilent()) this.#peer.send(text);
  }

  /** Records, when they are wanted here. */
  deliver(records: Records): boolean {
    if (!this.#subscriptions.has(nameOf(records))) return false;
    const cipher = records.encrypted ? this.#ciphers.get(records.trId) : undefined;
    this.send(frameText(records, cipher ? encrypt(cipher, records.payload) : records.payload));
    return true;
  }

  heartbeat(): void {
    const now = this.#server.now();
    if (this.#askedAt !== undefined && now - this.#askedAt >= this.#server.answerMs) {
      this.drop();
      return;
    }
    this.#askedAt ??= now;
    this.send(heartbeatText(now));
  }

  drop(): void {
    if (this.#isOver) return;
    this.closed();
    this.#peer.drop();
  }

  /** The connection is gone. */
  closed(): void {
    this.#isOver = true;
    this.#server.ended(this);
  }

  #answer(message: ClientMessage): void {
    const holder = this.#server.holderOf(message.approvalKey);
    const { trId, trKey, wants } = message;
    const feed = holder && this.#server.feedOf(holder.environment, trId);
    const about = { trId, trKey, encrypted: feed?.encrypted ?? false };
    if (!holder) {
      this.send(answerText("OPSP0011", about));
      return;
    }
    const refusal = this.#server.refusal() ?? this.#flawOf(holder, feed, message);
    if (refusal) {
      this.send(isNamed(refusal) ? answerText(refusal, about, this.#ciphers.get(trId)) : refusalText(refusal));
      // A wrong HTS id costs the whole session.
      if (refusal === "OPSP0017") this.drop();
      return;
    }
    if (!feed) return;
    this.#holder = holder;
    if (wants === "unsubscribe") {
      this.#subscriptions.delete(nameOf(message));
      this.send(answerText("OPSP0001", about));
      return;
    }
    this.#subscribe({ trId, trKey, feed });
    this.send(answerText("OPSP0000", about, this.#ciphers.get(trId)));
    const last = this.#server.replayOf(trId, trKey);
    if (last) this.deliver(last);
  }

  #flawOf(
    holder: Holder,
    feed: Feed | undefined,
    { wants, trKey, ...message }: ClientMessage,
  ): ControlCode | undefined {
    if (this.#server.isHeld(holder, this)) return "OPSP8996";
    if (!feed) return "OPSP8991";
    const isThere = this.#subscriptions.has(nameOf({ ...message, trKey }));
    if (wants === "unsubscribe") return isThere ? undefined : "OPSP0003";
    if (isThere) return "OPSP0002";
    if (this.#subscriptions.size >= this.#server.registrations) return "OPSP0008";
    return keyFlaw(feed, trKey);
  }

  #subscribe(subscription: Subscription): void {
    this.#subscriptions.set(nameOf(subscription), subscription);
    // Quotes get a key as well, which nothing is encrypted with.
    const cipher = this.#ciphers.get(subscription.trId) ?? { key: this.#ids.hex(32), iv: this.#ids.hex(16) };
    this.#ciphers.set(subscription.trId, cipher);
  }
}

function nameOf({ trId, trKey }: { trId: string; trKey: string }): string {
  return `${trId} ${trKey}`;
}
