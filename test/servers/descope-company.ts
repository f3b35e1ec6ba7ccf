// A tenant's own provider at the Descope of test/servers/descope.ts: a page, and a session per browser.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { companyPage } from '../../demo/descope/pages.js'
import { authenticate, findUser, findUserByEmail, type User } from '../../demo/idp/users.js'
import { refused } from './descope-errors.js'
import type { Begun, DescopeSession, LoginOptions } from './descope-sessions.js'
import { bodyOf } from './http.js'

interface Trip extends Begun {
  readonly back: string
  /** Asks whoever is signed in there all the same. */
  readonly forced: boolean
  readonly hint: string | undefined
}

interface Surroundings {
  readonly origin: string
  readonly appOrigin: string
  readonly takes: (fault: 'sso_error') => boolean
}

export function createCompany({ origin, appOrigin, takes }: Surroundings) {
  const trips = new Map<string, Trip>()
  const codes = new Map<string, Begun>()
  const browsers = new Map<string, string>()

  function comeBack({ back, ...begun }: Trip, answer: { userId: string } | { err: string }) {
    const url = new URL(back)
    if ('err' in answer) url.searchParams.set('err', answer.err)
    else {
      const code = randomUUID()
      codes.set(code, { ...begun, ...answer })
      url.searchParams.set('code', code)
    }
    return url.href
  }

  return {
    start(query: URLSearchParams, options: LoginOptions, present: DescopeSession | undefined) {
      const back = query.get('redirectURL') ?? ''
      const known = query.get('tenant') === 'initech' && URL.canParse(back)
      if (!known || new URL(back).origin !== appOrigin) return refused('E011003', 400)
      const id = randomUUID()
      const hint = query.get('loginHint') ?? undefined
      const forced = query.get('forceAuthn') === 'true'
      trips.set(id, { userId: '', options, present, back, forced, hint })
      return Response.json({ url: `${origin}/sso/sign-in?trip=${id}` })
    },
    async page(req: IncomingMessage, query: URLSearchParams): Promise<Response> {
      const id = query.get('trip') ?? ''
      const trip = trips.get(id)
      if (!trip) return new Response('This trip is over.', { status: 404 })
      const cookie = /initech=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1] ?? randomUUID()
      const known = findUser(browsers.get(cookie))
      if (takes('sso_error')) return redirect(comeBack(trip, { err: 'E999999' }))
      if (req.method === 'GET') {
        if (known && !trip.forced) return redirect(comeBack(trip, { userId: known.id }))
        const email = query.has('other') ? undefined : trip.hint
        return html(companyPage({ trip: id, email }).markup)
      }
      const form = new URLSearchParams(await bodyOf(req))
      if (form.get('action') === 'cancel') return redirect(comeBack(trip, { err: 'E061401' }))
      const user = employee(form.get('email') ?? '', form.get('password') ?? '')
      const error = 'That email and password do not belong together.'
      if (!user) return html(companyPage({ trip: id, email: trip.hint, error }).markup)
      trips.delete(id)
      browsers.set(cookie, user.id)
      return redirect(comeBack(trip, { userId: user.id }), `initech=${cookie}; Path=/; HttpOnly`)
    },
    /** Good for one use, whatever comes of it. */
    spend(code: string): Begun | undefined {
      const begun = codes.get(code)
      codes.delete(code)
      return begun
    },
  }
}

/** The company knows Lin; whoever else has an account here may sign in there as well. */
function employee(email: string, password: string): User | undefined {
  const user = findUserByEmail(email)
  return user?.method === 'sso' && password === 'paper jam' ? user : authenticate(email, password)
}

export const html = (markup: string) =>
  new Response(markup, { headers: { 'Content-Type': 'text/html' } })

function redirect(to: string, cookie?: string): Response {
  const headers = new Headers({ Location: to })
  if (cookie !== undefined) headers.set('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}
