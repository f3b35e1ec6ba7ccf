// The real SDK of WorkOS in Node, with as much of a page around it as it touches.
import { createClient } from '@workos-inc/authkit-js'
import { createWorkosAdapter } from 'react-step-up/adapters/workos'
import { vi } from 'vitest'
import { startWorkos, type WorkosServer } from '../servers/workos.js'

export const APP = 'http://localhost:7001'
const CLIENT = 'client_test'
export const NOW = 1_800_000_000
/** Seconds since the epoch, of WorkOS. */
export const clock = { now: NOW }
/** Where the pages have gone. */
export const left: URL[] = []
export let workos: WorkosServer
/** Those of WorkOS in this browser: value, and whether pages can read it. */
const cookies = new Map<string, { readonly value: string; readonly isHidden: boolean }>()
/** Whether the SDK keeps refresh tokens in the page, or leaves them in a cookie as in production. */
let devMode = true

class MemoryStorage {
  readonly #items = new Map<string, string>()
  getItem = (name: string) => this.#items.get(name) ?? null
  setItem = (name: string, value: string) => void this.#items.set(name, value)
  removeItem = (name: string) => void this.#items.delete(name)
}

/** As much of a page as the SDK touches; the one before is gone, and with it what was in memory. */
export function openPage(address: string): void {
  for (const dispose of disposals.splice(0)) dispose()
  const location = Object.assign(new URL(address), { assign: (url: URL) => void left.push(url) })
  const history = {
    replaceState: (_state: unknown, _title: string, url: URL) => {
      location.href = url.href
    },
  }
  vi.stubGlobal('location', location)
  const request = (_name: string, _options: object, run: (lock: object) => unknown) => run({})
  vi.stubGlobal('navigator', { locks: { request } })
  const document = {
    hidden: false,
    get cookie() {
      return cookieHeader(({ isHidden }) => !isHidden)
    },
  }
  vi.stubGlobal('document', document)
  const { localStorage, sessionStorage } = stores
  vi.stubGlobal('localStorage', localStorage)
  vi.stubGlobal('sessionStorage', sessionStorage)
  vi.stubGlobal('window', { location, history, localStorage, sessionStorage, origin: APP })
}
const disposals: (() => void)[] = []
export let stores = { localStorage: new MemoryStorage(), sessionStorage: new MemoryStorage() }

const cookieHeader = (isMeant = (_cookie: { readonly isHidden: boolean }) => true) =>
  [...cookies]
    .filter(([, cookie]) => isMeant(cookie))
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ')

const { fetch: send } = globalThis
/** What a browser does for `credentials: 'include'`, and what a person's own steps always do. */
const withCookies: typeof fetch = async (input, init = {}) => {
  if (init.credentials !== 'include') return send(input, init)
  const headers = { ...(init.headers as Record<string, string>), Cookie: cookieHeader() }
  // Of no-cors, Node would send none of these headers.
  const answer = await send(input, { ...init, headers, mode: 'cors' })
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (line.includes('Max-Age=0')) cookies.delete(name)
    else cookies.set(name, { value, isHidden: line.includes('HttpOnly') })
  }
  return answer
}

export async function openBrowser(keeps: 'tokens' | 'cookies' = 'tokens'): Promise<void> {
  devMode = keeps === 'tokens'
  clock.now = NOW
  cookies.clear()
  vi.stubGlobal('fetch', withCookies)
  left.splice(0)
  stores = { localStorage: new MemoryStorage(), sessionStorage: new MemoryStorage() }
  openPage(`${APP}/`)
  workos = await startWorkos({ clientId: CLIENT, appOrigin: APP, now: () => clock.now })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.spyOn(console, 'debug').mockImplementation(() => undefined)
}
export async function closeBrowser(): Promise<void> {
  for (const dispose of disposals.splice(0)) dispose()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  await workos.close()
}

/** The real SDK, as a page makes it when it loads. */
export async function load(adapter = createWorkosAdapter({ label: 'AuthKit' })) {
  const { hostname, port } = new URL(workos.origin)
  const authkit = await createClient(CLIENT, {
    ...{ apiHostname: hostname, port: Number(port), https: false, devMode },
    redirectUri: `${APP}/callback`,
    onRefresh: adapter.onRefresh,
  })
  disposals.push(() => authkit.dispose())
  adapter.connect(authkit)
  return { adapter, authkit }
}

/** A person at AuthKit; resolves to where they are sent. */
export async function enter(
  url: URL | string,
  action = '',
  email = 'ada@acme.test',
): Promise<string> {
  const password = email.startsWith('ada') ? 'correct horse' : 'battery staple'
  const answer = await fetch(url, {
    ...{ method: 'POST', redirect: 'manual', credentials: 'include' },
    body: new URLSearchParams({ email, password, action }),
  })
  return answer.headers.get('Location') ?? ''
}

/** Where one of our trips ends. */
export function arrive() {
  const adapter = createWorkosAdapter()
  adapter.peek!(new URL(window.location.href))
  return load(adapter)
}

export async function signIn() {
  const first = await load()
  openPage(await enter(await first.authkit.getSignInUrl()))
  return load()
}
