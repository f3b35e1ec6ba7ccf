import type { Trip, TripMethod } from '../core/adapter.js'
import { readAnswer } from '../core/answer.js'
import { defined } from '../core/defined.js'
import { StepUpError } from '../core/errors.js'
import { couldNot, postOf, type Ask } from './verification.js'

/** To a third-party provider, at an address that the handler builds: it keeps what must not leave. */
export function tripBy(ask: Ask, id: string): Pick<TripMethod, 'prepare' | 'start'> {
  async function prepare({ handle: state, maxAge: max_age, prompt, signal }: Trip): Promise<URL> {
    const body = defined({ id, state, max_age, prompt })
    const { response, answer } = await ask('trip', { ...postOf(body), signal })
    const { url } = (answer ?? {}) as { url?: string }
    if (!response.ok || url === undefined) throw couldNot(response)
    return new URL(url)
  }
  return {
    prepare,
    async start(trip) {
      window.location.assign(await prepare(trip))
    },
  }
}

/**
 * Has the handler spend the code that an address brings back. A sign-in that was too old for what was
 * asked is no failure: nothing is stamped, and whoever reads the session sees it.
 */
export async function comeBack(ask: Ask, url: URL, signal: AbortSignal): Promise<void> {
  const { state, ...answer } = Object.fromEntries(readAnswer(url) ?? [])
  if (state === undefined || answer.error !== undefined) return
  const reply = await ask('trip/back', { ...postOf({ state, answer }), signal })
  const { error } = (reply.answer ?? {}) as { error?: unknown }
  if (reply.response.ok || error === 'stale') return
  if (error !== 'invalid_credentials') throw couldNot(reply.response)
  const message = 'Somebody else signed in there, so nothing was done.'
  throw new StepUpError('cancelled', message, { reason: 'provider' })
}
