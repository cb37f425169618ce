/** What a test wants of coming requests. */
export interface Selection {
  /** How many requests; default 1. */
  times?: number;
  /** Only requests to this path or operation (`bank.accountList`). Default: every product and account request, no token request. */
  path?: string;
}

interface Planned<Plan> {
  plan: Plan;
  left: number;
  path: string | undefined;
}

/** Plans that wait for requests to happen to, first in, first out. */
export class Faults<Plan> {
  #planned: Planned<Plan>[] = [];

  add(plan: Plan, { times = 1, path }: Selection): void {
    if (times > 0) this.#planned.push({ plan, left: times, path });
  }

  /**
   * The plan for a request to a path, which is used up by it.
   * @param byNameOnly for requests that a plan without a path does not mean.
   */
  take(path: string, byNameOnly = false): Plan | undefined {
    const found = this.#planned.find((planned) => (planned.path === undefined ? !byNameOnly : planned.path === path));
    if (!found) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#planned = this.#planned.filter((planned) => planned !== found);
    return found.plan;
  }

  clear(): void {
    this.#planned = [];
  }
}
