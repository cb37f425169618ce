import type { Environment } from "../credentials.js";

export interface KisRealtimeOptions {
  /** Registrations of one session. Default 41; further ones are OPSP0008. */
  registrations?: number;
  /** Milliseconds after which a heartbeat that nobody has answered ends the session. Default 100,000. */
  answerMs?: number;
  /** How it starts, see `replay` of the controls. Default false. */
  replay?: boolean;
  /** Milliseconds between two moves of the market while it is served on a port. Default 1,000; in process it moves by hand. */
  tickMs?: number;
  /** The same between two heartbeats. Default 10,000. */
  heartbeatMs?: number;
}

/** A connection as the server sees it. */
export interface KisRealtimeSession {
  /** Undefined until its first subscription says so. */
  environment: Environment | undefined;
  appKey: string | undefined;
  subscriptions: readonly { trId: string; trKey: string }[];
}

/** Something that a client said. */
export interface KisRealtimeMessage {
  text: string;
  at: number;
}

/** Columns by wire name. */
export type KisRecord = Readonly<Record<string, string | number>>;

export interface PublishOptions {
  /** The count that the frame names. Default as many records as there are. */
  count?: number;
  /** Columns that come behind the last of each record, as when KIS adds some. */
  extra?: readonly string[];
}

/** Controls of the realtime half of KIS. On a port: `POST /__sandbox/kis/realtime-…`. */
export interface KisRealtime {
  /** Open connections, oldest first. */
  readonly sessions: readonly KisRealtimeSession[];
  /** What clients said, answers to heartbeats included, oldest first. */
  readonly messages: readonly KisRealtimeMessage[];
  /**
   * The market moves so many times: whatever anybody has subscribed to is traded once each time, and all feeds of it get a record.
   * Several records travel in one frame.
   * @returns how many frames left
   */
  tick(moves?: number): number;
  /**
   * Sends records to everybody who has subscribed to the feed with that key: columns that are left out are made up, and a text is
   * the payload as it is. Those of notices are encrypted.
   * @returns how many sessions they went to
   * @throws Error when there is no such feed, or no such column
   */
  publish(
    trId: string,
    trKey: string,
    records: string | KisRecord | readonly KisRecord[],
    options?: PublishOptions,
  ): number;
  /** Sends a text as it is to every session. */
  send(text: string): void;
  /** Sends a heartbeat (PINGPONG), and ends the sessions that have left one unanswered for too long. */
  heartbeat(): void;
  /** Breaks every connection, without a goodbye. @returns how many there were */
  drop(): number;
  /** From now on nobody can connect, or can again. */
  offline(on: boolean): void;
  /** From now on nothing is sent at all, while connections stay open, or everything is again. */
  silence(on: boolean): void;
  /** Whether a subscription is followed by the last frame that there was of it. */
  replay(on: boolean): void;
  /** Answers the next subscriptions with a code such as `OPSP0007`. @throws Error for one that KIS does not have */
  refuseNext(code: string, times?: number): void;
  /** Every approval key is forgotten: OPSP0011. */
  forgetApprovalKeys(): void;
  /** Moves the market and sends heartbeats by the clock of the machine, until the function that comes back is called. */
  start(): () => void;
}
