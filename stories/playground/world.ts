// The playground's world: the real client on an auth system, a browser and a clock in memory. The
// clock goes with the wall clock, one second at a time.
import {
  createStepUpClient,
  defineAction,
  type Clock,
  type StandardSchemaV1,
  type StepUpClient,
} from 'react-step-up'
import {
  createFakeAdapter,
  createFakeClock,
  createFakeEnvironment,
  type FakeEnvironment,
} from 'react-step-up/testing'
import { detailsOf, type LogEntry } from './log.js'
import { createMethods } from './methods.js'
import { ageAt, initialSettings, MFA, policies, requirementOf, type Settings } from './settings.js'

/** Where the tab is, and what has come up beside it. */
export interface View {
  readonly settings: Settings
  /** The page of the app, of which there is a new one after each trip. */
  readonly page: Page
  readonly place: 'app' | 'provider'
  readonly window: 'provider' | 'mail' | null
  readonly log: readonly LogEntry[]
  /** What was done, oldest first. */
  readonly done: readonly string[]
  /** Seconds since the beginning. */
  readonly now: number
}

interface Page {
  readonly number: number
  readonly client: StepUpClient
  readonly environment: FakeEnvironment
  /** Its timers end with it, as those of a page do that has left. */
  readonly end: () => void
}

export type World = ReturnType<typeof createWorld>

const anything: StandardSchemaV1<object> = {
  '~standard': { version: 1, vendor: 'stories', validate: (value) => ({ value: value as object }) },
}

export function createWorld(changes: Partial<Settings> = {}) {
  const clock = createFakeClock(Math.floor(Date.now() / 1000))
  const begin = clock.now().wall
  const adapter = createFakeAdapter({
    clock,
    authentication: { issuer: 'https://id.acme.test' },
  })
  const listeners = new Set<() => void>()
  let departed: FakeEnvironment | null = null
  const since = () => clock.now().wall - begin

  function set(change: Partial<View>): void {
    view = { ...view, ...change, now: since() }
    for (const listener of [...listeners]) listener()
  }
  const note = (what: string) => set({ done: [...view.done, what] })

  const methods = createMethods({
    adapter,
    settings: () => view.settings,
    leave() {
      // As it is now: what the old page still does while it is taken down is not for the next one.
      departed = view.page.environment.reload()
      view.page.end()
      set({ place: 'provider' })
    },
    show: (window) => set({ window }),
  })
  const offer = ({ ways }: Settings) => {
    adapter.offered = ways.map((way) => methods[way])
  }
  const define = (id: string, label: string) =>
    defineAction({
      ...{ id, schema: anything, describe: () => label },
      requirement: () => requirementOf(view.settings),
      run: () => note(label),
    })
  const project = define('project.delete', 'Delete project Apollo')
  const member = define('member.remove', 'Remove Grace Hopper from the team')

  function connect(environment: FakeEnvironment, mortal: Clock): StepUpClient {
    const actions = [project, member]
    return createStepUpClient({
      ...{ adapter, policies, actions, environment: { ...environment, clock: mortal } },
    })
  }
  function open(environment: FakeEnvironment, number: number): Page {
    const cancels = new Set<() => void>()
    const after: Clock['after'] = (seconds, run) => {
      const cancel = clock.after(seconds, run)
      cancels.add(cancel)
      return cancel
    }
    const client = connect(environment, { now: clock.now, after })
    const silence = client.subscribe((event) => {
      const { status } = client.getState()
      const entry = { at: since(), event: event.type, details: detailsOf(event), status }
      // Where a dialog has been closed, its window has been closed with it.
      const window = environment.windows.length > 0 || view.window === 'mail' ? view.window : null
      set({ window, log: [...view.log, { id: view.log.length, ...entry }] })
    })
    const end = () => {
      environment.beginLeaving()
      silence()
      for (const cancel of cancels) cancel()
    }
    return { number, client, environment, end }
  }

  const settings = { ...initialSettings, ...changes }
  const first = createFakeEnvironment({ url: 'https://app.test/projects', clock })
  let view: View = {
    ...{ settings, place: 'app', window: null, log: [], done: [], now: 0 },
    page: open(first, 1),
  }
  offer(settings)
  adapter.age(ageAt(82))

  /** The address at which the provider sends the person back, having answered as it is set. */
  function answered(): string {
    const { answer, requirement } = view.settings
    if (answer === 'succeed' && requirement === 'mfa') {
      adapter.signInAtProvider({ acr: MFA })
      return adapter.returnUrl()
    }
    adapter.next(answer)
    return adapter.finishTrip()
  }

  return {
    adapter,
    project,
    member,
    note,
    getView: () => view,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tick() {
      clock.advance(1)
      set({})
    },
    change(change: Partial<Settings>) {
      const next = { ...view.settings, ...change }
      offer(next)
      set({ settings: next })
    },
    age(seconds: number) {
      adapter.age(seconds)
      set({})
    },
    /** At the provider, in this tab: signs in, or says no. */
    comeBack(agrees: boolean) {
      const url = agrees ? answered() : adapter.returnUrl('access_denied')
      const { environment, number } = view.page
      const next = (departed ?? environment).reload(url)
      set({ place: 'app', page: open(next, number + 1) })
    },
    /** The same in a window of its own, or by the link of a mail. */
    finishElsewhere() {
      const url = answered()
      set({ window: null })
      connect(view.page.environment.openTab(url), clock).start()
    },
    closeWindow() {
      view.page.environment.windows.at(-1)?.close()
      set({ window: null })
    },
  }
}
