import { aborted } from './call.js'
import { defined } from './defined.js'
import type { Steps } from './flow.js'
import type { Pause } from './pause.js'
import type { Prompter } from './prompt.js'
import type { Demand, Sent } from './reply.js'
import { readDemand } from './reply.js'
import type { Requirement } from './requirement.js'
import type { Asked, Request } from './run.js'
import { warnOnce } from './warn.js'

/** What calls wait for: a proof, or what a refusal asks for. */
export interface Waits {
  /** Resolves with the proof. */
  readonly wait: (request: Request, asked: Asked) => Promise<void>
  /** @throws StepUpError `wrong_account`, `still_stale` */
  readonly demandIn: (value: unknown, sent: Sent, signal?: AbortSignal) => Promise<Demand | null>
  /** Whether the request, of which `value` came, is to be made once more: it has its proof by then. */
  readonly answer: (request: Request, value: unknown, sentAs: Sent['sentAs']) => Promise<boolean>
}

export function createWaits(
  steps: Steps,
  { add, drop }: Prompter,
  ask: (request: Request, requirement: Requirement, advance: boolean) => Promise<void>,
): Waits {
  const demandIn: Waits['demandIn'] = (value, sent, signal) =>
    readDemand(value, sent, steps, signal)

  return {
    demandIn,
    wait(request, { variables, requirement, why, advance, before, pausedAt }) {
      const { call, requestId, order, signal, tiedBy } = request
      const { definition, parsed, isBare } = call
      warnOfHaste(requirement)
      return new Promise((resolve, reject) => {
        const onAbort = () => drop(requestId, aborted(signal.reason))
        const release = () => signal.removeEventListener('abort', onAbort)
        // A text cut in the middle of a character could not be stored.
        const label = definition?.describe(parsed).replace(/\p{Surrogate}/gu, '\ufffd') ?? null
        const pause: Pause = {
          ...{ definition, variables, parsed, isBare, label, requestId, order },
          ...{ requirement, why, advance, pausedAt, tries: 0 as const },
          ...defined({ before, tiedBy }),
          resolve() {
            release()
            resolve()
          },
          reject(error) {
            release()
            reject(error)
          },
        }
        signal.addEventListener('abort', onAbort)
        request.waits?.(pause)
        add(pause)
      })
    },
    async answer(request, value, sentAs) {
      const demand = await demandIn(value, { sentAs, challenged: request.challenged })
      if (!demand) return false
      request.challenged = true
      if (!demand.answered) {
        await ask(request, demand.requirement, demand.advance)
        await request.goesOn?.()
      }
      return true
    },
  }
}

function warnOfHaste({ maxAge = 0 }: Requirement): void {
  if (maxAge > 0 && maxAge < 60) {
    warnOnce(
      `maxAge: ${String(maxAge)} asks people again almost at once. Use 60 or more, or 0 for a proof of each use.`,
    )
  }
}
