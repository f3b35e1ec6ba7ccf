// SuperTokens for tests in Node: the frontend SDK as in a page, the backend SDK, and a core in memory.
// Both SDKs can be set up once in a process, so the servers keep their ports from one start to the next.
import {
  createSupertokensAdapter,
  type SupertokensAdapter,
} from 'react-step-up/adapters/supertokens'
import SuperTokens from 'supertokens-web-js'
import EmailPassword from 'supertokens-web-js/recipe/emailpassword'
import Session from 'supertokens-web-js/recipe/session'
import { findUserByEmail } from '../../demo/idp/users.js'
import { Clock } from '../../demo/session/clock.js'
import { startSupertokensBackend } from '../../demo/supertokens/index.js'
import { startSupertokensCore } from '../servers/supertokens-core.js'

const APP = 'http://localhost:7001'
const passwords = { ada: 'correct horse', bob: 'battery staple' } as const
type Person = keyof typeof passwords

class MemoryStorage {
  readonly #items = new Map<string, string>()
  getItem = (name: string) => this.#items.get(name) ?? null
  setItem = (name: string, value: string) => void this.#items.set(name, value)
  removeItem = (name: string) => void this.#items.delete(name)
  key = (index: number) => [...this.#items.keys()][index] ?? null
  clear = () => this.#items.clear()
}

/** Cookies as a page sees them. */
function createDocument() {
  const jar = new Map<string, string>()
  return {
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    },
    set cookie(line: string) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const expires = Date.parse(/expires=([^;]+)/i.exec(line)?.[1] ?? '')
      if (value === '' || expires <= Date.now()) jar.delete(name)
      else jar.set(name, value)
    },
    clear: () => jar.clear(),
  }
}

const page = {
  document: createDocument(),
  localStorage: new MemoryStorage(),
  sessionStorage: new MemoryStorage(),
  location: new URL(`${APP}/`),
  navigator: {},
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}

/** The network between page and backend. */
const network = {
  broken: false,
  /** The statuses of what the backend has answered. */
  answers: [] as number[],
}

/** The page's `fetch`, which the SDK wraps: only what goes to the backend is the page's. */
const pageFetch =
  (backend: string, send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (!url.startsWith(backend)) return send(input, init)
    if (network.broken) throw new TypeError('Failed to fetch')
    const headers = new Headers(init?.headers ?? (input as Partial<Request>).headers)
    headers.set('Origin', APP)
    const answer = await send(input, { ...init, headers })
    network.answers.push(answer.status)
    return answer
  }

let handle: () => void = () => undefined

async function startServers() {
  const clock = new Clock()
  const core = await startSupertokensCore({ now: () => clock.now() * 1000 })
  // Nobody goes there in these tests.
  const upstream = 'http://localhost:1'
  const backend = await startSupertokensBackend({
    ...{ port: 0, appOrigin: APP, core: core.origin, upstream, clock },
    onReset() {
      clock.reset()
      core.reset()
    },
  })
  // The SDK wraps this too, and nothing here uses it.
  const XMLHttpRequest = function () {}
  Object.assign(page, { window: page })
  Object.assign(globalThis, { window: page, document: page.document, XMLHttpRequest })
  globalThis.fetch = pageFetch(backend.origin, globalThis.fetch)
  // Read by supertokens-auth-react alone: the page's address.
  const appInfo = { appName: 'Acme', apiDomain: backend.origin, websiteDomain: APP }
  SuperTokens.init({
    appInfo,
    recipeList: [
      Session.init({ tokenTransferMethod: 'header', onHandleEvent: () => handle() }),
      EmailPassword.init(),
    ],
  })
  return { backend, core, clock }
}
let servers: ReturnType<typeof startServers> | undefined

/** Starts it anew: nobody is signed in, nothing was tried. */
export async function startSupertokensSystem(options: { factors?: readonly string[] } = {}) {
  const { backend, core, clock } = await (servers ??= startServers())
  network.broken = false
  page.document.clear()
  page.localStorage.clear()
  network.answers.splice(0)
  const { origin } = backend
  const call = (path: string, init?: RequestInit) => fetch(`${origin}${path}`, init)
  const post = (path: string, body: object = {}) =>
    call(path, {
      ...{ method: 'POST', headers: { 'Content-Type': 'application/json' } },
      body: JSON.stringify(body),
    })
  await post('/api/demo/reset')
  const adapter: SupertokensAdapter = createSupertokensAdapter({
    ...{ session: Session, url: `${origin}/auth/step-up`, ...options },
  })
  handle = adapter.handleEvent

  return {
    adapter,
    /** @param age in seconds */
    async signIn(person: Person, age = 0): Promise<void> {
      const email = `${person}@acme.test`
      if (!findUserByEmail(email)) throw new Error(`Nobody is ${email}.`)
      const formFields = [
        { id: 'email', value: email },
        { id: 'password', value: passwords[person] },
      ]
      const { status } = await EmailPassword.signIn({ formFields })
      if (status !== 'OK') throw new Error(status)
      if (age > 0) await post('/demo/age', { seconds: age })
    },
    signOut: () => Session.signOut(),
    /** New tokens, no new authentication. */
    async refresh(): Promise<void> {
      await Session.attemptRefreshingSession()
    },
    /** Cannot be reached from now on. */
    breakDown(): void {
      network.broken = true
    },
    answers: { password: { right: passwords.ada, wrong: 'wrong' } },
    async stop(): Promise<void> {
      handle = () => undefined
      network.broken = false
      page.document.clear()
    },
    ...{ core, clock, call, post, origin, statuses: network.answers },
  }
}

/** The servers of this process, after all tests. */
export async function stopSupertokensServers(): Promise<void> {
  const { backend, core } = (await servers) ?? {}
  await Promise.all([backend?.close(), core?.close()])
}
