import { randomBytes } from 'node:crypto'
import { errors, type JWTPayload } from 'jose'
import { ExpiringMap } from './expiring-map.js'
import { clockTolerance, RelyingParty, UnverifiedError } from './relying-party.js'

/** People whose email is of this company sign in at its own identity provider. */
const domain = 'initech.test'
const company = 'Initech SSO'

interface Trip {
  /** The interaction that it is for. */
  readonly uid: string
  readonly email: string
  readonly nonce: string
  readonly verifier: string
  /** Seconds, on our clock. */
  readonly leftAt: number
  /** How old, in seconds, the sign-in there may be; `undefined`: as old as it likes. */
  readonly maxAge: number | undefined
}

/** Who signed in at the company, when and how. */
export interface Arrived {
  readonly email: string
  readonly subject: string
  /** The company's own `auth_time`. */
  readonly authTime: number
  readonly amr?: readonly string[]
}

/** What the app is told where the trip came to nothing; OpenID Connect Core 3.1.2.6. */
export interface Failed {
  readonly error: 'access_denied' | 'login_required' | 'temporarily_unavailable'
  readonly error_description: string
}

export class Federation {
  readonly #party: RelyingParty
  // By state, and for as long as an interaction lives.
  readonly #trips = new ExpiringMap<Trip>(15 * 60_000)

  constructor(issuer: string, redirectUri: string) {
    this.#party = new RelyingParty({ issuer, clientId: 'acme-id', redirectUri })
  }

  covers(email: string): boolean {
    return email.trim().toLowerCase().endsWith(`@${domain}`)
  }

  /** The address to send the person to. A `maxAge` of 0 has them really asked again. */
  async leave(uid: string, email: string, maxAge: number | undefined): Promise<string> {
    const [state, nonce, verifier] = [secret(), secret(), secret()]
    const url = await this.#party.authorizationUrl(
      { state, nonce, verifier },
      {
        login_hint: email,
        ...(maxAge !== undefined && { max_age: String(maxAge) }),
        ...(maxAge === 0 && { prompt: 'login' }),
      },
    )
    this.#trips.set(state, { uid, email, nonce, verifier, leftAt: seconds(), maxAge })
    return url.href
  }

  /** The interaction that an answer is for. */
  interactionOf(answer: URLSearchParams): string | undefined {
    return this.#trips.get(answer.get('state') ?? '')?.uid
  }

  /** Takes an answer in, once. `undefined` where it is none of this interaction's. */
  async arrive(uid: string, answer: URLSearchParams): Promise<Arrived | Failed | undefined> {
    if (this.interactionOf(answer) !== uid) return undefined
    const trip = this.#trips.take(answer.get('state') ?? '')
    // RFC 9207: an answer of another provider would be for another trip.
    if (!trip || answer.get('iss') !== this.#party.registration.issuer) return undefined
    const code = answer.get('code')
    if (code === null) return failed('access_denied', `Nobody was signed in at ${company}`)
    try {
      return judge(await this.#party.redeem(code, trip), trip, seconds())
    } catch (error) {
      if (error instanceof UnverifiedError || error instanceof errors.JOSEError) {
        return failed('access_denied', `The answer of ${company} could not be verified`)
      }
      return failed('temporarily_unavailable', `${company} could not be reached`)
    }
  }
}

/** Whether the sign-in that a verified ID token tells of is as fresh as was asked for. */
export function judge(
  { sub = '', auth_time: authTime, amr }: JWTPayload,
  { email, leftAt, maxAge }: Pick<Trip, 'email' | 'leftAt' | 'maxAge'>,
  now: number,
): Arrived | Failed {
  if (typeof authTime !== 'number' || !(authTime > 0) || authTime > now + clockTolerance) {
    return failed('login_required', `${company} did not say when the person signed in`)
  }
  // Without tolerance: what is a second too old was not asked for again.
  if (maxAge !== undefined && authTime < leftAt - maxAge) {
    return failed('login_required', `${company} did not ask the person again`)
  }
  return {
    ...{ email, subject: sub },
    // Never in our future: that would make the session younger than it is.
    authTime: Math.min(Math.floor(authTime), now),
    ...(isTexts(amr) && { amr }),
  }
}

function failed(error: Failed['error'], error_description: string): Failed {
  return { error, error_description }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}
