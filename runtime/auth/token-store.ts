/**
 * Texts that outlive a process and are shared by several: tokens, counters. `fileStore` of `kofin/node` is one; a Redis or a
 * database makes another. Whatever it throws ends the call, as the cause of an InvalidInputError `STORE_UNUSABLE`: it has to try again
 * by itself where that helps.
 */
export interface TokenStore {
  get(key: string): Promise<string | undefined>;
  /** Undefined removes it. */
  set(key: string, value: string | undefined): Promise<void>;
  /** Runs `work` while nobody else, in any process, does the same for this key. */
  exclusive<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** A store for one process. */
export function memoryStore(): TokenStore {
  const texts = new Map<string, string>();
  const queues = new Map<string, Promise<unknown>>();
  return {
    get: async (key) => texts.get(key),
    async set(key, value) {
      if (value === undefined) texts.delete(key);
      else texts.set(key, value);
    },
    exclusive<T>(key: string, work: () => Promise<T>) {
      const turn = (queues.get(key) ?? Promise.resolve()).then(work, work);
      queues.set(key, turn);
      const done = () => {
        if (queues.get(key) === turn) queues.delete(key);
      };
      turn.then(done, done);
      return turn;
    },
  };
}
