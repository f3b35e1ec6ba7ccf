import { base64url } from 'jose'
import { Refused } from './verification-answer.js'
import { keyOf } from './verification-keys.js'
import type { CheckedVerification } from './verification-options.js'
import type { Session } from './verification-session.js'

/** Seconds, as the browser's own sheet has them at most. */
const LIFETIME = 300

/** What a passkey's answer says that it answers (WebAuthn Level 3, 5.8.1); whether it does is checked later. */
function challengeIn(response: unknown): string | null {
  try {
    const { clientDataJSON } = (response as { response: { clientDataJSON: string } }).response
    const text = new TextDecoder().decode(base64url.decode(clientDataJSON))
    const { challenge } = JSON.parse(text) as { challenge?: unknown }
    return typeof challenge === 'string' ? challenge : null
  } catch {
    return null
  }
}

/** Challenges for passkeys: one for each time that a tab asks, each good for one answer in its session. */
export function createChallenges({ now, passkey, store }: CheckedVerification) {
  const keyFor = ({ binding }: Session, challenge: string) =>
    keyOf('passkey', ...binding, challenge)
  return {
    async ask(session: Session): Promise<object> {
      if (!passkey) throw new Refused('no_method')
      const options = await passkey.options(session.authentication)
      const key = await keyFor(session, options.challenge)
      await store.set(key, String(now() + LIFETIME), LIFETIME)
      return options
    },
    /** Whoever takes it uses it up, also with a wrong answer. */
    async take(session: Session, response: unknown): Promise<string | null> {
      const challenge = challengeIn(response)
      if (challenge === null) return null
      const key = await keyFor(session, challenge)
      const until = await store.get(key)
      if (until === null || !(await store.take(key, until))) return null
      return now() < Number(until) ? challenge : null
    },
  }
}
