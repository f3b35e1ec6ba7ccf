import type { TripMethod } from './adapter.js'
import { samePerson } from './authentication.js'
import { defined } from './defined.js'
import { watchDeparture } from './departing.js'
import type { StepUpError } from './errors.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import { createHandle } from './handle.js'
import { limited } from './limit.js'
import { packDraft } from './pack-draft.js'
import { cancelled, outcomeUnknown } from './refusals.js'
import { wireMaxAge } from './requirement.js'
import type { StoredAction, TripRecord } from './trip.js'
import { safePath } from './trip.js'
import { warnOnce } from './warn.js'

/** What the provider is to be asked for. */
export interface Demand extends Pick<TripRecord, 'requirement' | 'attempt'> {
  readonly prompt?: 'login'
  readonly loginHint?: string
}

/** What is left with, and who must come back. */
export interface Leaving extends Demand, Pick<TripRecord, 'actions' | 'issuer' | 'subject'> {
  readonly method: TripMethod
  /** Where the person was; by default, here. */
  readonly returnTo?: string
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
  /** The list of those who wait has changed. Nothing happens where the page is not leaving. */
  rewrite(actions: readonly StoredAction[]): void
  /** Whoever comes back from this trip learns that it was cancelled. Nothing happens where there is none. */
  bury(): void
}

export function createDeparture(steps: Steps): Departure {
  const { drafts, environment, limits, trips } = steps
  const { clock } = environment
  let record: TripRecord | null = null
  /** This tab is on its way out. */
  let leaves = false
  /** What an earlier trip has left in this tab, and would be written over, comes along. */
  let carried: readonly StoredAction[] = []
  let replaced: TripRecord | null = null

  const write = (next: TripRecord) => {
    trips.write(next)
    record = next
  }

  /** Those that have not ended since. */
  function stillWaiting(actions: readonly StoredAction[]): readonly StoredAction[] {
    const left = new Set(trips.read()?.actions.map(idOf))
    return actions.filter((action) => left.has(idOf(action)))
  }
  const withCarried = (actions: readonly StoredAction[]) => [...actions, ...stillWaiting(carried)]
  function leftOf(earlier: TripRecord | null): TripRecord | null {
    const actions = stillWaiting(earlier?.actions ?? [])
    return earlier && actions.length > 0 ? { ...earlier, actions } : null
  }

  /** Leaves alone what a later page of this tab has begun to run. */
  function bury(): void {
    const slot = trips.read()
    if (!record || slot?.handle !== record.handle || slot.phase === 'claimed') return
    const next: TripRecord = leftOf(replaced) ?? { ...record, actions: [], phase: 'cancelled' }
    if (trips.keep(next)) record = next
  }

  return {
    bury() {
      if (leaves) bury()
    },
    rewrite(actions) {
      if (record && leaves) write({ ...record, actions: withCarried(actions) })
    },
    leave(leaving) {
      const { method, signal, actions, requirement, issuer, subject, attempt } = leaving
      const url = environment.url()
      const handle = createHandle('r', () => environment.random())
      const slot = trips.read()
      carried = leftBehind(slot, leaving)
      replaced = carried.length > 0 ? slot : null
      try {
        write({
          handle,
          actions: withCarried(actions),
          requirement,
          issuer,
          subject,
          returnTo: leaving.returnTo ?? safePath(url.pathname + url.search + url.hash, url.origin),
          ...defined({
            scroll: leaving.returnTo === undefined ? environment.scroll() : undefined,
            draft: packDraft(drafts),
          }),
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

      leaves = true
      let over = false
      const departing = watchDeparture(steps, (restored) => {
        release()
        // Back out of the cache, after a later page of this tab has had the record, or some of it.
        const slot = trips.read()
        const left = new Set(slot?.handle === handle ? slot.actions.map(idOf) : [])
        const taken =
          slot?.phase === 'claimed' || !record?.actions.map(idOf).every((id) => left.has(id))
        bury()
        const reason = restored ? 'page_restored' : 'not_left'
        leaving.stayed(restored && taken ? outcomeUnknown() : cancelled(reason))
      })
      const release = () => {
        over = true
        leaves = false
        departing.stop()
      }
      signal.addEventListener('abort', release)

      const start = (inner: AbortSignal) =>
        method.start({
          ...demandOf(leaving),
          handle,
          signal: inner,
          bind(binding) {
            if (record?.handle === handle) write({ ...record, binding })
          },
          returned: new Promise(() => {
            // Only another window reports back; this page goes away.
          }),
        })
      limited(clock, limits.network, signal, start).then(
        () => {
          if (!over) departing.expect()
        },
        (cause: unknown) => {
          if (departing.is() || over) return
          release()
          const left = leftOf(replaced)
          if (left) trips.keep(left)
          else trips.remove()
          record = null
          leaving.failed(
            toStepUpError(cause, 'network', 'The sign-in page could not be reached. Try again.'),
          )
        },
      )
    },
  }
}

/** What every way of leaving asks the provider for. */
export const demandOf = ({ requirement, attempt, prompt, loginHint }: Demand) =>
  defined({
    requirement,
    maxAge: onTheWire(requirement.maxAge, attempt),
    prompt: prompt ?? (attempt === 2 ? ('login' as const) : undefined),
    loginHint,
  })

const idOf = ({ requestId }: StoredAction) => requestId

/** What waits in this tab since an earlier trip. */
function leftBehind(slot: TripRecord | null, { actions, ...person }: Leaving): StoredAction[] {
  if (!slot || !samePerson(slot, person)) return []
  if (slot.phase !== 'returned' && slot.phase !== 'leaving') return []
  return slot.actions
    .filter(({ requestId }) => actions.every((action) => action.requestId !== requestId))
    .map((action) => ({ ...action, asked: false }))
}

/** Some providers refuse 0 or ignore it: the second try says `prompt=login` with the smallest age all take. */
const onTheWire = (maxAge: number | undefined, attempt: 1 | 2) =>
  maxAge === undefined ? undefined : Math.max(attempt === 1 ? 0 : 1, wireMaxAge(maxAge))

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
