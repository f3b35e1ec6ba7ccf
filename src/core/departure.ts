import type { Trip, TripMethod } from './adapter.js'
import { samePerson } from './authentication.js'
import type { CancelReason, StepUpError } from './errors.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import { createHandle } from './handle.js'
import { limited } from './limit.js'
import { cancelled, outcomeUnknown } from './refusals.js'
import { wireMaxAge } from './requirement.js'
import type { StoredAction, TripRecord } from './trip.js'
import { safePath } from './trip.js'
import { warnOnce } from './warn.js'

/** What is left with, and who must come back. */
export interface Leaving extends Pick<
  TripRecord,
  'actions' | 'requirement' | 'issuer' | 'subject' | 'attempt'
> {
  readonly method: TripMethod
  /** Where the person was; by default, here. */
  readonly returnTo?: string
  readonly prompt?: 'login'
  readonly loginHint?: string | undefined
  readonly signal: AbortSignal
  /** The record is stored, the page is about to go. */
  started(): void
  /** The page is not leaving: nothing was reached. */
  failed(error: StepUpError): void
  /** The page should have left and is still here, or is here again. */
  stayed(error: StepUpError): void
}

/** Leaving in this tab: the record goes into storage before anything else happens. */
export interface Departure {
  leave(leaving: Leaving): void
  /** The list of those who wait has changed while the page was leaving. */
  rewrite(actions: readonly StoredAction[]): void
  /** Whoever comes back from this trip learns that it was cancelled. */
  bury(): void
}

export function createDeparture({ environment, limits, trips }: Steps): Departure {
  const { clock } = environment
  let record: TripRecord | null = null

  const write = (next: TripRecord) => {
    trips.write(next)
    record = next
  }

  /** Leaves alone what a later page of this tab has begun to run. */
  function bury(): void {
    const slot = trips.read()
    if (!record || slot?.handle !== record.handle || slot.phase === 'claimed') return
    try {
      write({ ...record, actions: [], phase: 'cancelled' })
    } catch {
      trips.remove()
    }
  }

  return {
    bury,
    rewrite(actions) {
      if (record) write({ ...record, actions })
    },
    leave(leaving) {
      const { method, prompt, loginHint, signal, actions, requirement, issuer, subject, attempt } =
        leaving
      const url = environment.url()
      const handle = createHandle(() => environment.random())
      try {
        write({
          handle,
          actions: [...actions, ...leftBehind(trips.read(), leaving)],
          requirement,
          issuer,
          subject,
          returnTo: leaving.returnTo ?? safePath(url.pathname + url.search + url.hash, url.origin),
          attempt,
          expiresAt: clock.now().wall + limits.recordLifetime,
          phase: 'leaving',
        })
      } catch (error) {
        leaving.failed(toStepUpError(error, 'storage_unavailable', 'Nothing could be stored.'))
        return
      }
      warnOfClosures(actions)
      leaving.started()

      let left = false
      let over = false
      let stopTimer: (() => void) | null = null
      const stopLeave = environment.onLeave(() => {
        left = true
        arm()
      })
      const stopWake = environment.onWake((restored) => {
        if (restored) stay('page_restored')
      })
      const release = () => {
        over = true
        stopTimer?.()
        stopLeave()
        stopWake()
      }
      const stay = (reason: CancelReason) => {
        release()
        // Back out of the cache, after a later page of this tab has had the record.
        const slot = trips.read()
        const taken = slot?.handle !== handle || slot.phase === 'claimed'
        bury()
        const restored = reason === 'page_restored'
        leaving.stayed(restored && taken ? outcomeUnknown() : cancelled(reason))
      }
      const arm = () => {
        if (over) return
        stopTimer?.()
        stopTimer = clock.after(limits.leaving, () => {
          stay('not_left')
        })
      }
      signal.addEventListener('abort', release, { once: true })

      const { maxAge } = requirement
      const trip = (inner: AbortSignal): Trip => ({
        handle,
        requirement,
        ...(maxAge !== undefined && { maxAge: onTheWire(maxAge, attempt) }),
        ...(prompt && { prompt }),
        ...(loginHint !== undefined && { loginHint }),
        signal: inner,
        bind(binding) {
          if (record?.handle === handle) write({ ...record, binding })
        },
        returned: new Promise(() => {
          // Only a popup reports back; this page goes away.
        }),
      })
      limited(clock, limits.network, signal, (inner) => method.start(trip(inner))).then(
        arm,
        (cause: unknown) => {
          if (left || over) return
          release()
          trips.remove()
          record = null
          leaving.failed(
            toStepUpError(cause, 'network', 'The sign-in page could not be reached. Try again.'),
          )
        },
      )
    },
  }
}

/** What waits in this tab since an earlier trip, and would be written over, comes along. */
function leftBehind(slot: TripRecord | null, { actions, ...person }: Leaving): StoredAction[] {
  if (!slot || !samePerson(slot, person)) return []
  if (slot.phase !== 'returned' && slot.phase !== 'leaving') return []
  return slot.actions
    .filter(({ requestId }) => actions.every((action) => action.requestId !== requestId))
    .map((action) => ({ ...action, asked: false }))
}

/** Some providers refuse 0 or ignore it: the second try says `prompt=login` with the smallest age all take. */
const onTheWire = (maxAge: number, attempt: 1 | 2) =>
  attempt === 1 ? wireMaxAge(maxAge) : Math.max(1, wireMaxAge(maxAge))

/** Tells the developer how the closures that are about to be left behind could come back. */
function warnOfClosures(actions: readonly StoredAction[]): void {
  if (actions.every(({ id }) => id !== null)) return
  warnOnce(
    'A closure is about to wait for a full-page trip, and cannot come back: the person will be asked to press ' +
      'again. Give it a name, and it resumes by itself:\n' +
      "  const deleteProject = defineAction({ id: 'project.delete', requirement: 300, schema, run, describe })\n" +
      '  createStepUpClient({ …, actions: [deleteProject] })\n' +
      '  await requireFreshAuth(deleteProject, { id })',
  )
}
