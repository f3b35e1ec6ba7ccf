// The ways to confirm that the playground offers: those of the fake adapter, answered as it is set.
import type {
  CodeMethod,
  LinkMethod,
  PasskeyMethod,
  PasswordMethod,
  Trip,
  TripMethod,
} from 'react-step-up'
import { FAKE_CODE, FAKE_PASSWORD, type FakeAdapter } from 'react-step-up/testing'
import { MFA, type Settings } from './settings.js'

interface Surroundings {
  readonly adapter: FakeAdapter
  readonly settings: () => Settings
  /** The page goes to the provider. */
  readonly leave: () => void
  /** Another window has come up beside the page. */
  readonly show: (window: 'provider' | 'mail') => void
}

interface Methods {
  readonly password: PasswordMethod
  readonly code: CodeMethod
  readonly link: LinkMethod
  readonly passkey: PasskeyMethod
  readonly trip: TripMethod
  readonly window: TripMethod
}

/** Never settles: the page is gone. */
const gone = () => new Promise<never>(() => {})

export function createMethods(around: Surroundings): Methods {
  const { adapter, settings, leave, show } = around
  const { password, code, link, passkey, trip } = adapter
  /** Only what is right is asked of the auth system: its script has one answer for each proof. */
  const prove = async <T>(right: boolean, verify: () => Promise<T>, acr?: string): Promise<T> => {
    if (right) adapter.next(settings().answer)
    const outcome = await verify()
    const { authentication } = adapter
    if (authentication && acr !== undefined) adapter.authentication = { ...authentication, acr }
    return outcome
  }
  const start = (given: Trip) => {
    void trip.start(given)
    if (given.popup) show('provider')
    else leave()
    return given.popup ? given.returned : gone()
  }
  return {
    password: {
      ...password,
      verify: (input) => prove(input.password === FAKE_PASSWORD, () => password.verify(input)),
    },
    code: {
      ...code,
      verify: (input) => prove(input.code === FAKE_CODE, () => code.verify(input)),
    },
    link: {
      ...link,
      async send(given) {
        const sent = await link.send(given)
        show('mail')
        return sent
      },
    },
    passkey: { ...passkey, verify: (input) => prove(true, () => passkey.verify(input), MFA) },
    trip: { ...trip, id: 'trip', start },
    window: { ...trip, id: 'window', label: 'Acme ID in a window', popup: true, start },
  }
}
