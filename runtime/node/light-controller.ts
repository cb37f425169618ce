type Listener = () => void;

/**
 * An `AbortController` and its signal by their looks, in one: the platform's own are the dearest thing of a call that goes well,
 * and undici's dispatcher does not ask for them.
 */
export class LightController {
  aborted = false;
  reason: unknown;
  private readonly listeners: Listener[] = [];

  get signal(): this {
    return this;
  }

  abort(reason: unknown): void {
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.listeners.splice(0)) listener();
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(_type: "abort", listener: Listener): void {
    this.listeners.push(listener);
  }

  removeEventListener(_type: "abort", listener: Listener): void {
    const index = this.listeners.indexOf(listener);
    if (index >= 0) this.listeners.splice(index, 1);
  }
}
