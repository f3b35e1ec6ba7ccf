import type { Trip } from './adapter.js'
import type { Authentication } from './authentication.js'
import type { Clock } from './clock.js'
import { SETTLING } from './clock.js'
import type { StepUpError } from './errors.js'
import type { Refusal } from './arrival.js'
import { readReturnError } from './arrival.js'
import type { Demand } from './departure.js'
import { demandOf } from './departure.js'
import type { Steps } from './flow.js'
import { createHandle } from './handle.js'
import { expectBack } from './away.js'

/** A trip that ends in another window, while this page waits for word of it. */
export interface OtherTrip {
  readonly trip: Trip
  /** The other window has reported: with the provider's refusal, if that is all it brings. */
  readonly back: Promise<Refusal | null>
}

/**
 * Another window only says that it is back, or with which error: the proof is read here. The channel
 * is the handle, which nobody knows but that window and this one.
 */
export function createOtherTrip(
  { environment, limits }: Steps,
  demand: Demand,
  signal: AbortSignal,
  popup?: Window,
): OtherTrip {
  const handle = createHandle('p', () => environment.random())
  expectBack(environment, handle, limits.recordLifetime)
  const reported = new Promise<unknown>((resolve) => {
    const stop = environment.tabs.listen(handle, (message) => {
      stop()
      resolve(message)
    })
    signal.addEventListener('abort', stop)
  })
  const back = reported.then((message) =>
    typeof message === 'string' ? readReturnError({ code: message }, demand) : null,
  )
  return {
    back,
    trip: {
      ...demandOf(demand),
      handle,
      signal,
      ...(popup && { popup }),
      bind() {
        throw new TypeError(
          'In another window a trip is known by its handle: send that as `state`.',
        )
      },
      returned: back.then((refusal) => (refusal ? forEver() : undefined)),
    },
  }
}

/** The prompt that another window proves something for. */
export interface OtherScreen {
  /** Ends what is under way; what the next step answers is nobody's once this aborts. */
  readonly commit: () => AbortSignal
  readonly settle: (proof: Authentication | null, asked: Authentication) => void
  /** The provider has said no. */
  readonly refuse: (refusal: Refusal) => void
  readonly failed: (error: StepUpError) => void
}

/** Waits for the other window, and then looks for itself. */
export async function settleOther(
  { adapter, environment: { clock }, session }: Steps,
  { refuse, settle }: OtherScreen,
  asked: Authentication,
  travelled: Promise<Refusal | null>,
  signal: AbortSignal,
): Promise<void> {
  let proof = await session.receive(async () => {
    if (!(await travelled)) await adapter.refresh?.(signal)
  }, signal)
  const refusal = await travelled
  if (!refusal && proof?.authTime === asked.authTime) {
    // What the other window has stored may be seen here a moment after its word of it.
    proof = await session.receive(() => later(clock, signal), signal)
  }
  if (signal.aborted) return
  if (refusal) refuse(refusal)
  else settle(proof, asked)
}

const later = (clock: Clock, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const stop = clock.after(SETTLING, resolve)
    const end = () => {
      stop()
      resolve()
    }
    signal.addEventListener('abort', end)
  })

export const forEver = () => new Promise<never>(() => undefined)
