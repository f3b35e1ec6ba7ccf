// One page load of an app with the real SDK and the real client.
import type { INavigator, NavigateParams } from 'oidc-client-ts'
import { UserManager, WebStorageStateStore } from 'oidc-client-ts'
import * as v from 'valibot'
import type { RequirementInput } from 'react-step-up'
import { createStepUpClient, defineAction, isStepUpError } from 'react-step-up'
import { createOidcClientTsAdapter } from 'react-step-up/adapters/oidc-client-ts'
import type { FakeEnvironment } from 'react-step-up/testing'
import type { Api } from './api.js'
import type { Provider } from './provider.js'
import { CLIENT } from './provider.js'
import { PageStorage } from './storage.js'
// Here already, so that loading it takes no time of a test.
import '../../src/core/flow.js'

const APP = 'https://app.test'
export const HOME = `${APP}/projects?tab=1#top`
export const CALLBACK = `${APP}/callback`
const MINUTE = 60

/** What became of one press of the button. */
export interface Press {
  status: string
  error?: unknown
}

interface PageOptions {
  readonly provider: Provider
  readonly api: Api
  readonly environment: FakeEnvironment
  /** The tab's storage; it outlives the page. */
  readonly stored: Map<string, string>
  readonly requirement: RequirementInput
  /** Where the SDK keeps the user: in memory, a reload forgets who is signed in. */
  readonly user: 'stored' | 'in memory'
  readonly onResumed: (press: Press) => void
}

/** What every page of the app makes anew. */
export function openPage({ provider, api, environment, stored, ...options }: PageOptions) {
  const { requirement, user, onResumed } = options
  const { clock } = environment
  const storage = new PageStorage(stored)
  const memory = new PageStorage(new Map())
  const gone = new AbortController()
  let left: URL | null = null
  const navigator: INavigator = {
    prepare: async () => ({
      navigate({ url }: NavigateParams) {
        left = new URL(url)
        return new Promise(() => {
          // The page is about to go.
        })
      },
      close: () => undefined,
    }),
    callback: async () => undefined,
  }
  const userManager = new UserManager(
    {
      authority: provider.issuer,
      client_id: CLIENT,
      redirect_uri: CALLBACK,
      automaticSilentRenew: false,
      stateStore: new WebStorageStateStore({ store: storage }),
      userStore: new WebStorageStateStore({ store: user === 'stored' ? storage : memory }),
    },
    navigator,
    undefined,
    frame,
  )
  const deleteProject = defineAction({
    id: 'project.delete',
    requirement,
    schema: v.object({ id: v.string() }),
    async run({ id }, { requestId, signal }) {
      const token = (await userManager.getUser())?.access_token ?? ''
      const late = new AbortController()
      const stop = clock.after(MINUTE, () => late.abort(new Error('The API is silent')))
      const response = await fetch(`${api.origin}/projects/${id}`, {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': requestId },
        signal: AbortSignal.any([signal, gone.signal, late.signal]),
      }).finally(stop)
      if (response.status === 401 || response.status === 403) return response
      if (!response.ok) throw new Error(`The API answered ${response.status}`)
      return response.json() as Promise<unknown>
    },
    describe: ({ id }) => `Delete project ${id}`,
  })
  const client = createStepUpClient({
    adapter: createOidcClientTsAdapter(userManager, { label: 'Acme ID' }),
    actions: [deleteProject],
    environment,
  })
  client.attachDialog()
  client.onResumed(deleteProject, (outcome) => {
    // A page that is gone tells nobody anything.
    if (gone.signal.aborted) return
    onResumed('error' in outcome ? failed(outcome.error) : ended(outcome.data))
  })
  const stop = client.start()
  return {
    client,
    userManager,
    /** Presses the button. */
    press(): Press {
      const press: Press = { status: 'open' }
      client
        .requireFreshAuth()(deleteProject, { id: 'apollo' })
        .then((data) => Object.assign(press, ended(data)))
        .catch((error: unknown) => Object.assign(press, failed(error)))
      return press
    },
    left: () => left,
    /** The browser takes the page away, with everything it was doing. */
    close() {
      stop()
      gone.abort()
      storage.close()
      memory.close()
      void userManager.events.unload()
    },
  }
}

/** Whatever the provider does with a browser that was sent there: the address it sends back to. */
export async function follow(url: URL | string): Promise<URL> {
  const response = await fetch(url, { redirect: 'manual' })
  await response.body?.cancel()
  // An error page of the provider: the person presses Back.
  return new URL(response.headers.get('Location') ?? HOME)
}

/** A hidden frame: it is sent to the provider, and its page tells where it was sent back to. */
const frame: INavigator = {
  prepare: async () => ({
    navigate: async ({ url }: NavigateParams) => ({ url: (await follow(url)).href }),
    close: () => undefined,
  }),
  callback: async () => undefined,
}

/** An ordinary 401 is the caller's own. */
const ended = (data: unknown): Press => ({
  status: data instanceof Response ? `HTTP ${data.status}` : 'done',
})
const failed = (error: unknown): Press => ({
  status: isStepUpError(error) ? error.code : error instanceof Error ? error.name : 'thrown',
  error,
})
