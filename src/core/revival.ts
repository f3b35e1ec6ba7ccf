import { prepareCall } from './call.js'
import type { Call } from './call.js'
import { defined } from './defined.js'
import { StepUpError, toStepUpError } from './errors.js'
import type { Steps } from './flow.js'
import type { Outcome } from './outcomes.js'
import type { Pause } from './pause.js'
import type { Prompter } from './prompt.js'
import { takenElsewhere } from './refusals.js'
import { implies } from './requirement.js'
import type { Perform } from './run.js'
import type { StoredAction } from './trip.js'

/** `waits`: for another proof. `elsewhere`: another window has run it. */
export type RunResult =
  | { readonly status: 'done' | 'elsewhere' }
  /** With what the server demands. */
  | { readonly status: 'waits'; readonly action: StoredAction }
  | { readonly status: 'failed'; readonly error: unknown }

/** What becomes of the actions that came back: they have no caller any more. */
export interface Revival {
  /** Those that cannot run any more, and why: the app has changed since. */
  check(actions: readonly StoredAction[]): Promise<ReadonlyMap<StoredAction, StepUpError>>
  /** Whether it may run without a click. */
  isAutomatic(action: StoredAction): boolean
  /** Resolves once it has ended, or waits for another proof: then `release` is called before it goes on. Never rejects. */
  run(action: StoredAction, release: () => void): Promise<RunResult>
  /** Asks for a new proof; calls `release` before the action runs or is refused. */
  ask(actions: readonly StoredAction[], tries: 0 | 1, release: (action: StoredAction) => void): void
  /** It will not be run. */
  refuse(action: StoredAction, error: StepUpError): void
}

export function createRevival(steps: Steps, prompter: Prompter, perform: Perform): Revival {
  const { definitions, ledger, outcomes, policies, session } = steps

  async function revive({ id, label, variables }: StoredAction): Promise<Call> {
    const definition = definitions.get(id ?? '')
    if (definition) {
      return prepareCall({ definition, run: null, variables, signal: undefined }, null, policies)
    }
    throw new StepUpError(
      'not_resumable',
      `This app does not know any more how to do "${label ?? 'this'}", so it was not done.`,
    )
  }

  async function misfit(action: StoredAction): Promise<StepUpError | null> {
    if (action.id === null) return null
    try {
      const { requirement } = await revive(action)
      const weaker = requirement && !implies(action.requirement, requirement)
      // What a challenge asked for stands beside the action's own requirement, which was met.
      if (weaker && !action.challenged) throw new Error('The requirement is stricter now.')
      return null
    } catch (cause) {
      const message = `What was kept of "${action.label ?? 'this'}" does not fit this app any more, so it was not done.`
      return toStepUpError(cause, 'not_resumable', message)
    }
  }

  function run(action: StoredAction, release: () => void): Promise<RunResult> {
    const { id, requestId, challenged, variables } = action
    if (id === null) return Promise.resolve({ status: 'done' })
    const { signal } = new AbortController()
    return new Promise((resolve) => {
      let waited = false
      let elsewhere: StepUpError | null = null
      /** Only one of all windows may run it. */
      const take = async () => {
        if (await ledger.consume(requestId)) return
        elsewhere = takenElsewhere()
        throw elsewhere
      }
      const request = {
        requestId,
        order: 0,
        resumed: true,
        asker: session.authentication(),
        challenged,
        signal,
        waits({ advance, before, pausedAt, requirement }: Pause) {
          waited = true
          // The server has refused it: it was not done, and a copy of it may be run as well.
          ledger.restore(requestId).catch(() => {
            // Then it stays consumed, and whoever tries to run it is told that it may have been.
          })
          const demand = defined({ advance, before, pausedAt, requirement })
          resolve({ status: 'waits', action: { ...action, ...demand, challenged: true } })
        },
        async goesOn() {
          await take()
          release()
        },
      }
      const end = (outcome: Outcome<unknown>) => {
        if (waited) release()
        outcomes.deliver(id, outcome, variables)
        resolve('error' in outcome ? { status: 'failed', ...outcome } : { status: 'done' })
      }
      take()
        .then(() => revive(action))
        .then((call) => {
          const go = () => perform({ ...request, call })
          return outcomes.through ? outcomes.through(id, variables, go) : go()
        })
        .then(
          (data) => end({ data }),
          (error: unknown) => {
            if (error === elsewhere && !waited) resolve({ status: 'elsewhere' })
            else end({ error })
          },
        )
    })
  }

  function refuse({ id, variables }: StoredAction, error: StepUpError): void {
    if (id === null) return
    outcomes.deliver(id, { error }, variables)
    outcomes
      .through?.(id, variables, () => Promise.reject(error))
      .catch(() => {
        // It is told by both.
      })
  }

  return {
    run,
    refuse,
    isAutomatic: ({ id }) => definitions.get(id ?? '')?.resume === 'auto',
    async check(actions) {
      const gone = new Map<StoredAction, StepUpError>()
      for (const action of actions) {
        const error = await misfit(action)
        if (error) gone.set(action, error)
      }
      return gone
    },
    ask(actions, tries, release) {
      prompter.askAgain(
        actions.map((action) => ({
          ...action,
          definition: definitions.get(action.id ?? '') ?? null,
          variables: action.variables,
          resumable: action.id !== null,
          tiedBy: null,
          order: 0,
          why: action.challenged ? 'challenged' : 'stale',
          tries,
          resolve() {
            release(action)
            void run(action, () => undefined).then(({ status }) => {
              if (status === 'elsewhere') refuse(action, takenElsewhere())
            })
          },
          reject(error) {
            release(action)
            refuse(action, error)
          },
        })),
      )
    },
  }
}
