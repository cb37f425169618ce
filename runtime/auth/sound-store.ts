import { InvalidInputError } from "../errors/invalid-input.js";
import { KofinError } from "../errors/kofin-error.js";
import type { TokenStore } from "./token-store.js";

/**
 * The caller's store, with its failures told as what they are: in the middle of a call they would look like trouble with the network.
 * Each method throws InvalidInputError `STORE_UNUSABLE` with the store's own error as its cause; what `work` throws comes through.
 */
export function soundStore(store: TokenStore): TokenStore {
  return {
    get: (key) => sound("get", () => store.get(key)),
    set: (key, value) => sound("set", () => store.set(key, value)),
    async exclusive(key, work) {
      let failed: { error: unknown } | undefined;
      const noted = async () => {
        try {
          return await work();
        } catch (error) {
          failed = { error };
          throw error;
        }
      };
      try {
        return await sound("exclusive", () => store.exclusive(key, noted));
      } catch (error) {
        throw failed ? failed.error : error;
      }
    },
  };
}

async function sound<T>(method: keyof TokenStore, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof KofinError) throw cause;
    // Its own words stay in the cause: they may hold what was to be stored.
    const message = `store.${method} failed: see the cause`;
    throw new InvalidInputError("STORE_UNUSABLE", message, { provider: "kofin", field: "store", cause });
  }
}
