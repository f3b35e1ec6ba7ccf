/** The backend's clock, which the demo can set forward: nobody waits ten minutes to see a code expire. */
export class Clock {
  #ahead = 0

  /** Seconds since the epoch. */
  readonly now = (): number => Date.now() / 1000 + this.#ahead

  pass(seconds: number): void {
    this.#ahead += seconds
  }

  reset(): void {
    this.#ahead = 0
  }
}
