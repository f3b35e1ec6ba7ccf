import { createHash, randomBytes } from 'node:crypto'
import { ExpiringMap } from '../idp/expiring-map.js'

/** Where a request's cookie is: Express and the guard have it in different places. */
export type Cookies = string | null | undefined

interface Cookie {
  readonly name: string
  readonly path: string
  /** Seconds. */
  readonly lifetime: number
}

/** What the server knows of a browser, by a random cookie that only it can read. */
export class Browsers<Value extends object> {
  readonly #cookie: Cookie
  #known: ExpiringMap<Value & { readonly id: string }>

  constructor(cookie: Cookie) {
    this.#cookie = cookie
    this.#known = this.#empty()
  }

  /** Under an id that nobody has had: the `Set-Cookie` that makes the browser its owner. */
  begin(value: Value): string {
    const secret = randomBytes(32).toString('base64url')
    const key = digest(secret)
    // Logs and stores get to see this: it opens nothing.
    this.#known.set(key, { ...value, id: key.slice(0, 22) })
    return this.#line(secret, this.#cookie.lifetime)
  }

  of(cookies: Cookies): (Value & { readonly id: string }) | undefined {
    const secret = this.#read(cookies)
    return secret === undefined ? undefined : this.#known.get(digest(secret))
  }

  /** Forgets the browser: the `Set-Cookie` that makes it forget too. */
  end(cookies: Cookies): string {
    const secret = this.#read(cookies)
    if (secret !== undefined) this.#known.take(digest(secret))
    return this.#line('', 0)
  }

  reset(): void {
    this.#known = this.#empty()
  }

  #empty() {
    return new ExpiringMap<Value & { readonly id: string }>(this.#cookie.lifetime * 1000)
  }

  #read(cookies: Cookies): string | undefined {
    const pairs = (cookies ?? '').split(/; */).map((pair) => pair.split('='))
    return pairs.find(([name]) => name === this.#cookie.name)?.[1]
  }

  // Host-only, for want of a Domain. Over https this would be Secure, and its name begin by `__Host-`.
  #line(value: string, maxAge: number): string {
    const { name, path } = this.#cookie
    return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`
  }
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
