import { Refused } from './verification-answer.js'
import { keyOf } from './verification-keys.js'
import type { CheckedVerification } from './verification-options.js'
import type { Session } from './verification-session.js'

/** Seconds, as the browser's own sheet has them at most. */
const LIFETIME = 300

interface StoredChallenge {
  readonly challenge: string
  readonly until: number
}

/** Challenges for passkeys: one per session at a time, each good for one answer. */
export function createChallenges({ now, passkey, store }: CheckedVerification) {
  const keyFor = ({ binding }: Session) => keyOf('passkey', ...binding)
  return {
    /** @throws Refused where the person has no passkey */
    async ask(session: Session): Promise<object> {
      const { authentication } = session
      if (!passkey || !(await passkey.has(authentication))) throw new Refused('no_method')
      const options = await passkey.options(authentication)
      const { challenge } = options
      const stored: StoredChallenge = { challenge, until: now() + LIFETIME }
      await store.set(await keyFor(session), JSON.stringify(stored), LIFETIME)
      return options
    },
    /** Whoever takes it uses it up, also with a wrong answer. */
    async take(session: Session): Promise<string | null> {
      const key = await keyFor(session)
      const text = await store.get(key)
      if (text === null || !(await store.take(key, text))) return null
      const { challenge, until } = JSON.parse(text) as StoredChallenge
      return now() < until ? challenge : null
    },
  }
}
