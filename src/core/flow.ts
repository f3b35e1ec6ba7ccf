// Everything between "not fresh" and "run it": loaded when it is first needed, so that the fresh path
// stays small.
import type { StepUpControls } from './client.js'
import type { Context } from './context.js'
import type { KeptDrafts } from './draft.js'
import { createDrafts } from './draft.js'
import type { Environment } from './environment.js'
import type { StepUpError } from './errors.js'
import { toStepUpError } from './errors.js'
import type { StepUpEvent } from './machine.js'
import { step } from './machine.js'
import { remember } from './methods.js'
import { createPrompter } from './prompt.js'
import type { Ledger } from './ledger.js'
import { createLedger } from './ledger.js'
import { noDialog } from './refusals.js'
import { createHomecoming } from './return.js'
import { createRevival } from './revival.js'
import type { Runner } from './run.js'
import { reportBack } from './report.js'
import type { Trips } from './trips.js'
import { createTrips } from './trips.js'
import type { Waits } from './waits.js'
import { createWaits } from './waits.js'
import { warnOnce } from './warn.js'

/** What asking and coming back share. */
export interface Steps extends Context {
  readonly environment: Environment
  readonly trips: Trips
  readonly ledger: Ledger
  readonly drafts: KeptDrafts
  readonly dispatch: (event: StepUpEvent) => void
  /** Leads the person to a path of the app. */
  readonly navigate: (path: string) => void
}

export interface Flow extends Waits {
  /** The dialog cannot be shown: whoever waits is refused, and what came back is left for a reload. */
  dialogFailed(error: StepUpError): void
  /** The last dialog has left the page: an SDK may bring it back, but nobody waits for that for ever. */
  dialogLeft(): void
  readonly controls: StepUpControls
}

/** Takes up what came back, and asks for what waits. */
export function createFlow(
  context: Context & Pick<Steps, 'environment'>,
  { perform, wait }: Runner,
): Flow {
  const { arrived, environment, hasDialog, limits, navigator, session, store } = context
  const steps: Steps = {
    ...context,
    navigate(path) {
      try {
        if (navigator) navigator(path, { replace: true })
        else environment.replaceUrl(path)
      } catch {
        environment.replaceUrl(path)
      }
    },
    trips: createTrips(environment, context.kept, arrived.answer?.state),
    ledger: createLedger(context),
    drafts: context.lendDrafts(createDrafts),
    dispatch(event) {
      store.set(step(store.getState(), event), event)
    },
  }
  // Before the record goes: a form may open late.
  steps.drafts.load()
  const prompter = createPrompter(steps)
  const homecoming = createHomecoming(steps, createRevival(steps, prompter, perform))

  function expectDialog(): void {
    const state = store.getState()
    if (hasDialog() || state.status === 'idle' || state.status === 'resuming') return
    environment.clock.after(limits.network, () => {
      if (hasDialog()) return
      if ('waiting' in store.getState()) prompter.rejectAll(noDialog())
      else if (store.getState() === state) leaveForReload()
    })
  }

  function leaveForReload(): void {
    const { status } = store.getState()
    if (status !== 'confirming' && status !== 'failed' && status !== 'resumed') return
    warnOnce(`What came back cannot be shown, and waits for a reload. ${noDialog().message}`)
    steps.dispatch({ type: 'closed' })
  }

  store.subscribe(({ type }) => {
    const state = store.getState()
    const uses = type === 'verifying' || type === 'left'
    if (uses && 'method' in state && state.method) remember(steps, state.method)
    prompter.next()
    if ('items' in store.getState()) expectDialog()
  })
  session.subscribe(() => {
    prompter.recheck()
    homecoming.recheck()
  })

  const begun = (context.isReporting() ? reportBack(steps) : homecoming.begin()).catch(
    (cause: unknown) => {
      const message = 'What came back could not be taken up, so nothing was done.'
      const error = toStepUpError(cause, 'provider_error', message)
      steps.dispatch({ type: 'failed', error, retry: false })
    },
  )

  return {
    ...createWaits(steps, prompter, (request, requirement, advance) =>
      wait(request, requirement, 'challenged', advance),
    ),
    dialogFailed(error) {
      prompter.rejectAll(error)
      void begun.then(leaveForReload)
    },
    dialogLeft: expectDialog,
    controls: {
      choose: prompter.choose,
      send: prompter.send,
      submit: prompter.submit,
      leave: prompter.leave,
      confirm: homecoming.confirm,
      retry: homecoming.retry,
      cancel() {
        if ('waiting' in store.getState()) prompter.cancel()
        else homecoming.cancel()
      },
    },
  }
}
