import * as v from 'valibot'
import { vi } from 'vitest'
import type {
  AnyAction,
  Authentication,
  RequirementInput,
  RunContext,
  StepUpClient,
  StepUpClientOptions,
  StepUpError,
} from 'react-step-up'
import { createStepUpClient, defineAction, formatChallenge, isStepUpError } from 'react-step-up'
import type { FakeEnvironment } from 'react-step-up/testing'
import {
  createFakeAdapter,
  createFakeClock,
  createFakeEnvironment,
  FAKE_PASSWORD,
} from 'react-step-up/testing'
// Here already, so that loading it takes no time of a test.
import '../../src/core/flow.js'

export const HOME = 'https://app.test/projects?tab=1#top'
export const MINUTE = 60
export const HOUR = 3600
export const DAY = 86_400

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** How a promise stands: `open`, `done`, or the code or name of its error. */
export interface Followed<T> {
  status: string
  value?: T
  error?: StepUpError
}
export function follow<T>(promise: Promise<T>): Followed<T> {
  const seen: Followed<T> = { status: 'open' }
  promise.then(
    (value) => {
      seen.status = 'done'
      seen.value = value
    },
    (error: unknown) => {
      seen.error = error as StepUpError
      if (isStepUpError(error)) seen.status = error.code
      else seen.status = error instanceof Error ? error.name : 'thrown'
    },
  )
  return seen
}

export const challenged = (maxAge = 300): Response =>
  new Response(null, {
    status: 401,
    headers: { 'WWW-Authenticate': formatChallenge({ scheme: 'Bearer', maxAge }) },
  })

export interface TabOptions extends Partial<StepUpClientOptions> {
  readonly requirement?: RequirementInput
  readonly resume?: 'confirm' | 'auto'
  readonly url?: string
  readonly framed?: boolean
  readonly dialog?: boolean
  readonly authentication?: Partial<Authentication> | null
  readonly more?: readonly AnyAction[]
  readonly run?: (input: { id: string }, context: RunContext) => unknown
}

/** One person in one tab: signed in an hour ago, about to delete a project; pages come and go. */
export function openTab(options: TabOptions = {}) {
  const {
    requirement = 300,
    resume,
    url = HOME,
    framed = false,
    authentication,
    more = [],
  } = options
  const clock = createFakeClock()
  const adapter = createFakeAdapter({
    clock,
    ...(authentication !== undefined && { authentication }),
  })
  adapter.offered = [adapter.trip]
  const run = vi.fn(options.run ?? (({ id }: { id: string }) => ({ deleted: id })))
  const deleteProject = defineAction({
    id: 'project.delete',
    requirement,
    schema: v.object({ id: v.string() }),
    run: (input, context): unknown => run(input, context),
    describe: ({ id }) => `Delete project ${id}`,
    ...(resume && { resume }),
  })
  let actions: readonly AnyAction[] = [deleteProject, ...more]
  let page = createFakeEnvironment({ clock, url, framed })
  let stop: () => void
  let client: StepUpClient

  function open(environment: FakeEnvironment) {
    const { adapter: other = adapter, policies, limits, navigate, storage } = options
    const client = createStepUpClient({
      adapter: other,
      actions,
      environment,
      ...(policies && { policies }),
      ...(limits && { limits }),
      ...(navigate && { navigate }),
      ...(storage && { storage }),
    })
    const stop = client.start()
    if (options.dialog !== false) client.attachDialog()
    return { client, stop }
  }
  function load(): StepUpClient {
    ;({ client, stop } = open(page))
    return client
  }
  client = load()
  adapter.age(HOUR)

  const tab = {
    clock,
    adapter,
    run,
    deleteProject,
    get page() {
      return page
    },
    get client() {
      return client
    },
    get state() {
      return client.getState()
    },
    get record() {
      return JSON.parse(page.stored ?? 'null') as Record<string, unknown> | null
    },
    /** Another tab of the same browser, app and person; `copy`: this one, duplicated. */
    async openTab(url?: string, copy = false) {
      const other = page.openTab(url, copy)
      const { client, stop } = open(other)
      await settle()
      return {
        page: other,
        client,
        stop,
        get state() {
          return client.getState()
        },
        async confirm() {
          await client.controls.confirm()
          await settle()
        },
      }
    },
    /** The app as a later release has it. */
    release(next: readonly AnyAction[]) {
      actions = next
    },
    /** Asks for the project to be deleted, and waits until something is on the screen. */
    async press(id = 'apollo', hook?: RequirementInput) {
      const call = follow(client.requireFreshAuth(hook)(deleteProject, { id }))
      await settle()
      return call
    },
    async pressClosure(hook: RequirementInput, run: () => unknown = () => 'ran') {
      const call = follow(client.requireFreshAuth(hook)(run))
      await settle()
      return call
    },
    offerPassword() {
      adapter.offered = [adapter.password]
    },
    async submit(password = FAKE_PASSWORD) {
      await client.controls.submit({ password })
      await settle()
    },
    async leave() {
      client.controls.leave('tab')
      await settle()
    },
    /** The page is gone; the next one loads at `next`. */
    async reload(next?: string) {
      stop()
      page = page.reload(next)
      load()
      await settle()
    },
    /** The person signs in there within seconds and is sent back. */
    async comeBack(change: Partial<Authentication> = {}) {
      clock.advance(5)
      adapter.signInAtProvider(change)
      await tab.reload(adapter.returnUrl())
    },
    async comeBackWith(error: string) {
      clock.advance(5)
      await tab.reload(adapter.returnUrl(error))
    },
    /** From the call to the confirmation after the trip. */
    async travel() {
      const call = await tab.press()
      await tab.leave()
      await tab.comeBack()
      return call
    },
    async confirm() {
      await client.controls.confirm()
      await settle()
    },
    async retry() {
      // Where it leaves the page there is nothing to wait for.
      void client.controls.retry()
      await settle()
    },
    async cancel() {
      client.controls.cancel()
      await settle()
    },
  }
  return tab
}
