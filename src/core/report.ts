import { isAway, notExpected } from './away.js'
import { cleanPath } from './clean-path.js'
import type { Steps } from './flow.js'
import { limited } from './limit.js'

/** Seconds after which a window that could not be closed is given to the app. */
const CLOSING = 1

/**
 * In the window where another one's trip ends: lets the SDK finish, says so, and closes. The address
 * proves nothing to the one that waits, which reads for itself.
 */
export async function reportBack(steps: Steps): Promise<void> {
  const { adapter, arrived, dispatch, environment, limits, navigate, reported } = steps
  const { clock, tabs } = environment
  const { answer, url } = arrived
  const { signal } = new AbortController()
  const handle = answer?.state ?? ''
  let error = answer?.error?.code
  dispatch({ type: 'returned' })
  try {
    // An SDK that is shown the error would only throw it.
    if (error === undefined && isAway(environment, handle)) {
      await limited(clock, limits.network, signal, async (inner) => adapter.complete?.(url, inner))
    }
  } catch {
    error = 'temporarily_unavailable'
  }
  // Not before: a reload of this window spends it too.
  notExpected(environment, handle)
  environment.replaceUrl(cleanPath(url))
  tabs.post(handle, error)
  environment.closeWindow()
  // A link in a mail opens a window that no script may close: there, it is the app's.
  clock.after(CLOSING, () => {
    navigate(new URL('.', url).pathname)
    reported()
    dispatch({ type: 'closed' })
  })
}
