import type { Clock, Instant } from '../core/clock.js'

/** A clock that moves when told to. */
export interface FakeClock extends Clock {
  /** Lets time pass on both clocks, running what is due, in order. */
  advance(seconds: number): void
  /** Sets the wall clock alone, as a person or a time server would. */
  setWall(wall: number): void
  /** Timers that are armed. */
  readonly pending: number
}

interface Timer {
  readonly due: number
  readonly run: () => void
}

/**
 * Makes a clock that moves when a test says so.
 *
 * @param start seconds since the epoch
 * @example
 * const clock = createFakeClock()
 * clock.advance(300)
 */
export function createFakeClock(start = 1_800_000_000): FakeClock {
  const timers = new Set<Timer>()
  let now: Instant = { wall: start, mono: 0 }
  const moveTo = (mono: number) => {
    now = { wall: now.wall + (mono - now.mono), mono }
  }
  const nextDue = (limit: number) =>
    [...timers].filter(({ due }) => due <= limit).sort((a, b) => a.due - b.due)[0]
  return {
    now: () => now,
    after(seconds, run) {
      const timer = { due: now.mono + seconds, run }
      timers.add(timer)
      return () => {
        timers.delete(timer)
      }
    },
    advance(seconds) {
      const end = now.mono + seconds
      for (let timer = nextDue(end); timer; timer = nextDue(end)) {
        timers.delete(timer)
        moveTo(Math.max(timer.due, now.mono))
        timer.run()
      }
      moveTo(end)
    },
    setWall(wall) {
      now = { ...now, wall }
    },
    get pending() {
      return timers.size
    },
  }
}
