import type { CodeMethod, Method, Sent, Trip, TripMethod, VerifyOutcome } from '../core/adapter.js'
import { defined } from '../core/defined.js'
import type { StepUpErrorCode } from '../core/errors.js'
import { StepUpError, toStepUpError } from '../core/errors.js'
import type { Requirement } from '../core/requirement.js'
import { couldNot, postOf, type Ask, type Reply } from './verification.js'

/** The part of @simplewebauthn/browser that is used. */
export interface PasskeySdk {
  startAuthentication(options: { optionsJSON: object }): Promise<object>
  readonly WebAuthnAbortService: { cancelCeremony(): void }
}

/** What this page can do, beside forms. */
export interface PageMeans {
  readonly passkey?: () => Promise<PasskeySdk>
  /** A route that sends people to their provider and back, or another way there, by a method's id. */
  readonly redirect?: string | ((id: string) => Way)
}
type Way = Pick<TripMethod, 'prepare' | 'start'>

/** As `GET …/methods` and `next` have them. */
interface Listed {
  readonly type: string
  readonly id: string
  readonly label?: string
  readonly acr?: string
  readonly channel?: string
  readonly destination?: string
  readonly length?: number
}

const messages: Partial<Record<StepUpErrorCode, string>> = {
  invalid_credentials: 'That is not right. Try again.',
  code_expired: 'The code has expired. Have another one sent.',
  locked: 'There were too many tries. Wait, and try again.',
  no_method: 'This way to confirm is not there any more. Choose another.',
  signed_out: 'You have been signed out, so nothing was done.',
}

/** What the server's answer means, where it is none of success. */
function failureOf({ response, answer }: Reply): StepUpError {
  const { headers, status } = response
  const { error, retryAfter } = (answer ?? {}) as { error?: string; retryAfter?: unknown }
  const code = (status === 429 ? 'locked' : error) as StepUpErrorCode
  if (status < 400 || !Object.hasOwn(messages, code)) return couldNot(response)
  const seconds = secondsOf(retryAfter ?? headers.get('Retry-After'), headers)
  const counts = code === 'locked' && seconds > 0 && seconds < Infinity
  return new StepUpError(code, messages[code] ?? '', counts ? { retryAfter: seconds } : {})
}

/** Seconds, or a date by the server's own clock (RFC 9110 10.2.3); `NaN` for anything else. */
function secondsOf(retryAfter: unknown, headers: Headers): number {
  const seconds = Number(retryAfter)
  if (!Number.isNaN(seconds)) return seconds
  const now = Date.parse(headers.get('Date') ?? '') || Date.now()
  return Math.ceil((Date.parse(String(retryAfter)) - now) / 1000)
}

/** The browser's own sheet, which its person can end, or `signal`. */
async function sign(sdk: PasskeySdk, optionsJSON: object, signal: AbortSignal): Promise<object> {
  signal.throwIfAborted()
  const stop = () => sdk.WebAuthnAbortService.cancelCeremony()
  signal.addEventListener('abort', stop)
  try {
    return await sdk.startAuthentication({ optionsJSON })
  } catch (cause) {
    const { name } = cause as Error
    if (name !== 'NotAllowedError' && name !== 'AbortError') {
      throw toStepUpError(cause, 'provider_error', 'The passkey could not be used here.')
    }
    const message = 'The passkey was not used. Try again, or choose another way.'
    throw new StepUpError('cancelled', message, { cause, reason: 'person' })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function leave(method: string, route: string, trip: Trip): Promise<void> {
  const { handle: state, maxAge, requirement, prompt, loginHint: login_hint, popup } = trip
  const url = new URL(route, location.href)
  const demand = defined({
    state,
    method,
    max_age: maxAge?.toString(),
    acr_values: requirement.acrValues?.join(' '),
    prompt,
    login_hint,
  })
  for (const [name, value] of Object.entries(demand)) url.searchParams.set(name, value)
  ;(popup?.location ?? location).assign(url.href)
  // In this tab the page goes away, and this waits until it has.
  return popup ? trip.returned : new Promise(() => undefined)
}

/** What this page can do of what the server offers; loaded when somebody has to confirm. */
export function createMethods(
  { passkey, redirect }: PageMeans,
  ask: Ask,
  changed: () => void,
): (requirement: Requirement) => Promise<readonly Method[]> {
  /** `body` is what is posted. */
  async function call<T>(path: string, body?: object, signal?: AbortSignal): Promise<T> {
    const reply = await ask(path, defined({ ...(body && postOf(body)), signal }))
    if (!reply.response.ok || reply.answer === undefined) throw failureOf(reply)
    return reply.answer as T
  }

  async function verify(path: string, body: object, signal: AbortSignal): Promise<VerifyOutcome> {
    const { next } = await call<{ next?: readonly Listed[] }>(path, body, signal)
    if (next) return { next: next.flatMap(toMethod) }
    changed()
  }

  async function provePasskey(id: string, load: () => Promise<PasskeySdk>, signal: AbortSignal) {
    // Together: some browsers forget the click that this began with.
    const asked = call<object>('passkey/options', { id }, signal)
    const [sdk, optionsJSON] = await Promise.all([load(), asked])
    return verify('passkey', { id, response: await sign(sdk, optionsJSON, signal) }, signal)
  }

  /** None where this page cannot do it. */
  function toMethod({ type, id, label, channel = '', destination, length }: Listed): Method[] {
    const base = defined({ id, label })
    if (type === 'password') {
      return [
        {
          ...base,
          type,
          verify: ({ password, signal }) => verify(type, { id, password }, signal),
        },
      ]
    }
    if (type === 'code') {
      const method: CodeMethod = {
        ...base,
        ...defined({ destination, length }),
        type,
        channel,
        verify: ({ code, signal }) => verify(type, { id, code }, signal),
      }
      const send = (signal: AbortSignal) => call<Sent>('code/send', { id }, signal)
      return [channel === 'totp' ? method : { ...method, send }]
    }
    if (type === 'passkey' && passkey) {
      return [{ ...base, type, verify: ({ signal }) => provePasskey(id, passkey, signal) }]
    }
    if (type === 'redirect' && redirect !== undefined) {
      const way: Way =
        typeof redirect === 'function'
          ? redirect(id)
          : { start: (trip) => leave(id, redirect, trip) }
      return [{ ...base, type, popup: true, ...way }]
    }
    return []
  }

  return async ({ acrValues }) =>
    (await call<readonly Listed[]>('methods'))
      .filter(({ acr }) => !acrValues || acr === undefined || acrValues.includes(acr))
      .flatMap(toMethod)
}
