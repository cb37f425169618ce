import { KofinError } from "./errors/kofin-error.js";

/** What became of a call, as a value. */
export type Settled<T> = { data: T; error?: undefined } | { data?: undefined; error: KofinError };

/**
 * For those who prefer values to exceptions: `const { data, error } = await settle(accountList(codef, input))`.
 * Only kofin's own errors become values; a bug keeps being thrown.
 */
export async function settle<T>(call: Promise<T>): Promise<Settled<T>> {
  try {
    return { data: await call };
  } catch (error) {
    if (error instanceof KofinError) return { error };
    throw error;
  }
}
