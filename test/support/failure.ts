import { KofinError } from "kofin";

type Kind<E> = abstract new (...args: never[]) => E;

/** Awaits the error of `promise`, which must be a `kind`. */
export async function failure<E extends KofinError = KofinError>(
  promise: Promise<unknown>,
  kind: Kind<E> = KofinError as unknown as Kind<E>,
): Promise<E> {
  const error = await promise.then(
    (value) => {
      throw new Error(`Expected ${kind.name}, but it succeeded: ${JSON.stringify(value)}`);
    },
    (thrown: unknown) => thrown,
  );
  if (error instanceof kind) return error;
  throw new Error(`Expected ${kind.name}, got ${String(error)}`, { cause: error });
}
