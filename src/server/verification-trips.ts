import { defined } from '../core/defined.js'
import { isMaxAge } from '../core/requirement.js'
import { Refused } from './verification-answer.js'
import { keyOf } from './verification-keys.js'
import type { CheckedVerification, TripDeparture } from './verification-options.js'
import { textOf, type Body } from './verification-request.js'
import type { Session } from './verification-session.js'

/** Seconds: as long as the page keeps what waits. */
const AWAY = 600
/** Seconds by which a provider's clock may differ. */
const TOLERANCE = 5

/** Somebody who is at a provider now. */
interface Departure {
  readonly id: string
  readonly kept: string
  /** Seconds since the epoch: what was proved before this is too old. */
  readonly oldest: number
  readonly until: number
}

/** Trips of one session: each comes back once, with the state that it left with. */
export function createTrips({ now, store, trip }: CheckedVerification) {
  const keyFor = ({ binding }: Session, state: string) => keyOf('trip', ...binding, state)
  return {
    async leave(session: Session, method: TripDeparture['method'], body: Body): Promise<object> {
      if (!trip) throw new Refused('no_method')
      const state = textOf(body, 'state')
      const maxAge = body('max_age')
      if (maxAge !== undefined && !isMaxAge(maxAge)) throw new Refused('bad_request')
      const prompt = body('prompt') === 'login' ? ('login' as const) : undefined
      const { authentication, request } = session
      const left = now()
      const asked = defined({ authentication, request, method, state, maxAge, prompt })
      const { url, kept } = await trip.leave(asked)
      const oldest = maxAge === undefined ? 0 : left - (prompt ? 0 : maxAge)
      const departure: Departure = { id: method.id, kept, oldest, until: left + AWAY }
      await store.set(await keyFor(session, state), JSON.stringify(departure), AWAY)
      return { url }
    },

    /** Whoever takes it uses it up. @throws Refused where nobody is away with this state, or for too long */
    async take(session: Session, state: string): Promise<Departure> {
      const key = await keyFor(session, state)
      const text = await store.get(key)
      if (text === null || !(await store.take(key, text))) throw new Refused('code_expired')
      const departure = JSON.parse(text) as Departure
      if (now() >= departure.until) throw new Refused('code_expired')
      return departure
    },

    /** When they proved who they are. @throws Refused for somebody else, and for too long ago */
    async arrive(
      { authentication, request }: Session,
      method: TripDeparture['method'],
      { kept, oldest }: Departure,
      body: Body,
    ): Promise<number> {
      const answer = textsIn(body('answer'))
      const arrived = await trip?.arrive({ authentication, request, method, kept, answer })
      if (!arrived) throw new Refused('invalid_credentials')
      const { authTime } = arrived
      const at = now()
      const good =
        typeof authTime === 'number' && authTime >= oldest - TOLERANCE && authTime <= at + TOLERANCE
      if (!good) throw new Refused('stale')
      // As the provider tells it: moved by our clock, one sign-in would be a new proof with each trip.
      return authTime
    },
  }
}

/** @throws Refused for what is no object of texts. */
function textsIn(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {})
  const texts = entries.flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  )
  if (texts.length === 0 || texts.length !== entries.length) throw new Refused('bad_request')
  return Object.fromEntries(texts)
}
