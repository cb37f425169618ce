import type { RealtimeEvent } from "../../call/events.js";
import { type Frame, splitPayload } from "./frame.js";
import { type Cipher, type Decrypt, decryptWith } from "./notice.js";
import type { Routes } from "./routes.js";

/** Reads the data frames of one session and hands their records to whoever asked for them. The keys end with the session. */
export class Inbox {
  readonly #routes: Routes;
  readonly #event: (event: Pick<RealtimeEvent, "what" | "trId" | "reason">) => void;
  readonly #decrypts = new Map<string, Decrypt>();
  /** Encrypted frames of a feed are delivered in the order in which they came. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(routes: Routes, event: (event: Pick<RealtimeEvent, "what" | "trId" | "reason">) => void) {
    this.#routes = routes;
    this.#event = event;
  }

  /** From now on frames of the feed are decrypted so. */
  unlock(trId: string, cipher: Cipher): void {
    this.#decrypts.set(trId, decryptWith(cipher));
  }

  arrived(frame: Frame, now: number): void {
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
    const readers = this.#routes.readersOf(trId);
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
    for (let at = 0; at < values.length; at += width) {
      const found = readers.find(table, at);
      if (!found) this.#event({ what: "unknown", trId, reason: "none of the keys that were asked for" });
      else for (const registration of found) registration.deliver(table, at, now);
    }
  }

  #garbled(trId: string, now: number): void {
    this.#event({ what: "garbled", trId });
    for (const registration of this.#routes.readersOf(trId)?.all ?? []) registration.garbled(now);
  }
}
