import type { TripMethod } from './adapter.js'
import type { Refusal } from './arrival.js'
import type { Authentication } from './authentication.js'
import { createDeadline } from './clock.js'
import type { Demand } from './departure.js'
import type { OtherScreen, OtherTrip } from './elsewhere.js'
import { createOtherTrip, forEver, settleOther } from './elsewhere.js'
import type { StepUpError } from './errors.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import { limited } from './limit.js'
import { expired, windowBlocked, windowClosed } from './refusals.js'
import { requirementKey } from './requirement.js'

/** Seconds between two looks at a window that should be there. */
const LOOK = 1

/** The prompt that a popup proves something for. */
export interface PopupScreen extends OtherScreen {
  readonly rejectAll: (error: StepUpError) => void
}

/** A trip in a window of its own. */
export interface PopupTrip extends Demand {
  readonly method: TripMethod
  readonly authentication: Authentication
}

export interface Popups {
  /** Builds the address ahead of the click, for adapters that can do only that; `null`: not needed any more. */
  prepare(wanted: PopupTrip | null): void
  /** Inside the click. */
  open(wanted: PopupTrip): void
}

interface Prepared extends OtherTrip {
  readonly key: string
  readonly controller: AbortController
  readonly ready: Promise<URL>
  /** Once it is ready. */
  url?: URL
}

export function createPopups(steps: Steps, screen: PopupScreen): Popups {
  const { dispatch, environment, limits, store } = steps
  const { clock } = environment
  let prepared: Prepared | null = null

  /** One in flight: an SDK may keep a single verifier. */
  function prepare(wanted: PopupTrip | null): Prepared | null {
    const method = wanted?.method
    const key = wanted && method?.prepare ? keyOf(wanted) : null
    if (prepared && prepared.key === key) return prepared
    prepared?.controller.abort()
    prepared = null
    if (!wanted || !method?.prepare || key === null) return null
    const build = method.prepare.bind(method)
    const controller = new AbortController()
    const other = createOtherTrip(steps, wanted, controller.signal)
    const ready = limited(clock, limits.network, controller.signal, () => build(other.trip))
    const mine: Prepared = { ...other, key, controller, ready }
    prepared = mine
    ready.then(
      (url) => (mine.url = url),
      () => {
        // Whoever clicks now is told, and the next look builds it again.
        if (prepared !== mine) return
        prepared = null
        controller.abort()
      },
    )
    return mine
  }

  function openWindow(signal: AbortSignal, url?: URL): Window {
    // The address may come late, when nobody wants it any more.
    signal.throwIfAborted()
    const popup = environment.openWindow(url)
    if (!popup) throw windowBlocked()
    signal.addEventListener('abort', () => popup.close())
    return popup
  }

  /**
   * Only a hint: across a Cross-Origin-Opener-Policy a window looks closed while it is open. Seen twice,
   * since the report of a window that has closed itself may be on its way.
   */
  function watch(popup: Window, { back }: OtherTrip, signal: AbortSignal): void {
    const looks = createDeadline(clock, () => {
      look()
    })
    let gone = false
    function look(): void {
      if (!popup.closed || !gone) looks.arm(LOOK)
      else if (store.getState().status === 'leaving') {
        dispatch({ type: 'rejected', error: windowClosed() })
      }
      gone = popup.closed
    }
    const stop = () => {
      looks.arm(null)
    }
    looks.arm(LOOK)
    signal.addEventListener('abort', stop)
    void back.then(stop)
  }

  /** Resolves when the window is back: with the provider's refusal, if that is all it brings. */
  function travel(wanted: PopupTrip, signal: AbortSignal): Promise<Refusal | null> {
    const ahead = prepare(wanted)
    prepared = null
    if (!ahead) {
      const popup = openWindow(signal)
      const other = createOtherTrip(steps, wanted, signal, popup)
      watch(popup, other, signal)
      // A report without an error leaves the word to the SDK, which may still be at work.
      const refusal = other.back.then((found) => found ?? forEver())
      return Promise.race([wanted.method.start(other.trip).then(() => null), refusal])
    }
    const { back, controller, ready, url } = ahead
    signal.addEventListener('abort', () => controller.abort())
    const open = (at: URL) => {
      watch(openWindow(signal, at), ahead, signal)
      return back
    }
    // A click lets a window open for a second more: enough for an address that is on its way.
    return url ? open(url) : ready.then(open)
  }

  /** Starts inside the click, whatever is read first. */
  async function prove(wanted: PopupTrip, signal: AbortSignal): Promise<void> {
    const travelled = travel(wanted, signal)
    // It may fail before anybody waits for it.
    travelled.catch(() => undefined)
    await settleOther(steps, screen, wanted.authentication, travelled, signal)
  }

  return {
    prepare: (wanted) => void prepare(wanted),
    open(wanted) {
      const signal = screen.commit()
      dispatch({ type: 'left', method: wanted.method, popup: true })
      const stop = clock.after(limits.recordLifetime, () => screen.rejectAll(expired()))
      signal.addEventListener('abort', stop)
      const fail = (cause: unknown) => {
        const message =
          'The sign-in window could not be opened, or brought nothing back. Try again.'
        if (!signal.aborted) screen.failed(toStepUpError(cause, 'network', message))
      }
      prove(wanted, signal).catch(fail)
    },
  }
}

const keyOf = ({ method, attempt, requirement }: PopupTrip) =>
  `${method.id} ${String(attempt)} ${requirementKey(requirement)}`
