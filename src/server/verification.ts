import { defined } from '../core/defined.js'
import { typedCode } from '../core/typed-code.js'
import { readSession } from './session.js'
import { answer, refusal, Refused } from './verification-answer.js'
import { createCodes } from './verification-codes.js'
import { createChallenges } from './verification-challenges.js'
import { listed, usableOf, type VerificationMethod } from './verification-methods.js'
import { checkVerificationOptions, type VerificationOptions } from './verification-options.js'
import { checkSource, readBody, textOf, type Body } from './verification-request.js'
import { sessionOf, type Session } from './verification-session.js'
import { createSteps, type Step } from './verification-steps.js'
import { createTries } from './verification-tries.js'
import { createTrips } from './verification-trips.js'

/** Answers a web `Request`; it never rejects. */
export type VerificationHandler = (request: Request) => Promise<Response>

const ROUTE =
  /\/(session|methods|password|code|code\/send|passkey|passkey\/options|trip|trip\/back)\/?$/

/**
 * Lets people confirm that it is still them without leaving the page, over the app's own session: by
 * password, code or passkey. It answers `GET …/session`, `GET …/methods`, `POST …/password`,
 * `POST …/code/send`, `POST …/code`, `POST …/passkey/options`, `POST …/passkey`, `POST …/trip` and
 * `POST …/trip/back`, wherever it is mounted, and is what `react-step-up/adapters/session` talks to.
 *
 * Who confirms is who is signed in; a body can say nothing else. Whatever an app's function throws goes
 * to `console.error`, and the page gets `{ error: 'server_error' }`.
 *
 * @throws TypeError for options that could not be enforced.
 * @example
 * const verify = createVerificationHandler({
 *   authenticate: (request) => sessions.of(request.headers.get('Cookie')),
 *   methodsOf: () => [{ type: 'password', id: 'password' }],
 *   password: { verify: ({ authentication, password }) => users.check(authentication.subject, password) },
 *   onReauthenticated: ({ authentication, authTime, acr }) =>
 *     sessions.stamp(authentication.sessionId, { authTime, acr }),
 *   store: createMemoryVerificationStore(),
 *   attempts: createMemoryAttempts(),
 * })
 */
export function createVerificationHandler(options: VerificationOptions): VerificationHandler {
  const checked = checkVerificationOptions(options)
  const { authenticate, methodsOf, now, onReauthenticated, origins, passkey, password } = checked
  const codes = createCodes(checked)
  const challenges = createChallenges(checked)
  const steps = createSteps(checked)
  const tries = createTries(checked)
  const trips = createTrips(checked)

  const list = (methods: readonly VerificationMethod[]) =>
    methods.map((method) => listed(method, checked))

  /** `null`: nobody is signed in, which is an answer and no failure. The session's id is not for scripts. */
  async function tellSession(request: Request): Promise<object | null> {
    const authentication = await readSession(authenticate, request)
    if (!authentication) return null
    const { sessionId: _, issuedAt: __, ...rest } = authentication
    return { ...rest, now: Math.floor(now()) }
  }

  async function tellMethods(request: Request): Promise<object> {
    const { authentication } = await sessionOf(checked, request)
    if (authentication.impersonated) return []
    return list(await usableOf(await methodsOf(authentication, request), authentication, checked))
  }

  /** Counts first and checks then, so that of any number at once only so many are checked. */
  async function attempt(
    session: Session,
    { method, before }: Step,
    check: () => unknown,
  ): Promise<Response> {
    await tries.count(session.authentication, method.id)
    if ((await check()) !== true) throw new Refused('invalid_credentials')
    return proved(session, { method, before }, now())
  }

  async function proved(
    session: Session,
    { method, before }: Step,
    provedAt: number,
  ): Promise<Response> {
    const { authentication, request } = session
    const methods = [...before, method]
    if (method.next) {
      await steps.remember(session, methods)
      return answer({ next: list(method.next) })
    }
    const ids = methods.map(({ id }) => id)
    await steps.forget(session)
    await tries.giveBack(authentication, ids)
    const authTime = Math.floor(provedAt)
    const headers = new Headers()
    // Last, so that nothing of ours can fail once the session says that it is fresh.
    const level = defined({ acr: methods[0]?.acr })
    await onReauthenticated({ request, authentication, methods, authTime, headers, ...level })
    return answer({ authTime, now: Math.floor(now()) }, 200, headers)
  }

  const posts: Readonly<Record<string, (session: Session, body: Body) => Promise<Response>>> = {
    async password(session, body) {
      const step = await steps.find(session, 'password', body('id'))
      const typed = textOf(body, 'password')
      const { authentication, request } = session
      return attempt(session, step, () =>
        password?.verify({ authentication, request, password: typed }),
      )
    },
    async 'code/send'(session, body) {
      const { method } = await steps.find(session, 'code', body('id'))
      await tries.check(session.authentication, method.id)
      return answer(await codes.send(session, method))
    },
    async code(session, body) {
      const step = await steps.find(session, 'code', body('id'))
      const { method } = step
      const code = typedCode(textOf(body, 'code'))
      const { authentication, request } = session
      return attempt(session, step, () =>
        method.channel === 'totp'
          ? checked.totp?.verify({ authentication, request, code, method })
          : codes.verify(session, method, code),
      )
    },
    async 'passkey/options'(session, body) {
      await steps.find(session, 'passkey', body('id'))
      return answer(await challenges.ask(session))
    },
    async passkey(session, body) {
      const step = await steps.find(session, 'passkey', body('id'))
      const { authentication, request } = session
      return attempt(session, step, async () => {
        const response = body('response')
        const challenge = await challenges.take(session, response)
        if (challenge === null) return false
        return passkey?.verify({ authentication, request, response, challenge })
      })
    },
    async trip(session, body) {
      const { method } = await steps.find(session, 'redirect', body('id'))
      await tries.check(session.authentication, method.id)
      return answer(await trips.leave(session, method, body))
    },
    async 'trip/back'(session, body) {
      const departure = await trips.take(session, textOf(body, 'state'))
      const step = await steps.find(session, 'redirect', departure.id)
      // Not counted: with a state that is good once, there is nothing to guess.
      return proved(session, step, await trips.arrive(session, step.method, departure, body))
    },
  }

  async function respond(request: Request): Promise<Response> {
    const route = ROUTE.exec(new URL(request.url).pathname)?.[1]
    if (route === undefined) throw new Refused('not_found')
    const post = posts[route]
    if (request.method !== (post ? 'POST' : 'GET')) throw new Refused('method_not_allowed')
    if (post) {
      checkSource(request, origins)
      const session = await sessionOf(checked, request)
      return post(session, await readBody(request))
    }
    return answer(await (route === 'session' ? tellSession : tellMethods)(request))
  }

  return async (request) => {
    try {
      return await respond(request)
    } catch (error) {
      if (error instanceof Refused) return refusal(error)
      console.error('react-step-up: a verification failed, and nothing was confirmed.', error)
      return refusal(new Refused('server_error'))
    }
  }
}
