import type { Table } from "./frame.js";
import type { Registration } from "./registration.js";

/** The readers of one feed, and the keys that were given up: what still comes of those is nobody's. */
interface Readers {
  byKey: Map<string, Registration>;
  /** The same, as lists that need not be made for each record. */
  all: Registration[];
  past: Set<string>;
}

/** Finds whose record it is: frames name the feed, and most records repeat the key in one of their columns. */
export class Routes {
  readonly #readers = new Map<string, Readers>();

  get size(): number {
    return this.all().length;
  }

  get(trId: string, key: string): Registration | undefined {
    return this.#readers.get(trId)?.byKey.get(key);
  }

  of(trId: string): readonly Registration[] {
    return this.#readers.get(trId)?.all ?? [];
  }

  all(): Registration[] {
    return [...this.#readers.values()].flatMap(({ all }) => all);
  }

  add(registration: Registration): void {
    const { trId, key } = registration;
    const readers = this.#readers.get(trId) ?? { byKey: new Map(), all: [], past: new Set() };
    readers.byKey.set(key, registration);
    readers.all = [...readers.byKey.values()];
    readers.past.delete(key);
    this.#readers.set(trId, readers);
  }

  remove({ trId, key }: Registration): void {
    const readers = this.#readers.get(trId);
    if (!readers?.byKey.delete(key)) return;
    readers.all = [...readers.byKey.values()];
    readers.past.add(key);
  }

  /**
   * Whose record stands at `at`. A record without a key column is everybody's who reads the feed. A key that nobody asked for is
   * the only reader's, for documents do not say how KIS writes every key; it is nobody's once that key was given up.
   */
  find(trId: string, table: Table, at: number): readonly Registration[] {
    const readers = this.#readers.get(trId);
    const first = readers?.all[0];
    if (!readers || !first) return [];
    const { keyColumn } = first.feed;
    if (keyColumn === undefined) return readers.all;
    const key = table.values[at + keyColumn] ?? "";
    const found = readers.byKey.get(key) ?? readers.byKey.get(`Q${key}`);
    if (found) return found.alone;
    return readers.all.length === 1 && !readers.past.has(key) ? readers.all : [];
  }
}
