import { vi } from 'vitest'
import { sessionAdapter } from 'react-step-up/adapters/session'
import type { TripMethod } from 'react-step-up'
import { createApp, email, ORIGIN, password, PASSWORDS } from '../server/verification-app.js'
import type { AuthSystem } from './contract.js'

/** A browser with a cookie, over the real handler. */
export function startSessionSystem(): Promise<AuthSystem> {
  const app = createApp({
    methodsOf: () => [password, email, { type: 'redirect', id: 'globex', label: 'Globex' }],
  })
  let sid = 'none'
  let offline = false
  let person: 'ada' | 'bob' = 'ada'
  const adapter = sessionAdapter({
    url: `${ORIGIN}/auth/step-up`,
    redirect: `${ORIGIN}/auth/sso`,
    fetch(url, init) {
      if (offline) return Promise.reject(new TypeError('fetch failed'))
      const request = new Request(url, init)
      // What a browser adds by itself.
      request.headers.set('Cookie', `sid=${sid}`)
      request.headers.set('Sec-Fetch-Site', 'same-origin')
      return app.handler(request)
    },
  })
  const become = (next: string) => {
    sid = next
    adapter.changed()
    return Promise.resolve()
  }
  const stamp = (authTime: number) => {
    const session = app.sessions.get(sid)
    if (session) app.sessions.set(sid, { ...session, authTime })
  }
  return Promise.resolve({
    adapter,
    signIn(next, age = 0) {
      person = next
      sid = next === 'ada' ? 'a1' : 'b1'
      stamp(app.clock.now - age)
      return become(sid)
    },
    signOut: () => become('none'),
    refresh() {
      app.clock.now += 60
      return become(sid)
    },
    breakDown: () => void (offline = true),
    answers: {
      password: { right: PASSWORDS.ada ?? '', wrong: 'guess' },
      code: () => Promise.resolve(app.outbox.at(-1)?.code ?? ''),
    },
    async travel(trip) {
      let left = ''
      vi.stubGlobal('location', { href: `${ORIGIN}/`, assign: (url: string) => (left = url) })
      const signedIn = await adapter.getAuthentication()
      const methods = await adapter.methods(
        trip.requirement,
        signedIn ?? { issuer: '', subject: person },
      )
      const sso = methods.find((method): method is TripMethod => method.type === 'redirect')
      void sso?.start(trip)
      // The app's own backend sends on to the provider, and stamps the session.
      stamp(app.clock.now)
      adapter.changed()
      return new URL(`${ORIGIN}/back?state=${new URL(left).searchParams.get('state') ?? ''}`)
    },
    stop: () => void vi.unstubAllGlobals(),
  })
}
