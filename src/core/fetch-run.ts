import type { Call } from './call.js'
import { StepUpError } from './errors.js'
import { askedAgain } from './refusals.js'
import type { Demand } from './reply.js'
import type { Inside, Request as Run } from './run.js'

/** The header that carries `requestId` (draft-ietf-httpapi-idempotency-key-header). */
const KEY = 'Idempotency-Key'
const SAFE = ['GET', 'HEAD', 'OPTIONS']

/**
 * The call of `requireFreshAuth` whose run sends a request. Nothing in a browser follows a call through
 * its awaits, so it is known by what a run is told to pass on: the signal, or `requestId` as
 * Idempotency-Key, which also comes through clients that make signals of their own.
 */
export function runOf(
  { running }: Inside,
  headers: Headers,
  signal: AbortSignal | null | undefined,
): Run | undefined {
  const key = headers.get(KEY)
  return [...running].find((run) => run.signal === signal || run.requestId === key)
}

/** What a run has sent that must not be sent once more by beginning the run anew. */
const unkeyed = new WeakMap<Run, number>()

/** Counts a request that the run is sending; the function takes it back, because it was refused. */
export function countSent(run: Run | undefined, { method, headers }: Request): () => void {
  if (!run || SAFE.includes(method) || headers.get(KEY) === run.requestId) return () => undefined
  unkeyed.set(run, (unkeyed.get(run) ?? 0) + 1)
  return () => {
    unkeyed.set(run, (unkeyed.get(run) ?? 1) - 1)
  }
}

interface Shared {
  readonly proof: Promise<void>
  readonly controller: AbortController
  waiting: number
}
const shared = new WeakMap<Run, Shared>()

/**
 * Waits for a proof in the middle of a run. It is the run's own call that waits: what a trip stores and
 * resumes is the action, with its `requestId`. After a trip the action is run from its start, since the
 * page that was in the middle of it is gone; the server knows what it has done by the Idempotency-Key.
 * Requests without that key would be done twice, so then the call stays on this page.
 */
export async function waitInRun(
  inside: Inside,
  run: Run,
  demand: Demand,
  signal: AbortSignal,
): Promise<void> {
  const waits = shared.get(run) ?? begin(inside, run, demand)
  waits.waiting++
  const giveUp = () => {
    // Nobody in this run waits any more, so nobody should be asked for it.
    if (--waits.waiting === 0) waits.controller.abort(signal.reason)
  }
  signal.addEventListener('abort', giveUp)
  return waits.proof.finally(() => {
    signal.removeEventListener('abort', giveUp)
  })
}

function begin(inside: Inside, run: Run, { requirement, advance }: Demand): Shared {
  if (run.challenged) throw askedAgain()
  run.challenged = true
  const controller = new AbortController()
  const { signal } = controller
  const stop = () => {
    controller.abort(run.signal.reason)
  }
  const waits: Shared = { controller, waiting: 0, proof: wait() }
  shared.set(run, waits)
  return waits

  async function wait(): Promise<void> {
    const tiedBy = (unkeyed.get(run) ?? 0) > 0 ? TIE : undefined
    // Its record would say that it can be run once more.
    if (tiedBy && run.resumed) throw halfDone()
    run.ended = stop
    run.signal.addEventListener('abort', stop)
    try {
      await inside.wait({ ...run, signal, tiedBy }, requirement, 'challenged', advance)
      await run.goesOn?.()
    } finally {
      run.signal.removeEventListener('abort', stop)
      shared.delete(run)
    }
  }
}

const TIE = 'what it has done so far (sent without `requestId` as Idempotency-Key)'

const halfDone = () =>
  new StepUpError(
    'not_resumable',
    'The server asks for a newer confirmation, and a part of this may have been done. Look before you do it again. ' +
      'Send `requestId` as Idempotency-Key with every request of the action, and it can wait for one.',
  )

const nothingToRun: Call = {
  definition: null,
  variables: undefined,
  requirement: null,
  parsed: undefined,
  signal: undefined,
  isBare: false,
  run: () => undefined,
}

/** Waits for a proof on behalf of a request that stands for itself; it cannot come back from a trip. */
export function waitAlone(
  { acts, context, wait }: Inside,
  { requirement, advance }: Demand,
  signal: AbortSignal,
): Promise<void> {
  const requestId = context.environment.random()
  const request = { call: nothingToRun, requestId, order: acts(), resumed: false, signal }
  return wait({ ...request, challenged: true }, requirement, 'challenged', advance)
}
