/**
 * What happens to requests on their way to a mock provider and back, the same for all of them: they are written down, and, where a
 * test wants it, answered late, otherwise, or not at all.
 * @module
 */
import type { Clock } from "./clock.js";
import { dropped } from "./dropped.js";
import { type NetworkFault, Plans, type Selection } from "./faults.js";
import { type ReceivedRequest, RequestLog } from "./request-log.js";

/** What every mock provider can be told about its network. */
export interface TrafficControls<Fault extends NetworkFault = NetworkFault> {
  /** Requests as they arrived, token requests included, newest last. */
  readonly requests: readonly ReceivedRequest[];
  /** @throws Error when the fault says nothing, or its path is unknown */
  failNext(fault: Fault): void;
  /** Answers the next matching requests only after a while; they are carried out at once. @throws Error when the path is unknown */
  delayNext(milliseconds: number, selection?: Selection): void;
}

export interface TrafficSettings {
  clock: Clock;
  /** Requests that are remembered. */
  logLimit: number | undefined;
  /** The path of an operation that is named. @throws Error when there is none of that name */
  resolve(name: string): string;
  /** Members of a fault, besides those that all have, which are ways to fail. */
  ways?: readonly string[];
}

/** A request that has been read. */
export interface Arrival {
  received: Omit<ReceivedRequest, "at">;
  /** What faults know it by; default its path. */
  names?: readonly string[];
  /** A request for tokens, which is meant only by faults that name it. */
  byNameOnly?: boolean;
}

const LOG_LIMIT = 2_000;

export class Traffic<Fault extends NetworkFault> implements TrafficControls<Fault> {
  readonly #settings: TrafficSettings;
  readonly #log: RequestLog;
  readonly #faults = new Plans<Fault>();
  readonly #delays = new Plans<number>();

  constructor(settings: TrafficSettings) {
    this.#settings = settings;
    this.#log = new RequestLog(settings.logLimit ?? LOG_LIMIT);
  }

  get requests(): ReceivedRequest[] {
    return this.#log.entries;
  }

  /**
   * Answers a request, as planned or by carrying it out.
   * @param fail the answer to a fault that is neither `drop` nor `silent`
   */
  async answer(
    { received, names = [received.path], byNameOnly = false }: Arrival,
    carryOut: () => Response | Promise<Response>,
    fail: (fault: Fault) => Response,
  ): Promise<Response> {
    this.#log.add({ ...received, at: this.#settings.clock() });
    const delay = this.#delays.take(names, byNameOnly);
    const fault = this.#faults.take(names, byNameOnly);
    // A late or lost answer does not undo what was asked for.
    const answered = !fault || fault.carriedOut ? await carryOut() : undefined;
    if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay));
    if (!fault) return answered ?? dropped();
    if (fault.silent) return new Promise(() => {});
    return fault.drop ? dropped() : fail(fault);
  }

  failNext(fault: Fault): void {
    const { ways = [] } = this.#settings;
    const said = [...WAYS, ...ways].some((way) => (fault as Record<string, unknown>)[way] !== undefined);
    if (!said) throw new Error(`failNext: say how to fail, with ${[...WAYS, ...ways].join(", ")}`);
    this.#faults.add(fault, this.#selected(fault));
  }

  delayNext(milliseconds: number, selection: Selection = {}): void {
    this.#delays.add(milliseconds, this.#selected(selection));
  }

  clear(): void {
    for (const part of [this.#faults, this.#delays, this.#log]) part.clear();
  }

  #selected({ times, path }: Selection): Selection {
    return {
      ...(times !== undefined && { times }),
      ...(path !== undefined && { path: this.#settings.resolve(path) }),
    };
  }
}

const WAYS = ["status", "code", "body", "drop", "silent"];

/** The answer to a fault that says no code: its body as it is or as JSON, under its status. */
export function plainAnswer({ status = 200, body }: NetworkFault): Response {
  if (body === undefined) return new Response(null, { status });
  return typeof body === "string" ? new Response(body, { status }) : Response.json(body, { status });
}
