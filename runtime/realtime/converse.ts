import { NetworkError } from "../errors/network.js";
import { connectionOf, forget } from "./connections.js";
import { RealtimeError } from "./error.js";
import { type Exchange, Refused } from "./exchanges.js";
import type { RealtimeProtocol } from "./protocol.js";

/** Who asks. */
export interface Conversation<Source> {
  protocol: RealtimeProtocol<Source>;
  /** What is asked for, for errors. */
  id: string;
  signal?: AbortSignal | undefined;
}

/**
 * Asks something on the connection that subscriptions share, which opens for it if need be. Should the session break, `work` begins
 * anew on the next one: it has to be a mere look-up.
 * @throws RealtimeError with the provider's code, or `REALTIME_LOST`; NetworkError `ABORTED`
 */
export function converse<Source, T>(
  { protocol, id, signal }: Conversation<Source>,
  work: (exchange: Exchange) => Promise<T>,
): Promise<T> {
  const { provider } = protocol;
  return new Promise((resolve, reject) => {
    const aborted = () => {
      const context = { provider, operation: id, mayHaveArrived: true, cause: signal?.reason };
      reject(new NetworkError("ABORTED", `${id}: ended by the caller`, context));
    };
    if (signal?.aborted) {
      aborted();
      return;
    }
    const connection = connectionOf(protocol);
    const leave = () => {
      signal?.removeEventListener("abort", abort);
      connection.finish(task);
      if (connection.isIdle) forget(protocol, connection);
    };
    const task = {
      async work(exchange: Exchange) {
        resolve(await work(exchange));
        leave();
      },
      end(error: unknown) {
        reject(error instanceof Refused ? refusalOf(error) : error);
        leave();
      },
    };
    const refusalOf = ({ code, message, advice }: Refused) =>
      new RealtimeError(code, `${id}: ${code} ${message}`, { provider, operation: id, advice });
    const abort = () => {
      aborted();
      leave();
    };
    signal?.addEventListener("abort", abort);
    connection.run(task);
  });
}
