import type { Registration } from "./registration.js";

const NOBODY: readonly Registration<never>[] = [];

/** Who reads one feed, and the keys that were given up: what still comes of those is nobody's. */
export class Readers<Source = never> {
  readonly #byKey = new Map<string, Registration<Source>>();
  readonly #past = new Set<string>();
  /** The same as a list that need not be made for each record. */
  #all: readonly Registration<Source>[] = NOBODY as readonly Registration<Source>[];

  get all(): readonly Registration<Source>[] {
    return this.#all;
  }

  get(key: string): Registration<Source> | undefined {
    return this.#byKey.get(key);
  }

  add(registration: Registration<Source>): void {
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
   * Whose record one with this key is. Without a key it is everybody's who reads the feed; once a key was given up it is nobody's.
   * Undefined for a key that nobody asked for, in no spelling: the record may be anybody's, or its columns are not where they belong.
   * @param respell another way in which the key may have been asked for
   */
  find(key: string | undefined, respell?: (key: string) => string): readonly Registration<Source>[] | undefined {
    if (key === undefined) return this.#all;
    const found = this.#byKey.get(key) ?? (respell && this.#byKey.get(respell(key)));
    if (found) return found.alone;
    if (this.#all.length === 0 || this.#past.has(key)) return NOBODY as readonly Registration<Source>[];
    const alike = this.#all.filter((registration) => isSpelling(registration.key, key));
    return alike.length === 1 ? alike : undefined;
  }
}

/**
 * Documents do not say how providers write every key: blanks may stand around it, a market before or behind it. Who asks with nothing
 * asks for all there is.
 */
function isSpelling(asked: string, told: string): boolean {
  if (asked === "") return true;
  const [short = "", long = ""] = [asked.trim(), told.trim()].sort((a, b) => a.length - b.length);
  return short.length > 2 && (long.startsWith(short) || long.endsWith(short));
}

/** Finds who reads what: frames name the feed, and most records repeat the key in one of their columns. */
export class Subscriptions<Source = never> {
  readonly #readers = new Map<string, Readers<Source>>();

  get size(): number {
    let size = 0;
    for (const { all } of this.#readers.values()) size += all.length;
    return size;
  }

  get(trId: string, key: string): Registration<Source> | undefined {
    return this.#readers.get(trId)?.get(key);
  }

  /** Undefined for a feed that was never asked for. */
  readersOf(trId: string): Readers<Source> | undefined {
    return this.#readers.get(trId);
  }

  all(): Registration<Source>[] {
    return [...this.#readers.values()].flatMap(({ all }) => all);
  }

  add(registration: Registration<Source>): void {
    const readers = this.#readers.get(registration.trId) ?? new Readers<Source>();
    readers.add(registration);
    this.#readers.set(registration.trId, readers);
  }

  remove({ trId, key }: Registration<Source>): void {
    this.#readers.get(trId)?.remove(key);
  }
}
