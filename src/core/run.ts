import type { Definition } from './action.js'
import type { Call, RequireFreshAuth } from './call.js'
import { prepareCall, readArguments } from './call.js'
import { StepUpError, toStepUpError } from './errors.js'
import type { Flow } from './flow.js'
import type { Outcomes } from './outcomes.js'
import type { Prompter } from './prompt.js'
import type { Entry } from './queue.js'
import { signedOut, stillStale } from './refusals.js'
import { challengeIn } from './reply.js'
import type { Policies, Requirement, RequirementInput } from './requirement.js'
import { toRequirement } from './requirement.js'
import type { Revival, RunResult } from './return.js'
import type { StoredAction } from './trip.js'
import { warnOnce } from './warn.js'

interface Parts {
  readonly policies: Policies
  readonly definitions: ReadonlyMap<string, Definition>
  readonly outcomes: Outcomes
  readonly prompter: Prompter
}

/** One request of the person, over all its attempts. */
interface Request {
  readonly call: Call
  readonly requestId: string
  readonly resumed: boolean
  /** The server has asked for a proof already: it is given one, not two. */
  challenged: boolean
  readonly signal: AbortSignal
  waits?(): void
}

export interface Runner {
  requireFreshAuth(requirement?: RequirementInput, owner?: AbortSignal): RequireFreshAuth
  readonly revival: Omit<Revival, 'navigate'>
}

/** Runs calls: at once where the requirement is met, else after the proof, and once more where the server asks for it. */
export function createRunner(flow: Flow, parts: Parts): Runner {
  const { adapter, environment, session } = flow
  const { definitions, outcomes, policies, prompter } = parts
  const { clock } = environment

  /** Resolves with the proof. */
  function wait(request: Request, requirement: Requirement, why: Entry['why'], advance: boolean) {
    const { call, requestId, signal } = request
    const before = session.authentication()?.authTime
    return new Promise<void>((resolve, reject) => {
      const release = () => {
        signal.removeEventListener('abort', onAbort)
      }
      const entry: Entry = {
        definition: call.definition,
        variables: call.variables,
        label: call.label,
        resumable: call.definition !== null && call.tiedBy === null,
        tiedBy: call.tiedBy ?? tieOfFunction(call, requirement),
        requestId,
        requirement,
        why,
        advance,
        ...(before !== undefined && { before }),
        pausedAt: clock.now().wall,
        tries: 0,
        resolve() {
          release()
          resolve()
        },
        reject(error) {
          release()
          reject(error)
        },
      }
      const onAbort = () => {
        prompter.drop(entry, aborted(signal.reason))
      }
      signal.addEventListener('abort', onAbort)
      request.waits?.()
      prompter.add(entry)
    })
  }

  /** Resolves once the requirement is met as far as this page can tell. */
  async function pass(request: Request): Promise<void> {
    const { requirement } = request.call
    if (!requirement) return
    await session.ready()
    if (session.unmet(requirement) === null) return
    let unmet = session.unmet(requirement)
    try {
      // Another tab, or the SDK, may have got something newer.
      await session.read()
      unmet = session.unmet(requirement)
    } catch (cause) {
      const message = 'The sign-in state could not be read, so nothing was done. Try again.'
      throw toStepUpError(cause, 'provider_error', message)
    }
    if (request.signal.aborted) throw aborted(request.signal.reason)
    if (unmet === null) return
    if (unmet === 'stale' || unmet === 'no_auth_time' || unmet === 'acr') {
      await wait(request, requirement, unmet, false)
    } else throw signedOut()
  }

  /** Runs; where the server asks for a proof, gets it and runs once more. */
  async function perform(request: Request): Promise<unknown> {
    const { call, requestId, resumed, signal } = request
    for (;;) {
      if (signal.aborted) throw aborted(signal.reason)
      const before = session.authentication()?.authTime
      const attempt = await attemptOf(() => call.run({ signal, requestId, resumed }))
      const result = 'error' in attempt ? attempt.error : attempt.value
      const demand = await challengeIn(result, adapter)
      if (!demand) {
        if ('error' in attempt) throw attempt.error
        return attempt.value
      }
      if (request.challenged) throw stillStale()
      request.challenged = true
      const met = session.unmet(demand) === null
      const moved = session.authentication()?.authTime !== before
      // A proof that came while the request was under way answers this challenge too.
      if (!(met && moved))
        await wait(request, demand, 'challenged', met && demand.maxAge !== undefined)
    }
  }

  function requireFreshAuth(input?: RequirementInput, owner?: AbortSignal): RequireFreshAuth {
    const hook = input === undefined ? null : toRequirement(input, policies)
    warnOfHaste(hook)
    const enter = (...args: readonly unknown[]): Promise<unknown> => {
      const read = readArguments(args)
      if (read.definition && definitions.get(read.definition.id) !== read.definition) {
        throw new TypeError(
          `The action "${read.definition.id}" is not registered, so it could not come back from a trip. ` +
            'Pass it to createStepUpClient({ actions: [...] }).',
        )
      }
      const signals = [read.signal, read.definition ? undefined : owner]
      const prepared = prepareCall(read, hook, policies)
      return guarded(signals, async (signal) => {
        const call = await prepared
        const requestId = environment.random()
        const request = { call, requestId, resumed: false, challenged: false, signal }
        await pass(request)
        return perform(request)
      })
    }
    return enter as RequireFreshAuth
  }

  async function revive({ variables, ...action }: StoredAction): Promise<Call> {
    const definition = definitions.get(action.id ?? '')
    if (!definition) {
      throw new StepUpError(
        'not_resumable',
        `This app does not know any more how to do "${action.label ?? 'this'}", so it was not done.`,
      )
    }
    return prepareCall({ definition, run: null, variables, signal: undefined }, null, policies)
  }

  /** Runs an action that has no caller any more; whoever listens gets the outcome. */
  function runRevived(action: StoredAction): Promise<RunResult> {
    const { id, requestId, challenged, variables } = action
    if (id === null) return Promise.resolve({ ended: true })
    return new Promise((resolve) => {
      const { signal } = new AbortController()
      const finish = async () => {
        const call = await revive(action)
        const waits = () => {
          resolve({ ended: false })
        }
        return perform({ call, requestId, resumed: true, challenged, signal, waits })
      }
      finish().then(
        (data) => {
          outcomes.deliver(id, { data }, variables)
          resolve({ ended: true })
        },
        (error: unknown) => {
          outcomes.deliver(id, { error }, variables)
          resolve({ ended: true, error })
        },
      )
    })
  }

  function refuse({ id, variables }: StoredAction, error: StepUpError): void {
    if (id !== null) outcomes.deliver(id, { error }, variables)
  }

  return {
    requireFreshAuth,
    revival: {
      refuse,
      run: runRevived,
      isAutomatic: ({ id }) => definitions.get(id ?? '')?.resume === 'auto',
      async check(action) {
        if (action.id === null) return null
        try {
          await revive(action)
          return null
        } catch (cause) {
          const message = `What was kept of "${action.label ?? 'this'}" does not fit this app any more, so it was not done.`
          return toStepUpError(cause, 'not_resumable', message)
        }
      },
      ask(actions, tries, release) {
        prompter.askAgain(
          actions.map((action) => ({
            ...action,
            definition: definitions.get(action.id ?? '') ?? null,
            variables: action.variables,
            resumable: action.id !== null,
            tiedBy: null,
            why: action.challenged ? 'challenged' : 'stale',
            tries,
            resolve() {
              release(action)
              void runRevived(action)
            },
            reject(error) {
              release(action)
              refuse(action, error)
            },
          })),
        )
      },
    },
  }
}

