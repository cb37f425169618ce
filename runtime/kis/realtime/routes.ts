import type { Table } from "./frame.js";
import type { Registration } from "./registration.js";

const NOBODY: readonly Registration[] = [];

/** Who reads one feed, and the keys that were given up: what still comes of those is nobody's. */
export class Readers {
  readonly #byKey = new Map<string, Registration>();
  readonly #past = new Set<string>();
  /** The same as a list that need not be made for each record. */
  #all: readonly Registration[] = NOBODY;

  get all(): readonly Registration[] {
    return this.#all;
  }

  get(key: string): Registration | undefined {
    return this.#byKey.get(key);
  }

  add(registration: Registration): void {
    this.#byKey.set(registration.key, registration);
    this.#past.delete(registration.key);
    this.#all = [...this.#byKey.values()];
  }

  remove(key: string): void {
    if (!this.#byKey.delete(key)) return;
    this.#past.add(key);
    this.#all = [...this.#byKey.values()];
  }

  /**
   * Whose record stands at `at`. A record without a key column is everybody's who reads the feed. A key that nobody asked for is
   * the only reader's, for documents do not say how KIS writes every key; it is nobody's once that key was given up. Undefined
   * when there is no telling.
   */
  find({ values }: Table, at: number): readonly Registration[] | undefined {
    const first = this.#all[0];
    if (!first) return NOBODY;
    const { keyColumn } = first.feed;
    if (keyColumn === undefined) return this.#all;
    const key = values[at + keyColumn] ?? "";
    // An ETN is asked for as Q500001 and may come as 500001.
    const found = this.#byKey.get(key) ?? this.#byKey.get(`Q${key}`);
    if (found) return found.alone;
    if (this.#past.has(key)) return NOBODY;
    return this.#all.length === 1 ? this.#all : undefined;
  }
}

/** Finds who reads what: frames name the feed, and most records repeat the key in one of their columns. */
export class Routes {
  readonly #readers = new Map<string, Readers>();

  get size(): number {
    let size = 0;
    for (const { all } of this.#readers.values()) size += all.length;
    return size;
  }

  get(trId: string, key: string): Registration | undefined {
    return this.#readers.get(trId)?.get(key);
  }

  /** Undefined for a feed that was never asked for. */
  readersOf(trId: string): Readers | undefined {
    return this.#readers.get(trId);
  }

  all(): Registration[] {
    return [...this.#readers.values()].flatMap(({ all }) => all);
  }

  add(registration: Registration): void {
    const readers = this.#readers.get(registration.trId) ?? new Readers();
    readers.add(registration);
    this.#readers.set(registration.trId, readers);
  }

  remove({ trId, key }: Registration): void {
    this.#readers.get(trId)?.remove(key);
  }
}
