import type { CallEvent } from "kofin";
import { createSandbox, type Sandbox } from "kofin/sandbox";
import { createTossinvest, type Tossinvest, type TossinvestOptions } from "kofin/tossinvest";

/** Friday, 2026-11-20, 11:00 in Seoul: the Korean market is open. */
export const NOW = Date.UTC(2026, 10, 20, 2);

/** A sandbox on a clock that stands still until a test moves it, where 005930 costs 60,000 won. */
export function open(options: Parameters<typeof createSandbox>[0] = {}) {
  const clock = { now: NOW };
  const sandbox = createSandbox({ now: () => clock.now, ...options });
  sandbox.tossinvest.setPrice("005930", 60_000);
  return { sandbox, clock, toss: sandbox.tossinvest };
}

/** A client that wastes no time, and what it says. */
export function connect(
  { tossinvest }: Sandbox,
  options: Partial<TossinvestOptions> = {},
): { client: Tossinvest; events: CallEvent[] } {
  const events: CallEvent[] = [];
  const base = tossinvest.options;
  const client = createTossinvest({
    ...base,
    retryDelayMs: 0,
    limits: false,
    ...options,
    realtime: { ...base.realtime, backoffMs: [0], ...options.realtime },
    onEvent: (event) => events.push(event),
  });
  return { client, events };
}

/** A buy of ten at a price that nobody offers, which waits. */
export const WAITING = { symbol: "005930", side: "BUY", orderType: "LIMIT", quantity: "10", price: "50000" } as const;

export async function thrown(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

export async function until(check: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!check() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 1));
  if (!check()) throw new Error("it did not come about");
}
