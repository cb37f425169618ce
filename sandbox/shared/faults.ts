/** What a test wants of coming requests. */
export interface Selection {
  /** How many requests; default 1. */
  times?: number;
  /** Only requests to this path or operation (`bank.accountList`). Default: every request but those for tokens. */
  path?: string;
}

/** How the next matching requests are answered. Say at least one of status, code, body, drop and silent. */
export interface NetworkFault extends Selection {
  /** HTTP status; default that of the code, else 200. */
  status?: number;
  /** A code of the provider, in the form in which it refuses. */
  code?: string;
  /** The body: text as it is, anything else as JSON. */
  body?: unknown;
  /** The connection breaks instead of an answer. */
  drop?: boolean;
  /** Nothing is answered at all: whoever asks waits until its own time is up. */
  silent?: boolean;
  /** Whether the request is carried out all the same, so that only its answer is lost. Default false. */
  carriedOut?: boolean;
}

interface Planned<Plan> {
  plan: Plan;
  left: number;
  path: string | undefined;
}

/** Plans that wait for requests to happen to, first in, first out. */
export class Plans<Plan> {
  #planned: Planned<Plan>[] = [];

  add(plan: Plan, { times = 1, path }: Selection): void {
    if (times > 0) this.#planned.push({ plan, left: times, path });
  }

  /**
   * The plan for a request, which is used up by it.
   * @param names its path, and what else it goes by
   * @param byNameOnly for requests that a plan without a path does not mean.
   */
  take(names: readonly string[], byNameOnly = false): Plan | undefined {
    const found = this.#planned.find(({ path }) => (path === undefined ? !byNameOnly : names.includes(path)));
    if (!found) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#planned = this.#planned.filter((planned) => planned !== found);
    return found.plan;
  }

  clear(): void {
    this.#planned = [];
  }
}
