import type { Advice } from "../../errors/advice.js";
import { isRecord, type Json } from "../../paths.js";
import { listOf, readObject } from "../../realtime/json.js";
import type { Heard, MessageReader, ReaderEvent } from "../../realtime/protocol.js";
import { type RecordCodec, type Registration, unrepeated } from "../../realtime/registration.js";
import type { Subscriptions } from "../../realtime/subscriptions.js";

type Unanswered = ReadonlySet<Registration<Json>>;

/** The records are the objects that arrive. A new session repeats nothing. */
export const codec: RecordCodec<Json> = { read: (data) => data, ...unrepeated };

/** `trade:kr` and `005930` of `trade:kr:005930`. */
function partsOf(topic: unknown): [trId: string, key: string] {
  const [, trId = "", key = ""] = /^(.*):(.*)$/.exec(String(topic)) ?? [];
  return [trId, key];
}

/** Reads the messages of one session: all of them are JSON. */
export class TossinvestReader implements MessageReader<Json> {
  readonly #subscriptions: Subscriptions<Json>;
  readonly #event: (event: ReaderEvent) => void;

  constructor(subscriptions: Subscriptions<Json>, event: (event: ReaderEvent) => void) {
    this.#subscriptions = subscriptions;
    this.#event = event;
  }

  read(text: string, now: number, unanswered: Unanswered): Heard<Json> {
    const message = readObject(text);
    switch (message?.type) {
      case "message":
        this.#deliver(message, now);
        return undefined;
      case "subscriptions":
        return this.#answered(message);
      case "error":
        return this.#refused(message, unanswered);
      case "pong":
        return { type: "nothing" };
      default:
        return { type: "unknown", reason: "a message of no known type" };
    }
  }

  async empty(): Promise<void> {}

  #deliver({ topic, data }: Json, now: number): void {
    const [trId, key] = partsOf(topic);
    const registration = this.#subscriptions.get(trId, key);
    // A topic that was given up may still bring something until the next declaration is there.
    if (!registration) return;
    if (isRecord(data)) registration.deliver(data, 0, now);
    else {
      this.#event({ what: "garbled", trId });
      registration.garbled(now);
    }
  }

  /** What was declared is on, or refused one by one. */
  #answered({ subscribed, rejected }: Json): Heard<Json> {
    const accepted = listOf(subscribed).flatMap((topic): Heard<Json>[] => {
      const registration = this.#subscriptions.get(...partsOf(topic));
      return registration ? [{ type: "accepted", registration, code: "subscribed" }] : [];
    });
    const refused = listOf(rejected).flatMap((entry): Heard<Json>[] => {
      const { target, code, message } = isRecord(entry) ? entry : {};
      const registration = this.#subscriptions.get(...partsOf(target));
      return registration ? [refusalOf(registration, code, message)] : [];
    });
    return { type: "several", heard: [...accepted, ...refused] };
  }

  /** A declaration that did not count, or the end of the session. */
  #refused({ error }: Json, unanswered: Unanswered): Heard<Json> {
    const { code, message } = isRecord(error) ? error : {};
    if (code === "rate-limit-exceeded") return { type: "declare-again" };
    if (code === "server-shutdown") return { type: "lost", reason: String(code) };
    if (unanswered.size === 0) return { type: "unknown", code: String(code), reason: String(message ?? "") };
    return { type: "several", heard: [...unanswered].map((asked) => refusalOf(asked, code, message)) };
  }
}

function refusalOf(registration: Registration<Json>, code: unknown, message: unknown): Heard<Json> {
  const advice: Advice = "fix-request";
  return { type: "refused", registration, code: String(code), message: String(message ?? ""), advice };
}
