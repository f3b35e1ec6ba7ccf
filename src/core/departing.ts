import type { Steps } from './flow.js'

/** Whether the browser is about to leave the page: it says so also before a download, and then stays. */
export function watchDeparture({ environment, limits }: Steps): { is(): boolean; stop(): void } {
  let departing = false
  let stopTimer: (() => void) | null = null
  const stopLeave = environment.onLeave(() => {
    departing = true
    stopTimer?.()
    stopTimer = environment.clock.after(limits.leaving, () => {
      departing = false
    })
  })
  return {
    is: () => departing,
    stop() {
      stopTimer?.()
      stopLeave()
    },
  }
}
