import { isRecord, type Json } from "../../paths.js";
import { readObject } from "../../realtime/json.js";
import type { Heard, MessageReader, ReaderEvent } from "../../realtime/protocol.js";
import type { Registration } from "../../realtime/registration.js";
import type { Readers, Subscriptions } from "../../realtime/subscriptions.js";
import { nameOf, type Refusal, type RefusalIn } from "./messages.js";

/** SYSTEM codes that are about the token; it says them, and then closes. */
const TOKEN_REFUSED = ["R10002", "R10005"];

/** Answers to a login that waiting may change. */
const PASSING = ["retry", "cool-down", "unavailable"];

/** The FID that says which condition a record is about. */
const SEQ = "841";

/** Reads the messages of one session and hands records to whoever asked for them. */
export class KiwoomReader implements MessageReader<Json> {
  readonly #subscriptions: Subscriptions<Json>;
  readonly #event: (event: ReaderEvent) => void;
  readonly #refusalIn: RefusalIn;

  constructor(subscriptions: Subscriptions<Json>, event: (event: ReaderEvent) => void, refusalIn: RefusalIn) {
    this.#subscriptions = subscriptions;
    this.#event = event;
    this.#refusalIn = refusalIn;
  }

  read(text: string, now: number): Heard<Json> {
    const message = readObject(text);
    if (!message) {
      this.#garbled(this.#subscriptions.all(), undefined, now);
      return undefined;
    }
    const { trnm } = message;
    if (trnm === "REAL") return this.#arrived(message, now);
    if (trnm === "PING") return { type: "heartbeat", answer: text };
    if (trnm === "SYSTEM") return systemSays(message);
    const refusal = this.#refusalIn(message);
    if (trnm === "LOGIN") return refusal ? loginRefused(refusal) : { type: "logged-in" };
    if (refusal?.advice === "renew-token") return { type: "credentials-refused", ...refusal };
    if (trnm === "REG") return refusal ? { type: "batch-refused", ...refusal } : { type: "batch-accepted", code: "0" };
    if (trnm === "REMOVE") {
      return refusal ? { type: "unknown", code: refusal.code, reason: refusal.message } : { type: "nothing" };
    }
    if (/^G?CNSR/.test(String(trnm))) return { type: "answer", answer: message };
    return { type: "unknown", reason: "a message of no known trnm" };
  }

  async empty(): Promise<void> {}

  #arrived({ data }: Json, now: number): undefined {
    if (!Array.isArray(data)) this.#garbled(this.#subscriptions.all(), undefined, now);
    else for (const record of data) this.#deliver(isRecord(record) ? record : {}, now);
  }

  #deliver({ type, item, stexTp, values }: Json, now: number): void {
    const trId = String(type);
    const readers = this.#subscriptions.readersOf(trId);
    if (!readers) {
      this.#event({ what: "unknown", trId });
    } else if (!isRecord(values)) {
      this.#garbled(readers.all, trId, now);
    } else {
      const found = whose(readers, item, stexTp, values);
      if (!found) this.#garbled(readers.all, trId, now, "none of the items that were asked for");
      else for (const registration of found) registration.deliver(sourceFor(registration, values, stexTp), 0, now);
    }
  }

  /** Something came that may have held records of these. */
  #garbled(registrations: readonly Registration<Json>[], trId: string | undefined, now: number, reason?: string): void {
    this.#event({ what: "garbled", ...(trId !== undefined && { trId }), ...(reason !== undefined && { reason }) });
    for (const registration of registrations) registration.garbled(now);
  }
}

/** Elsewhere the key says the exchange. */
function sourceFor({ keyKind }: Registration<Json>, values: Json, exchange: unknown): Json {
  return keyKind === "condition" && exchange !== undefined ? { ...values, stex_tp: exchange } : values;
}

function whose(readers: Readers<Json>, item: unknown, exchange: unknown, values: Json) {
  const [first] = readers.all;
  switch (first?.keyKind) {
    case undefined:
      return readers.all;
    case "condition":
      return readers.find(String(values[SEQ]).trim());
    case "usStock": {
      // Only examples say the exchange.
      if (typeof exchange === "string") return readers.find(nameOf(exchange, String(item)));
      const alike = readers.all.filter(({ key }) => key.endsWith(`:${item}`));
      return alike.length > 0 ? alike : readers.find(String(item));
    }
    default:
      return readers.find(String(item ?? ""));
  }
}

/** A token may be refused by a code that is in no list: another one is asked for, once. */
function loginRefused(refusal: Refusal): Heard<Json> {
  const { code, message, advice, isKnown } = refusal;
  if (advice === "renew-token" || !isKnown) return { type: "credentials-refused", ...refusal };
  if (PASSING.includes(advice)) return { type: "lost", reason: `${code} ${message}` };
  return { type: "session-refused", ...refusal };
}

function systemSays({ code, message }: Json): Heard<Json> {
  const said = { code: String(code), message: String(message ?? "") };
  if (TOKEN_REFUSED.includes(said.code)) return { type: "credentials-refused", ...said, advice: "renew-token" };
  return { type: "lost", reason: `${said.code} ${said.message}` };
}
