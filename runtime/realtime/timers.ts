/** Timers that end together, so that none of them keeps a process alive. */
export class Timers {
  readonly #running = new Set<ReturnType<typeof setTimeout>>();

  after(ms: number, work: () => unknown): void {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      work();
    }, ms);
    this.#running.add(timer);
  }

  clear(): void {
    for (const timer of this.#running) clearTimeout(timer);
    this.#running.clear();
  }
}
