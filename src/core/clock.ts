/** One moment on both clocks, in seconds: `wall` since the epoch, `mono` from any fixed start. */
export interface Instant {
  readonly wall: number
  readonly mono: number
}

/** Time and timers, passed in. */
export interface Clock {
  now(): Instant
  /** Calls `run` once, `seconds` from now; returns how to stop it. */
  after(seconds: number, run: () => void): () => void
}

/** Seconds after which what another window has stored is seen here too. */
export const SETTLING = 1

// setTimeout keeps its delay in 32 bits and fires at once beyond that.
const LONGEST = 2_147_483

/** One timer for any number of deadlines: `arm` replaces what was armed, `null` disarms. */
export function createDeadline(
  clock: Clock,
  run: () => void,
): { arm(seconds: number | null): void } {
  let stop: (() => void) | null = null
  return {
    arm(seconds) {
      stop?.()
      stop = null
      if (seconds === null) return
      stop = clock.after(Math.min(Math.max(seconds, 0), LONGEST), () => {
        stop = null
        run()
      })
    },
  }
}
