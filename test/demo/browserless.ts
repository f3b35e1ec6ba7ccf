import { createHash, randomBytes } from 'node:crypto'
import { decodeJwt, type JWTPayload } from 'jose'

export interface Page {
  readonly url: URL
  readonly status: number
  readonly html: string
}

export interface Tokens {
  readonly access: JWTPayload
  readonly id: JWTPayload
  readonly refreshToken: string
  readonly accessToken: string
  readonly idToken: string
}

/** A person's browser, as far as the provider can tell: cookies, redirects, forms; no scripts. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>()
  readonly #issuer: string
  /** Every provider that it goes to; cookies know no ports, so all of them get the same ones. */
  readonly #issuers: readonly string[]
  /** The addresses opened, redirects too. */
  readonly visited: URL[] = []
  /** Where a redirect leads instead, or `undefined` to stop before it: the person decides. */
  detour: (url: URL) => URL | undefined = (url) => url

  constructor(issuer: string, ...others: readonly string[]) {
    this.#issuer = issuer
    this.#issuers = [issuer, ...others]
  }

  /** Opens a page, following redirects until one leaves the providers, as back to the app. */
  async open(address: string | URL, init: RequestInit = {}): Promise<Page> {
    const url = new URL(address, this.#issuer)
    this.visited.push(url)
    if (!this.#issuers.includes(url.origin)) return { url, status: 0, html: '' }

    const response = await this.fetch(url, { ...init, redirect: 'manual' })
    const location = response.headers.get('Location')
    if (location !== null) {
      const next = new URL(location, url)
      const turned = this.detour(next)
      return turned ? this.open(turned) : { url: next, status: 0, html: '' }
    }

    const page = { url, status: response.status, html: await response.text() }
    return page.html.includes('document.forms[0].submit()') ? this.submit(page, {}) : page
  }

  /** Fills in and submits the form of a page, with its hidden and prefilled fields. */
  async submit(page: Page, fields: Record<string, string>): Promise<Page> {
    const action = /<form[^>]* action="([^"]+)"/.exec(page.html)?.[1] ?? page.url.href
    const body = new URLSearchParams({ ...fieldsOf(page.html), ...fields })
    return this.open(new URL(action, page.url), { method: 'POST', body })
  }

  async fetch(url: URL | string, init: RequestInit = {}): Promise<Response> {
    const target = new URL(url, this.#issuer)
    const headers = new Headers(init.headers)
    headers.set('Cookie', this.#cookiesFor(target.pathname))
    const response = await fetch(target, { ...init, headers })
    for (const line of response.headers.getSetCookie()) this.#store(line)
    return response
  }

  #cookiesFor(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
  }

  #store(line: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/'
    if (name === undefined || value === undefined) return
    if (value === '') this.#cookies.delete(name)
    else this.#cookies.set(name, { value, path })
  }
}

/** The app: builds authorization requests, spends codes and refresh tokens. */
export class App {
  readonly redirectUri: string
  readonly #issuer: string
  readonly #origin: string
  readonly #verifiers = new Map<string, string>()

  constructor(issuer: string, origin: string) {
    this.#issuer = issuer
    this.#origin = origin
    this.redirectUri = `${origin}/callback`
  }

  /** The address of an authorization request, with `params` on top of the usual ones. */
  authorize(params: Record<string, string> = {}): URL {
    const state = randomBytes(8).toString('hex')
    const verifier = randomBytes(32).toString('base64url')
    this.#verifiers.set(state, verifier)
    const url = new URL('/auth', this.#issuer)
    url.search = new URLSearchParams({
      client_id: 'acme-console',
      response_type: 'code',
      redirect_uri: this.redirectUri,
      scope: 'openid profile email offline_access',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...params,
    }).toString()
    return url
  }

  async redeem({ url }: Page): Promise<Tokens> {
    const code = url.searchParams.get('code')
    if (code === null) throw new Error(`No code came back, but ${url.href}`)
    const response = await this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: url.origin + url.pathname,
      code_verifier: this.#verifiers.get(url.searchParams.get('state') ?? '') ?? '',
    })
    return readTokens(response)
  }

  async refresh(refreshToken: string): Promise<Tokens> {
    return readTokens(
      await this.token({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    )
  }

  token(params: Record<string, string>): Promise<Response> {
    return fetch(`${this.#issuer}/token`, {
      method: 'POST',
      headers: { Origin: this.#origin },
      body: new URLSearchParams({ client_id: 'acme-console', ...params }),
    })
  }
}

export const ada = { email: 'ada@acme.test', password: 'correct horse' }
export const bob = { email: 'bob@acme.test', password: 'battery staple' }

/** Someone with a fresh browser, using the app. */
export class Person {
  readonly browser: Browser
  readonly app: App
  readonly #origin: string

  constructor(issuer: string, origin: string, ...others: readonly string[]) {
    this.browser = new Browser(issuer, ...others)
    this.app = new App(issuer, origin)
    this.#origin = origin
  }

  async signIn(who = ada, params: Record<string, string> = {}): Promise<Tokens> {
    const page = await this.browser.open(this.app.authorize(params))
    return this.app.redeem(await this.browser.submit(page, who))
  }

  silently(params: Record<string, string> = {}): Promise<Page> {
    return this.browser.open(this.app.authorize({ prompt: 'none', ...params }))
  }

  age(seconds: unknown, origin = this.#origin): Promise<Response> {
    return this.browser.fetch('/demo/age', {
      method: 'POST',
      headers: { Origin: origin, 'Content-Type': 'application/json' },
      body: JSON.stringify({ seconds }),
    })
  }
}

async function readTokens(response: Response): Promise<Tokens> {
  const body = (await response.json()) as Record<string, string>
  const { access_token: accessToken, id_token: idToken, refresh_token: refreshToken } = body
  if (accessToken === undefined || idToken === undefined || refreshToken === undefined) {
    throw new Error(`No tokens came back, but ${JSON.stringify(body)}`)
  }
  const [access, id] = [decodeJwt(accessToken), decodeJwt(idToken)]
  return { access, id, accessToken, idToken, refreshToken }
}

/** The fields a browser would send with a form as it stands. */
function fieldsOf(html: string): Record<string, string> {
  const inputs = html.match(/<input[^>]*>/g) ?? []
  return Object.fromEntries(
    inputs.flatMap((input) => {
      const name = /\sname="([^"]*)"/.exec(input)?.[1]
      const value = /\svalue="([^"]*)"/.exec(input)?.[1] ?? ''
      return name === undefined ? [] : [[name, unescape(value)]]
    }),
  )
}

function unescape(text: string): string {
  return text.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)))
}
