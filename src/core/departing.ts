import type { Steps } from './flow.js'

/** What becomes of a page that the browser has begun to leave. */
export interface Departing {
  /** It says so also before a download, and then stays. */
  is(): boolean
  /** Gives it the time to go that every page has. */
  expect(): void
  stop(): void
}

/** `stayed`: the page should be gone and is here still, or (`restored`) is here again. */
export function watchDeparture(
  { environment, limits }: Steps,
  stayed: (restored: boolean) => void = () => undefined,
): Departing {
  let departing = false
  let stopTimer: (() => void) | null = null
  const expect = () => {
    stopTimer?.()
    stopTimer = environment.clock.after(limits.leaving, () => {
      departing = false
      stayed(false)
    })
  }
  const stopLeave = environment.onLeave(() => {
    departing = true
    expect()
  })
  const stopWake = environment.onWake((restored) => {
    if (restored) stayed(true)
  })
  return {
    is: () => departing,
    expect,
    stop() {
      stopTimer?.()
      stopLeave()
      stopWake()
    },
  }
}