const aborted = (cause: unknown) =>
  new StepUpError('aborted', 'The call was given up before it ran.', { cause })

/** It is proved for this one call, and no page after a trip could make that call again. */
const tieOfFunction = ({ definition }: Call, { maxAge }: Requirement) =>
  definition === null && maxAge === 0 ? 'a function that needs a proof of its own' : null

function warnOfHaste(requirement: Requirement | null): void {
  const { maxAge = 0 } = requirement ?? {}
  if (maxAge > 0 && maxAge < 60) {
    warnOnce(
      `maxAge: ${String(maxAge)} asks people again almost at once, and they notice. ` +
        'Use 60 or more, or 0 where each use needs a proof of its own.',
    )
  }
}

async function attemptOf(run: () => unknown): Promise<{ value: unknown } | { error: unknown }> {
  try {
    return { value: await run() }
  } catch (error) {
    return { error }
  }
}

/** Runs with one signal for several; all listeners are gone when it settles. */
async function guarded<T>(
  signals: readonly (AbortSignal | undefined)[],
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const present = signals.filter((signal) => signal !== undefined)
  const onAbort = (event: Event) => {
    controller.abort((event.target as AbortSignal).reason)
  }
  for (const signal of present) {
    if (signal.aborted) throw aborted(signal.reason)
    signal.addEventListener('abort', onAbort)
  }
  try {
    return await run(controller.signal)
  } finally {
    for (const signal of present) signal.removeEventListener('abort', onAbort)
  }
}
