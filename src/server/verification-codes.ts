import { defined } from '../core/defined.js'
import { maskDestination } from '../core/destination.js'
import { Refused } from './verification-answer.js'
import { hide, isCode, randomDigits, type HiddenCode } from './verification-code.js'
import { keyOf } from './verification-keys.js'
import type {
  CheckedVerification,
  CodeDelivery,
  CodeService,
  CodeVerification,
} from './verification-options.js'
import type { Session } from './verification-session.js'
import { lockedBy } from './verification-tries.js'

type CodeMethod = CodeDelivery['method']

/** A code that somebody else checks. */
interface Ticket {
  readonly ticket: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}
type KeptCode = HiddenCode | Ticket

/** Codes to one person by one method within `attemptWindow`, over all sessions, with none used. */
const MOST = 10

/** Under one key, so that whoever uses either code uses up both. */
interface Kept {
  /** The last that was delivered. */
  readonly sent?: KeptCode | undefined
  /** The one that `deliver` has not confirmed: on its way, or where it failed perhaps late. */
  readonly sending?: HiddenCode
  readonly failed?: true
}

/** Codes of one session, person and method: good once, for a while, until the next is delivered. */
export function createCodes(options: CheckedVerification) {
  const { attempts, attemptWindow, code: verification, now, store } = options
  const { expiresIn, length, resendIn } = options.codes

  const keysFor = async ({ binding }: Session, { id }: CodeMethod) => {
    const [issuer, subject] = binding
    return {
      key: await keyOf('code', ...binding, id),
      pauseKey: await keyOf('send', ...binding, id),
      sentKey: await keyOf('sent', issuer, subject, id),
    }
  }
  const read = async (key: string) => {
    const text = await store.get(key)
    return { text, kept: text === null ? {} : (JSON.parse(text) as Kept) }
  }
  const write = async (key: string, kept: Kept) => {
    const text = JSON.stringify(kept)
    // It outlives its use, so that who is late hears "expired" and not "wrong".
    await store.set(key, text, 2 * expiresIn)
    return text
  }

  /** Both codes are good until `deliver` resolves: a mail may be read before, or never come. */
  async function deliver(
    own: CodeVerification,
    { authentication }: Session,
    method: CodeMethod,
    key: string,
  ): Promise<void> {
    const code = randomDigits(length)
    const sending = await hide(code, key, now() + expiresIn)
    const { text, kept } = await read(key)
    // A code that is used at this moment must not be written back, neither here nor below.
    const sent = text !== null && (await store.take(key, text)) ? kept.sent : undefined
    const written = await write(key, { sent, sending })
    const replace = async (after: Kept) => {
      if (await store.take(key, written)) await write(key, after)
    }
    try {
      await own.deliver({ authentication, code, method, expiresIn })
    } catch (error) {
      await replace({ sent, sending, failed: true })
      throw error
    }
    await replace({ sent: sending })
  }

  /** The earlier code is good until the next is on its way. Resolves to seconds. */
  async function order(
    service: CodeService,
    { authentication, request }: Session,
    method: CodeMethod,
    key: string,
  ): Promise<number> {
    try {
      const { ticket, expiresIn } = await service.send({ authentication, request, method })
      await write(key, { sent: { ticket, expiresAt: now() + expiresIn } })
      return expiresIn
    } catch (error) {
      const { text, kept } = await read(key)
      if (text === null || (await store.take(key, text)))
        await write(key, { ...kept, failed: true })
      throw error
    }
  }

  async function isRight(
    { authentication, request }: Session,
    typed: string,
    key: string,
    code: KeptCode,
  ): Promise<boolean> {
    if (!('ticket' in code)) return isCode(typed, key, code)
    if (!verification || !('check' in verification)) return false
    const { ticket } = code
    const found = await verification.check({ authentication, request, ticket, code: typed })
    if (found === 'expired') throw new Refused('code_expired')
    return found
  }

  return {
    /** Sends a code; where one was sent a moment ago, that one stands, and nothing is sent. */
    async send(session: Session, method: CodeMethod): Promise<object> {
      if (!verification || method.channel === 'totp') throw new Refused('no_method')
      const { key, pauseKey, sentKey } = await keysFor(session, method)
      const { destination } = method
      const sent = {
        destination: destination === undefined ? undefined : maskDestination(destination),
        expiresIn,
        resendIn,
      }
      /** What was sent before stands until then. */
      const standing = ({ expiresAt }: Pick<HiddenCode, 'expiresAt'>, resendIn?: number) =>
        defined({ ...sent, expiresIn: Math.max(0, Math.floor(expiresAt - now())), resendIn })
      const paused = lockedBy([await attempts.count(pauseKey, resendIn)], 1, resendIn)
      if (paused) {
        const { kept } = await read(key)
        // It failed a moment ago: nothing can be said to have been sent, and the pause is no shorter.
        if (kept.failed) throw paused
        const last = kept.sending ?? kept.sent ?? { expiresAt: now() + expiresIn }
        return standing(last, paused.retryAfter)
      }
      const counted = await attempts.count(sentKey, attemptWindow)
      const locked = lockedBy([counted], MOST, attemptWindow)
      if (locked) {
        // Or the next to ask would hear that a code is on its way.
        await attempts.forget(pauseKey)
        const { sent: last } = (await read(key)).kept
        if (last && now() < last.expiresAt) return standing(last, locked.retryAfter)
        throw locked
      }
      if ('send' in verification) {
        return defined({ ...sent, expiresIn: await order(verification, session, method, key) })
      }
      await deliver(verification, session, method, key)
      return defined(sent)
    },

    /** Spends it where it is right. @throws Refused for one that has expired */
    async verify(session: Session, method: CodeMethod, typed: string): Promise<boolean> {
      const { key, pauseKey, sentKey } = await keysFor(session, method)
      const { text, kept } = await read(key)
      if (text === null) return false
      const codes = [kept.sent, kept.sending].filter((code) => code !== undefined)
      const good = codes.filter(({ expiresAt }) => now() < expiresAt)
      if (good.length === 0) throw new Refused('code_expired')
      const right = await Promise.all(good.map((code) => isRight(session, typed, key, code)))
      if (!right.includes(true) || !(await store.take(key, text))) return false
      await attempts.forget(pauseKey)
      await attempts.forget(sentKey)
      return true
    },
  }
}
