import type { Clock } from "./clock.js";

/** A provider as the sandbox plays it. */
export interface MockProvider {
  fetch(request: Request): Promise<Response>;
  /** Back to how it was when it was made. */
  reset(): void;
}

/** What everything that a mock provider makes up depends on. */
export interface MockSettings {
  seed: string | number;
  clock: Clock;
}
