import type { Method } from './adapter.js'
import type { Authentication } from './authentication.js'
import { toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import type { OtherScreen } from './elsewhere.js'
import { limited } from './limit.js'
import { createLink } from './link.js'
import { step as move } from './machine.js'
import { noMethod } from './refusals.js'
import type { SubmitInput } from './verification.js'
import { isInPage, verificationOf } from './verification.js'

/** The prompt that the methods prove something for. */
interface Screen extends OtherScreen {
  showNext(authentication: Authentication, methods: readonly Method[], step: number): void
}

/** Methods that prove it while the page stays. */
export interface InPage {
  readonly choose: (method: Method | null) => void
  readonly send: () => Promise<void>
  readonly submit: (input: SubmitInput) => Promise<void>
}

export function createInPage(steps: Steps, screen: Screen): InPage {
  const { adapter, dispatch, environment, limits, session, store } = steps
  /** A try had no answer. */
  let unanswered = false

  /** One step of a method: what fails is shown where it failed. */
  async function attempt<T>(
    method: Method,
    run: (signal: AbortSignal) => Promise<T>,
    failure: string,
  ): Promise<T | undefined> {
    const signal = screen.commit()
    const isOver = () => {
      const state = store.getState()
      return signal.aborted || !('method' in state) || state.method?.id !== method.id
    }
    try {
      // A passkey waits for the person, who can cancel; everything else waits for a network.
      const patience = method.type === 'passkey' ? limits.recordLifetime : limits.network
      const value = await limited(environment.clock, patience, signal, run)
      return isOver() ? undefined : value
    } catch (cause) {
      const error = toStepUpError(cause, 'network', failure)
      unanswered ||= error.code === 'network'
      if (!isOver()) dispatch({ type: 'rejected', error })
      return undefined
    }
  }

  const link = createLink(steps, screen)

  return {
    choose(method) {
      const state = store.getState()
      const event = { type: 'chosen', method } as const
      // What is being checked is given up: a server that says nothing must not hold the person.
      if (state.status === 'verifying' && move(state, event) !== state) screen.commit()
      dispatch(event)
    },
    async send() {
      const state = store.getState()
      if (state.status !== 'prompting') return
      const { method } = state
      if (method?.type === 'link') await link.send(method)
      if (method?.type !== 'code') return
      const sent = await attempt(
        method,
        async (signal) => method.send?.(signal),
        'The code could not be sent. Try again.',
      )
      if (sent) dispatch({ type: 'sent', sent, method })
    },
    async submit(input) {
      const state = store.getState()
      if (state.status !== 'prompting' || !state.method || !isInPage(state.method)) return
      const { method, authentication, step } = state
      const verification = verificationOf(method, input)
      dispatch({ type: 'verifying' })
      const failure = 'The confirmation could not be checked. Try again.'
      const refresh = async (signal: AbortSignal) => adapter.refresh?.(signal)
      const verify = async (signal: AbortSignal) => {
        let next: readonly Method[] | undefined
        const check = async () => {
          next = (await verification(signal))?.next
          if (!next) await refresh(signal)
        }
        try {
          return { proof: await session.receive(check, signal), next }
        } catch (cause) {
          unanswered ||= toStepUpError(cause, 'network', failure).code === 'network'
          if (!unanswered) throw cause
          // It may have been accepted all the same, and a code that was is wrong the second time.
          const proof = await session.receive(() => refresh(signal), signal).catch(() => null)
          if (!proof || proof.authTime === authentication.authTime) throw cause
          return { proof, next }
        }
      }
      const outcome = await attempt(method, verify, failure)
      if (!outcome) return
      unanswered = false
      const { next, proof } = outcome
      if (!next) screen.settle(proof, authentication)
      else if (next.length > 0) screen.showNext(authentication, next, step + 1)
      else dispatch({ type: 'rejected', error: noMethod() })
    },
  }
}
