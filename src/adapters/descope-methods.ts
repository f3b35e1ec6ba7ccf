import type {
  CodeMethod,
  LinkMethod,
  Method,
  PasskeyMethod,
  PasswordMethod,
  Trip,
} from '../core/adapter.js'
import { defined } from '../core/defined.js'
import { StepUpError } from '../core/errors.js'
import { typedCode } from '../core/typed-code.js'
import { answerOf, type Ask } from './descope-answer.js'
import type { DescopeMethod } from './descope.js'
import type { DescopeSdk, DescopeSession, DescopeUser } from './descope-sdk.js'

interface Means {
  readonly sdk: DescopeSdk
  readonly user: DescopeUser
  readonly wanted: readonly DescopeMethod[]
  /** Another window of this browser finds the same tokens. */
  readonly shared: boolean
  readonly steppedUp: (session: DescopeSession) => void
}

/** Who is signed in, in the SDK's words. @throws StepUpError where it does not say */
export async function readUser(sdk: DescopeSdk, subject: string): Promise<DescopeUser> {
  const user = await answerOf(sdk.me())
  if (user.userId === subject && user.loginIds[0]) return user
  throw new StepUpError('provider_error', 'Descope does not say by which name you sign in.')
}

const spent = new Map<string, Promise<DescopeSession>>()

/** Spends what the address brings back, once for each. */
export async function spend(sdk: DescopeSdk, url: URL): Promise<DescopeSession | undefined> {
  const code = url.searchParams.get('code')
  const token = url.searchParams.get('t')
  if (code === null && token === null) return undefined
  const key = `${code ?? ''} ${token ?? ''}`
  const spending = spent.get(key) ?? exchange()
  spent.set(key, spending)
  return spending

  async function exchange() {
    // What the page asks for while it loads has an older answer, which must not come after this one.
    await sdk.refresh(undefined, true)
    return answerOf(code === null ? sdk.magicLink.verify(token ?? '') : sdk.sso.exchange(code))
  }
}

/** The ways to step up that the app names, always for who is signed in. */
export function createMethods({ sdk, user, wanted, shared, steppedUp }: Means): readonly Method[] {
  const id = user.loginIds[0] ?? ''
  const token = () => sdk.getRefreshToken?.() || undefined
  // A refresh keeps this claim, so that servers can tell it from one more step-up.
  const options = () => ({
    stepup: true,
    customClaims: { step_up: crypto.getRandomValues(new Uint32Array(4)).join('.') },
  })
  const prove = async (answer: Ask<DescopeSession>) => steppedUp(await answerOf(answer, true))

  const password: PasswordMethod = {
    ...{ type: 'password', id: 'password' },
    verify: ({ password }) => prove(sdk.password.signIn(id, password, options())),
  }
  const code: CodeMethod = {
    ...{ type: 'code', id: 'code', channel: 'email', length: 6 },
    ...(user.email !== undefined && { destination: user.email }),
    async send() {
      return mailed(await answerOf(sdk.otp.signIn.email(id, options(), token())))
    },
    verify: ({ code }) => prove(sdk.otp.verify.email(id, typedCode(code))),
  }
  const link: LinkMethod = {
    ...{ type: 'link', id: 'link' },
    async send({ handle }) {
      const url = addressFor(handle)
      return mailed(await answerOf(sdk.magicLink.signIn.email(id, url, options(), token())))
    },
  }
  const passkey: PasskeyMethod = {
    ...{ type: 'passkey', id: 'passkey' },
    async verify({ signal }) {
      const { helpers, signIn } = sdk.webauthn
      const asked = await answerOf(signIn.start(id, location.origin, options(), token()))
      signal.throwIfAborted()
      const response = await helpers.get(asked.options).catch(notUsed)
      signal.throwIfAborted()
      await prove(signIn.finish(asked.transactionId, response))
    },
  }

  async function leave(tenant: string, trip: Trip): Promise<void> {
    const { handle, loginHint, popup, prompt, signal } = trip
    // Somebody else is to sign in, in place of whoever is signed in now.
    const other = prompt === 'login' && loginHint === undefined
    const to = addressFor(handle)
    const { url } = await answerOf(
      other
        ? sdk.sso.start(tenant, to, {}, undefined, undefined, true)
        : sdk.sso.start(tenant, to, options(), token(), undefined, true, id),
    )
    signal.throwIfAborted()
    ;(popup?.location ?? location).assign(url)
    // In this tab the page goes away, and this waits until it has.
    return popup ? trip.returned : new Promise(() => undefined)
  }

  function toMethod(method: DescopeMethod): Method[] {
    switch (method) {
      case 'password':
        return [password]
      case 'code':
        return [code]
      case 'link':
        return shared ? [link] : []
      case 'passkey':
        return [passkey]
      default: {
        const { sso, label } = method
        if (!sso) throw new TypeError(`Unknown method: ${JSON.stringify(method)}. ${KNOWN}`)
        const start = (trip: Trip) => leave(sso, trip)
        return [{ ...defined({ label }), type: 'redirect', id: sso, popup: shared, start }]
      }
    }
  }
  return wanted.flatMap(toMethod)
}

const KNOWN = "Use 'password', 'code', 'link', 'passkey' or { sso: '<tenant>' }."

const mailed = ({ maskedEmail }: { maskedEmail?: string }) =>
  maskedEmail ? { destination: maskedEmail } : {}

/** This page, which Descope sends people back to. */
const addressFor = (handle: string) => `${location.origin}${location.pathname}?state=${handle}`

function notUsed(cause: unknown): never {
  const { name } = cause as Error
  const reason = name === 'NotAllowedError' || name === 'AbortError' ? 'person' : undefined
  throw reason
    ? new StepUpError('cancelled', 'The passkey was not used. Try again, or choose another way.', {
        cause,
        reason,
      })
    : new StepUpError('provider_error', 'The passkey could not be used here.', { cause })
}
