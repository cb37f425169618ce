import type { Heard, MessageReader, ReaderEvent } from "../../realtime/protocol.js";
import type { Registration } from "../../realtime/registration.js";
import type { Readers, Subscriptions } from "../../realtime/subscriptions.js";
import { adviceOf } from "../advice.js";
import { type Control, parseControl } from "./control.js";
import { type FeedCodec, type Frame, parseFrame, splitPayload, type Table } from "./frame.js";
import { type Cipher, type Decrypt, decryptWith } from "./notice.js";

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

type Unanswered = ReadonlySet<Registration<Table>>;

/** Reads the messages of one session and hands records to whoever asked for them. The AES keys end with the session. */
export class KisReader implements MessageReader<Table> {
  readonly #subscriptions: Subscriptions<Table>;
  readonly #event: (event: ReaderEvent) => void;
  readonly #decrypts = new Map<string, Decrypt>();
  /** Encrypted frames of a feed are delivered in the order in which they came. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(subscriptions: Subscriptions<Table>, event: (event: ReaderEvent) => void) {
    this.#subscriptions = subscriptions;
    this.#event = event;
  }

  read(text: string, now: number, unanswered: Unanswered): Heard<Table> {
    const frame = parseFrame(text);
    if (frame) {
      this.#arrived(frame, now);
      return undefined;
    }
    const control = parseControl(text);
    if (control === "heartbeat") return { type: "heartbeat", answer: text };
    return control ? this.#heard(control, unanswered) : { type: "unknown" };
  }

  #heard(control: Control, unanswered: Unanswered): Heard<Table> {
    const { code, message, trId, cipher, ok } = control;
    if (code === KEY_REFUSED) return { type: "credentials-refused", code, message, advice: adviceOf(code) };
    if (code === IN_USE) return { type: "lost", reason: `${code} ${message}` };
    if (GIVEN_UP.includes(code)) return { type: "nothing" };
    const registration = this.#meant(control, unanswered);
    if (!registration) return { type: "unknown", trId, code, reason: message };
    if (!ok && !STANDS.includes(code)) return { type: "refused", registration, code, message, advice: adviceOf(code) };
    if (cipher) this.#unlock(registration.trId, cipher);
    return { type: "accepted", registration, code };
  }

  /** Refusals need not say what they refuse: `(null)` stands there instead. KIS answers in the order in which it is asked. */
  #meant({ trId, trKey, code }: Control, unanswered: Unanswered): Registration<Table> | undefined {
    const named = this.#subscriptions.get(trId, trKey);
    const isSaid = (name: string) => name !== "" && name !== "(null)";
    // Who names a key means that one: one that was given up meanwhile is not answered for by another of the same feed.
    if (named || (isSaid(trId) && isSaid(trKey))) return named;
    const isNamed = isSaid(trId);
    return [...unanswered].find((asked) =>
      isNamed ? asked.trId === trId : code !== HTS_ID_REFUSED || asked.keyKind === "htsId",
    );
  }

  /** From now on frames of the feed are decrypted so. */
  #unlock(trId: string, cipher: Cipher): void {
    this.#decrypts.set(trId, decryptWith(cipher));
  }

  #arrived(frame: Frame, now: number): void {
    if (!frame.encrypted) {
      this.#deliver(frame.trId, frame.count, frame.payload, now);
      return;
    }
    // Official samples of some years know the notices H0STCNI0 by the name K0STCNI0 in frames.
    const trId = frame.trId.replace(/^K0/, "H0");
    const decrypted = this.#decrypts
      .get(trId)?.(frame.payload)
      .catch(() => undefined);
    const before = this.#turns.get(trId) ?? Promise.resolve();
    const turn = before.then(async () => {
      const payload = await decrypted;
      if (payload === undefined) this.#garbled(trId, now);
      else this.#deliver(trId, frame.count, payload, now);
    });
    this.#turns.set(trId, turn);
  }

  /** Resolves when everything that has arrived is delivered. */
  async empty(): Promise<void> {
    await Promise.all(this.#turns.values());
  }

  #deliver(trId: string, count: number, payload: string, now: number): void {
    const readers = this.#subscriptions.readersOf(trId);
    if (!readers) {
      this.#event({ what: "unknown", trId });
      return;
    }
    const table = splitPayload(payload, count);
    if (!table) {
      this.#garbled(trId, now);
      return;
    }
    const { values, width } = table;
    const keyColumn = keyColumnOf(readers);
    for (let at = 0; at < values.length; at += width) {
      const key = keyColumn === undefined ? undefined : (values[at + keyColumn] ?? "");
      const found = readers.find(key, asEtn);
      if (!found) this.#garbled(trId, now, "none of the keys that were asked for");
      else for (const registration of found) registration.deliver(table, at, now);
    }
  }

  #garbled(trId: string, now: number, reason?: string): void {
    this.#event({ what: "garbled", trId, ...(reason !== undefined && { reason }) });
    for (const registration of this.#subscriptions.readersOf(trId)?.all ?? []) registration.garbled(now);
  }
}

/** Which column repeats the key. */
function keyColumnOf({ all }: Readers<Table>): number | undefined {
  return (all[0]?.codec as FeedCodec | undefined)?.feed.keyColumn;
}

/** An ETN is asked for as Q500001 and may come as 500001. */
function asEtn(key: string): string {
  return `Q${key}`;
}
