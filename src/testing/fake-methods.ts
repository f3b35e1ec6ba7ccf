import type {
  CodeMethod,
  LinkMethod,
  PasskeyMethod,
  PasswordMethod,
  Sent,
  Trip,
} from '../core/adapter.js'
import type { StepUpErrorCode } from '../core/errors.js'
import { StepUpError } from '../core/errors.js'

/** The password that is right. */
export const FAKE_PASSWORD = 'correct horse'
/** The code that is right. */
export const FAKE_CODE = '123456'

/** What the person of a fake adapter can prove it by in the page. */
export interface FakeMethods {
  /** A password asked for in the page; the right one is `FAKE_PASSWORD`. */
  readonly password: PasswordMethod
  /** A code by mail; the right one is `FAKE_CODE`. */
  readonly code: CodeMethod
  /** A link by mail; the address in it is `returnUrl()`. */
  readonly link: LinkMethod
  /** A passkey, which is accepted at once. */
  readonly passkey: PasskeyMethod
}

const SENT: Sent = { destination: 'a•••@acme.test', expiresIn: 600, resendIn: 30 }

const refused = (code: StepUpErrorCode, what: string) =>
  new StepUpError(code, `That ${what} was not accepted.`)

/**
 * @param prove answers as the script of the adapter says, or throws the refusal
 * @param begin remembers the trip that a mail leads back from
 */
export function createFakeMethods(
  prove: (refusal: StepUpError) => Promise<void>,
  begin: (trip: Trip) => void,
): FakeMethods {
  const wrong = (what: string) => refused('invalid_credentials', what)
  return {
    password: {
      type: 'password',
      id: 'password',
      async verify({ password }) {
        if (password !== FAKE_PASSWORD) throw wrong('password')
        await prove(wrong('password'))
      },
    },
    code: {
      type: 'code',
      id: 'code',
      channel: 'email',
      destination: 'a•••@acme.test',
      length: FAKE_CODE.length,
      send: () => Promise.resolve(SENT),
      async verify({ code }) {
        if (code !== FAKE_CODE) throw wrong('code')
        await prove(wrong('code'))
      },
    },
    link: {
      type: 'link',
      id: 'link',
      destination: 'a•••@acme.test',
      send(trip) {
        begin(trip)
        return Promise.resolve(SENT)
      },
    },
    passkey: {
      type: 'passkey',
      id: 'passkey',
      verify: () => prove(refused('cancelled', 'passkey')),
    },
  }
}
