/** A clock that only goes on when it is told to, and stands still as long as somebody holds it. */
export class Clock {
  #time: number;
  #held = 0;

  constructor(time: number) {
    this.#time = time;
  }

  readonly now = (): number => this.#time;

  pass(ms: number): void {
    if (this.#held === 0) this.#time += ms;
  }

  hold(): void {
    this.#held += 1;
  }

  release(): void {
    this.#held -= 1;
  }
}
