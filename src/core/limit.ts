import type { Clock } from './clock.js'
import { StepUpError } from './errors.js'

/**
 * Runs a call that may never answer. Rejects with `aborted` when `signal` does, and with `network`
 * after `seconds`; the call's own signal is aborted in both cases.
 */
export function limited<T>(
  clock: Clock,
  seconds: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  const inner = new AbortController()
  const { promise, resolve, reject } = withResolvers<T>()
  const release = () => {
    stop()
    signal.removeEventListener('abort', onAbort)
  }
  const end = (error: StepUpError) => {
    release()
    reject(error)
    inner.abort(error)
  }
  const onAbort = () => {
    end(new StepUpError('aborted', 'The step-up was given up.'))
  }
  const stop = clock.after(seconds, () => {
    end(
      new StepUpError('network', `There was no answer for ${String(seconds)} seconds. Try again.`),
    )
  })
  signal.addEventListener('abort', onAbort)
  // The call starts now, not in a later task: a click allows it to leave the page.
  const answer = (async () => call(inner.signal))()
  answer.then(resolve, reject).finally(release)
  if (signal.aborted) onAbort()
  return promise
}

/** The same, until `signal` aborts: then it rejects with the `error` of its reason. */
export const orGivenUp = <T>(
  promise: Promise<T>,
  signal: AbortSignal,
  error: (reason: unknown) => Error,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(error(signal.reason))
    }
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort)
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort)
    })
  })

function withResolvers<T>() {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
