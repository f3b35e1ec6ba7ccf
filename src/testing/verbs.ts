import type { Method } from '../core/adapter.js'
import type { StepUpClient } from '../core/client.js'
import type { StepUpState } from '../core/machine.js'
import type { SubmitInput } from '../core/verification.js'
import { isInPage } from '../core/verification.js'
import type { FakeAdapter } from './fake-adapter.js'
import { FAKE_PASSWORD } from './fake-methods.js'
import { outsideAct, until } from './turns.js'

type State<Status> = Extract<StepUpState, { status: Status }>

/**
 * Makes the last sign-in so old that the next sensitive action asks again. Resolves when the page has
 * heard of it.
 *
 * @param seconds how old it is then
 * @example
 * await makeStale(adapter)
 */
export const makeStale = (adapter: FakeAdapter, seconds = 3600): Promise<void> =>
  outsideAct(() => {
    adapter.age(seconds)
    return Promise.resolve()
  })

/**
 * Waits until somebody is asked, and does what the person would do: types the password (or the code,
 * or holds the passkey), leaves for the provider where there is no other way, or confirms after the
 * way back. It needs no dialog on the page, and does not mind one.
 *
 * @param input `FAKE_PASSWORD` by default
 * @throws StepUpError with which the proof, or the action that came back, failed
 * @throws Error where nobody is asked
 * @example
 * fireEvent.click(deleteButton)
 * await completeStepUp(client)
 */
export const completeStepUp = (client: StepUpClient, input: SubmitInput = {}): Promise<void> =>
  present(client, async () => {
    let state: StepUpState = await until(client, asks, () => notAsked(client))
    while (state.status === 'prompting' && !act(client, state, input)) {
      state = await until(client, isAnswered, () => NOT_ANSWERED)
      if (state.status === 'prompting' && state.error) throw state.error
    }
    if (state.status === 'confirming') {
      void client.controls.confirm()
      state = await until(client, hasRun, () => STILL_RUNS)
    }
    if (state.status === 'failed') throw state.error
    if (state.status === 'resumed') close(client, state)
  })

/**
 * Waits until somebody is asked, and gives it up as the person would.
 *
 * @throws Error where nobody is asked
 * @example
 * fireEvent.click(deleteButton)
 * await cancelStepUp(client)
 */
export const cancelStepUp = (client: StepUpClient): Promise<void> =>
  present(client, async () => {
    await until(client, hasWayOut, () => notAsked(client))
    client.controls.cancel()
    await until(client, isIdle, () => 'The step-up was cancelled, and is still on the screen.')
  })

/** The test is the person, and counts as the dialog. */
async function present(client: StepUpClient, run: () => Promise<void>): Promise<void> {
  const leave = client.attachDialog()
  try {
    await outsideAct(async () => {
      // Loaded before anybody waits for it, so that the wait is not for a file.
      await import('../core/flow.js')
      await run()
    })
  } finally {
    leave()
  }
}

/** Does what is asked for; `true`: the page is left, and nothing more happens on it. */
function act(client: StepUpClient, state: State<'prompting'>, given: SubmitInput): boolean {
  const { controls, getState } = client
  const method = methodFor(state, given)
  controls.choose(method)
  if (!isInPage(method)) {
    controls.leave('tab')
    const left = getState()
    if (left.status === 'prompting' && left.error) throw left.error
    return true
  }
  void controls.submit(method.type === 'password' ? { password: FAKE_PASSWORD, ...given } : given)
  return false
}

function methodFor(
  { methods, error }: State<'prompting'>,
  { password, code }: SubmitInput,
): Method {
  const wanted = password !== undefined ? 'password' : code !== undefined ? 'code' : null
  const method = wanted
    ? methods.find(({ type }) => type === wanted)
    : (methods.find(isInPage) ?? methods.find(({ type }) => type === 'redirect'))
  if (method && (method.type !== 'code' || code !== undefined)) return method
  if (methods.length === 0 && error) throw error
  const offered = methods.map(({ type }) => type).join(', ')
  throw new Error(
    wanted === null
      ? `A test cannot guess how to go on (offered: ${offered}). Say what is typed: completeStepUp(client, { code }).`
      : `No ${wanted} is asked for (offered: ${offered}). Set \`adapter.offered\`, or leave the ${wanted} out.`,
  )
}

/** What was done is closed, as a dialog does by itself; of everything else the person is told. */
function close(client: StepUpClient, { outcome, error }: State<'resumed'>): void {
  if (outcome === 'done') client.controls.cancel()
  else if (error instanceof Error) throw error
  else throw new Error(`The action that came back ended as "${outcome}".`, { cause: error })
}

const among =
  <Status extends StepUpState['status']>(...statuses: readonly Status[]) =>
  (state: StepUpState): state is State<Status> =>
    (statuses as readonly string[]).includes(state.status)

const asks = among('prompting', 'confirming', 'resumed', 'failed')
const isAnswered = among('idle', 'prompting', 'leaving')
const hasRun = among('idle', 'prompting', 'resumed', 'failed')
const hasWayOut = among('prompting', 'leaving', 'confirming', 'resumed', 'failed')
const isIdle = among('idle')

const STILL_RUNS = 'The action was confirmed, and is still running.'
const NOT_ANSWERED =
  "The proof was sent, and there is no answer. What `adapter.next('wait')` holds back, `adapter.answer()` gives."

/** What the client knows: most likely the reason is in it. */
function notAsked(client: StepUpClient): string {
  const age = client.getAge()
  const known = age === null ? 'is not known' : `was ${Math.floor(age)} seconds ago`
  return (
    `Nobody is asked to confirm anything: the step-up is "${client.getState().status}", and the last ` +
    `sign-in ${known}. Was the action started before this, with this client, and is it stale ` +
    '(`await makeStale(adapter)`)?'
  )
}
