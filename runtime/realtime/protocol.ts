/**
 * What a realtime connection asks of a provider.
 * @module
 */
import type { EventListener, RealtimeEvent } from "../call/events.js";
import type { Advice } from "../errors/advice.js";
import type { Json } from "../paths.js";
import type { Registration } from "./registration.js";
import type { RealtimeSettings } from "./settings.js";
import type { Subscriptions } from "./subscriptions.js";

export interface RealtimeProtocol<Source = never> {
  readonly provider: string;
  readonly url: string;
  /** Clients of the same name at the same address share a connection: an app key. */
  readonly name: string;
  readonly settings: RealtimeSettings;
  readonly onEvent: EventListener | undefined;
  /** What opens a session: an approval key, a token. `renew`: the one at hand was refused. */
  credentials(renew: boolean): Promise<string>;
  /** The message that has to be answered before anything is subscribed to. Absent where every subscription brings its credentials. */
  login?(credentials: string): string;
  /** Credentials in the handshake. Should that fail, `credentials` are asked for as if they had been refused. */
  headers?(credentials: string): Record<string, string>;
  /** How subscriptions are asked for: one by one, several in a message, or all of them in one that replaces the one before. */
  readonly subscriptions: OneByOne<Source> | InBatches<Source> | AllAtOnce<Source>;
  /** What keeps the connection alive, where it is the client who has to say something. */
  readonly ping?: { readonly text: string; readonly everyMs: number };
  /** Made for each session: what it has to remember ends with it. */
  reader(subscriptions: Subscriptions<Source>, event: (event: ReaderEvent) => void): MessageReader<Source>;
}

export interface OneByOne<Source> {
  subscribe(registration: Registration<Source>, credentials: string): string;
  unsubscribe(registration: Registration<Source>, credentials: string): string;
}

/** Answers name no subscription: each is about one message, and they come in the order of the messages. */
export interface InBatches<Source> {
  /** How many a message may name. */
  readonly most: number;
  subscribeAll(registrations: readonly Registration<Source>[]): string;
  unsubscribe(registration: Registration<Source>): string;
}

export interface AllAtOnce<Source> {
  declare(registrations: readonly Registration<Source>[]): string;
}

export type ReaderEvent = Pick<RealtimeEvent, "what" | "trId" | "reason">;

/** Reads the messages of one session and hands records to whoever asked for them. */
export interface MessageReader<Source = never> {
  /** @param unanswered subscriptions that have left and are not answered yet, oldest first */
  read(text: string, now: number, unanswered: ReadonlySet<Registration<Source>>): Heard<Source>;
  /** Resolves when everything that has arrived is delivered. */
  empty(): Promise<void>;
}

/** What a message says; undefined when it was records, which are delivered. */
export type Heard<Source = never> =
  | undefined
  | { type: "heartbeat"; answer: string }
  | { type: "logged-in" }
  | { type: "accepted"; registration: Registration<Source>; code: string }
  | { type: "refused"; registration: Registration<Source>; code: string; message: string; advice: Advice }
  /** They are renewed once; should the new ones be refused too, the subscriptions end. */
  | { type: "credentials-refused"; code: string; message: string; advice: Advice }
  /** Asking again would not help: the subscriptions end. */
  | { type: "session-refused"; code: string; message: string; advice: Advice }
  /** The oldest message of several that is not answered yet is accepted. */
  | { type: "batch-accepted"; code: string }
  /** It is refused, which need not be the fault of all it names: halves of it are asked for until it is known whose. */
  | { type: "batch-refused"; code: string; message: string; advice: Advice }
  /** What somebody asked for who is no subscription: see `Exchange`. */
  | { type: "answer"; answer: Json }
  | { type: "lost"; reason: string }
  /** What was declared did not count: it is declared anew after a while. */
  | { type: "declare-again" }
  | { type: "several"; heard: readonly Heard<Source>[] }
  | { type: "nothing" }
  | { type: "unknown"; trId?: string; code?: string; reason?: string };
