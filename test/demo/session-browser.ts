import { startBackend, type Backend } from '../../demo/session/index.js'
import { startUpstream } from '../../demo/upstream/index.js'
import { Browser } from './browserless.js'

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Headers
}

/** The console's backend, and the company's own provider. */
export async function startSessionDemo() {
  const upstream = await startUpstream(0, 'http://localhost')
  const backend = await startBackend({ port: 0, upstream: upstream.issuer })
  await upstream.register(backend.ssoCallback)
  return {
    ...{ backend, upstream: upstream.issuer },
    newVisitor: () => new Visitor(backend, upstream.issuer),
    close: () => Promise.all([backend.close(), upstream.close()]),
  }
}

/** Someone with a fresh browser, at the console with a session of its own. */
export class Visitor {
  readonly browser: Browser
  readonly origin: string
  #setCookies: readonly string[] = []

  constructor({ origin }: Backend, upstream: string) {
    this.origin = origin
    this.browser = new Browser(origin, upstream)
  }

  /** `Set-Cookie` of the last answer that had one. */
  get setCookies(): readonly string[] {
    return this.#setCookies
  }

  /** As a page of the console sends it; `headers` are put in place of its own. */
  async call(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const own = { Origin: this.origin, 'Content-Type': 'application/json' }
    const response = await this.browser.fetch(path, {
      method,
      headers: { ...own, ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    const cookies = response.headers.getSetCookie()
    if (cookies.length > 0) this.#setCookies = cookies
    const text = await response.text()
    const json = text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : {}
    return {
      ...{ status: response.status, headers: response.headers },
      body: json as Record<string, unknown>,
    }
  }

  post(path: string, body: object = {}, headers?: Record<string, string>): Promise<Answer> {
    return this.call('POST', path, body, headers)
  }

  /** The secret of the session, as the browser last got it. */
  get session(): string | undefined {
    const line = this.#setCookies.find((cookie) => cookie.startsWith('acme_session='))
    return line === undefined ? undefined : /^acme_session=([^;]*)/.exec(line)?.[1]
  }

  async whoAmI(): Promise<Record<string, unknown> | null> {
    const { body } = await this.call('GET', '/auth/step-up/session')
    return 'subject' in body ? body : null
  }

  /** The newest code in the outbox. */
  async code(): Promise<string> {
    const { html } = await this.browser.open('/demo/outbox')
    const code = /<code>(\d{6})<\/code>/.exec(html)?.[1]
    if (code === undefined) throw new Error('No code was mailed')
    return code
  }

  async begin(email: string): Promise<Answer> {
    return this.post('/auth/sign-in', { email })
  }

  async signIn(email: string, password: string): Promise<Answer> {
    await this.begin(email)
    return this.post('/auth/sign-in/password', { id: 'password', password })
  }

  async signInByCode(email: string): Promise<Answer> {
    await this.begin(email)
    await this.post('/auth/sign-in/code/send', { id: 'email' })
    return this.post('/auth/sign-in/code', { id: 'email', code: await this.code() })
  }

  async age(seconds = 3600): Promise<void> {
    const { status } = await this.post('/demo/age', { seconds })
    if (status !== 200) throw new Error(`The session did not age: ${status}`)
  }

  deleteProject(id = 'apollo'): Promise<Answer> {
    return this.call('DELETE', `/api/projects/${id}`)
  }

  async audit(): Promise<readonly Record<string, unknown>[]> {
    const { body } = await this.call('GET', '/api/audit')
    return body.entries as readonly Record<string, unknown>[]
  }
}
