import type { Call, RequireFreshAuth } from './call.js'
import type { Authentication } from './authentication.js'
import { samePerson } from './authentication.js'
import { aborted, prepareCall, readArguments, signedOut, wrongAccount } from './call.js'
import type { Context } from './context.js'
import { toStepUpError } from './errors.js'
import type { Flow } from './flow.js'
import { orGivenUp } from './limit.js'
import type { Pause } from './pause.js'
import { mayBeChallenged } from './refused.js'
import type { Requirement, RequirementInput } from './requirement.js'
import { toRequirement } from './requirement.js'

/** What is asked for, as it was when the call began to wait. */
export interface Asked extends Pick<
  Pause,
  'variables' | 'requirement' | 'why' | 'advance' | 'pausedAt'
> {
  readonly before: number | undefined
}

/** One request of the person, over all its attempts. */
export interface Request {
  readonly call: Call
  readonly requestId: string
  readonly order: number
  readonly resumed: boolean
  /** Whose wish it is; `null`: nobody was known yet. */
  asker?: Authentication | null
  /** The server has asked for a proof already: it is given one, not two. */
  challenged: boolean
  readonly signal: AbortSignal
  /** Why it cannot wait for a trip, where that is not for its variables. */
  readonly tiedBy?: string | undefined
  /** It waits for a proof, and has it. */
  waits?(pause: Pause): void
  goesOn?(): Promise<void>
  /** createStepUpFetch has had a refusal of this run before it: what comes of it is the caller's. */
  judged?: boolean
  /** The run has ended: whatever in it waits for a proof, nobody waits for. */
  ended?(): void
}

export type Perform = (request: Request) => Promise<unknown>

export interface Runner {
  readonly requireFreshAuth: (
    requirement?: RequirementInput,
    owner?: AbortSignal,
  ) => RequireFreshAuth
  readonly perform: Perform
  readonly wait: Inside['wait']
}

/** What createStepUpFetch shares with the calls of its client. */
export interface Inside {
  readonly context: Context
  /** The calls that run now. */
  readonly running: ReadonlySet<Request>
  /** Counts what the person does, as far as calls can tell. */
  readonly acts: () => number
  /** Resolves with the proof. */
  readonly wait: (
    request: Request,
    requirement: Requirement,
    why: Pause['why'],
    advance: boolean,
  ) => Promise<void>
  readonly demandIn: Flow['demandIn']
}

/** By a method of the client, so that nothing of it is public. */
const insides = new WeakMap<object, Inside>()
export function insideOf({ requireFreshAuth }: Pick<Runner, 'requireFreshAuth'>): Inside {
  const inside = insides.get(requireFreshAuth)
  if (!inside) throw new TypeError('createStepUpFetch needs what createStepUpClient made.')
  return inside
}

/** Runs calls: at once where the requirement is met, else after the proof, and once more where the server asks for it. */
export function createRunner(context: Context, loadFlow: () => Promise<Flow>): Runner {
  const { definitions, environment, policies, session } = context
  const { clock } = environment
  const running = new Set<Request>()
  let calls = 0

  const wait: Inside['wait'] = async (request, requirement, why, advance) => {
    const { call, signal } = request
    const asked: Asked = {
      // What is stored is what was asked for, whatever the caller does to its objects meanwhile.
      variables: copyOf(call.variables),
      requirement,
      why,
      advance,
      before: session.authTime() ?? undefined,
      pausedAt: clock.now().wall,
    }
    const flow = await orGivenUp(loadFlow(), signal, aborted)
    await flow.wait(request, asked)
  }

  /** Resolves once the requirement is met as far as this page can tell. */
  async function pass(request: Request): Promise<void> {
    const { requirement } = request.call
    if (!requirement) return
    const answered = await orGivenUp(session.ready(), request.signal, aborted)
    request.asker ??= session.authentication()
    if (session.unmet(requirement) === null) return
    try {
      if (answered && 'failure' in answered) throw answered.failure
      // Another tab, or the SDK, may have got something newer.
      if (!answered) await orGivenUp(session.read(), request.signal, aborted)
    } catch (cause) {
      const message = 'The sign-in state could not be read: nothing was done. Try again.'
      throw toStepUpError(cause, 'provider_error', message)
    }
    const unmet = session.unmet(requirement)
    if (unmet === null) return
    if (unmet === 'stale' || unmet === 'no_auth_time' || unmet === 'acr') {
      await wait(request, requirement, unmet, false)
    } else throw signedOut()
  }

  /** Without the part that reads it, a refusal is the caller's own. */
  const reader = () => loadFlow().catch(() => null)

  /** Runs; where the server asks for a proof, gets it and runs once more. */
  async function perform(request: Request): Promise<unknown> {
    const { asker, call, requestId, resumed, signal } = request
    if (signal.aborted) throw aborted(signal.reason)
    const sentAs = session.authentication()
    if (asker && session.isSignedOut()) throw signedOut()
    if (asker && sentAs && !samePerson(asker, sentAs)) throw wrongAccount()
    running.add(request)
    const attempt = await attemptOf(() => call.run({ signal, requestId, resumed }))
    running.delete(request)
    request.ended?.()
    const result = 'error' in attempt ? attempt.error : attempt.value
    if (!request.judged && mayBeChallenged(result)) {
      const flow = await reader()
      if (await flow?.answer(request, result, sentAs)) return perform(request)
    }
    if ('error' in attempt) throw attempt.error
    return attempt.value
  }

  function requireFreshAuth(input?: RequirementInput, owner?: AbortSignal): RequireFreshAuth {
    const hook = input === undefined ? null : toRequirement(input, policies)
    const enter = (...args: readonly unknown[]): Promise<unknown> => {
      const read = readArguments(args)
      if (read.definition && definitions.get(read.definition.id) !== read.definition) {
        throw new TypeError(
          `"${read.definition.id}" is not registered. ` +
            'Pass it to createStepUpClient({ actions }).',
        )
      }
      if (!read.definition && !hook) {
        throw new TypeError('A function needs a requirement: useRequireFreshAuth(300).')
      }
      const signals = [read.signal, read.definition ? undefined : owner]
      const order = ++calls
      return guarded(signals, async (signal) => {
        const asker = session.authentication()
        const call = await prepareCall(read, hook, policies)
        const requestId = read.requestId ?? environment.random()
        const request = { call, requestId, order, resumed: false, asker, challenged: false, signal }
        await pass(request)
        return perform(request)
      })
    }
    return enter as RequireFreshAuth
  }

  insides.set(requireFreshAuth, {
    context,
    running,
    wait,
    acts: () => calls,
    demandIn: async (...args) => (await reader())?.demandIn(...args) ?? null,
  })
  return { requireFreshAuth, perform, wait }
}

/** What cannot be copied cannot be stored either, and stays on this page. */
function copyOf(variables: unknown): unknown {
  try {
    return structuredClone(variables)
  } catch {
    return variables
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
