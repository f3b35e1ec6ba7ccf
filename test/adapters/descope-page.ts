// The real SDK of Descope in Node, with as much of a page around it as it touches.
import { createDescopeAdapter, type DescopeMethod } from 'react-step-up/adapters/descope'
import { vi } from 'vitest'
import { startDescope, type DescopeServer } from '../servers/descope.js'

export const APP = 'http://localhost:7001'
const PROJECT = 'P2localtestlocaltestlocaltest'
/** Where the pages have gone. */
export const left: string[] = []
export let descope: DescopeServer
const passwords: Record<string, string> = {
  'ada@acme.test': 'correct horse',
  'bob@acme.test': 'battery staple',
}

class MemoryStorage {
  readonly #items = new Map<string, string>()
  get length() {
    return this.#items.size
  }
  getItem = (name: string) => this.#items.get(name) ?? null
  setItem = (name: string, value: string) => void this.#items.set(name, value)
  removeItem = (name: string) => void this.#items.delete(name)
}
export let storage = new MemoryStorage()

/** As much of a page as the SDK touches; the one before is gone, and with it what was in memory. */
export function openPage(address = `${APP}/projects`): void {
  const location = Object.assign(new URL(address), { assign: (url: string) => void left.push(url) })
  const document = { cookie: '', visibilityState: 'hidden', addEventListener: () => undefined }
  for (const [name, value] of Object.entries({ location, document, localStorage: storage })) {
    vi.stubGlobal(name, value)
  }
  // Its timers are not waited for: what they would do, the tests do.
  vi.stubGlobal('window', { location, document, localStorage: storage })
}

export async function openBrowser(): Promise<void> {
  left.splice(0)
  storage = new MemoryStorage()
  openPage()
  descope = await startDescope({ projectId: PROJECT, appOrigin: APP })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
}
export async function closeBrowser(): Promise<void> {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  await descope.close()
}

export const methods = (): DescopeMethod[] => [
  ...(['password', 'code', 'link'] as const),
  { sso: 'initech', label: 'Initech SSO' },
]

/** The real SDK, as a page makes it when it loads. */
export async function createSdk(persistTokens = true) {
  // It looks for a window when it is imported.
  const { default: create } = await import('@descope/web-js-sdk')
  return create({ projectId: PROJECT, baseUrl: descope.origin, persistTokens, autoRefresh: false })
}
export type Sdk = Awaited<ReturnType<typeof createSdk>>

export async function load(adapter = createDescopeAdapter({ methods })) {
  const sdk = await createSdk()
  adapter.connect(sdk)
  return { adapter, sdk }
}

export const enter = (sdk: Sdk, email = 'ada@acme.test') =>
  sdk.password.signIn(email, passwords[email] ?? '')

/** A person at their company; resolves to where they are sent. */
export async function enterAtCompany(
  url: string,
  email = 'ada@acme.test',
  action = '',
): Promise<string> {
  const answer = await fetch(url, {
    ...{ method: 'POST', redirect: 'manual' },
    body: new URLSearchParams({ email, password: passwords[email] ?? '', action }),
  })
  return answer.headers.get('Location') ?? ''
}
