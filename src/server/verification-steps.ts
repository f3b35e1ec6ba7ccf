import { Refused } from './verification-answer.js'
import { keyOf } from './verification-keys.js'
import { usableOf, walk, type VerificationMethod } from './verification-methods.js'
import type { CheckedVerification } from './verification-options.js'
import type { Session } from './verification-session.js'

/** Seconds from a first step to the second. */
const STEP = 600

/** A method that a person can use to the end, and what they have proved on the way to it. */
export interface Step<M extends VerificationMethod = VerificationMethod> {
  readonly method: M
  readonly before: readonly VerificationMethod[]
}

type OfType<Type> = Extract<VerificationMethod, { readonly type: Type }>

/** What was proved, where one proof is not enough. The page is told, and never asked. */
export function createSteps(options: CheckedVerification) {
  const { methodsOf, now, store } = options
  const keyFor = ({ binding }: Session) => keyOf('steps', ...binding)

  async function passed(key: string): Promise<readonly string[]> {
    const text = await store.get(key)
    if (text === null) return []
    const { ids, until } = JSON.parse(text) as { ids: readonly string[]; until: number }
    return now() < until ? ids : []
  }

  return {
    /** The method of the session's own person that the page names. @throws Refused */
    async find<Type extends VerificationMethod['type']>(
      session: Session,
      type: Type,
      id: unknown,
    ): Promise<Step<OfType<Type>>> {
      const { authentication, request } = session
      const methods = authentication.impersonated ? [] : await methodsOf(authentication, request)
      const before = walk(methods, await passed(await keyFor(session)))
      const isIt = (method: VerificationMethod): method is OfType<Type> =>
        method.type === type && method.id === id
      const next = before.at(-1)?.next?.find(isIt)
      const found = next ?? methods.find(isIt)
      const [method] = found ? await usableOf([found], authentication, options) : []
      if (!method) throw new Refused('no_method')
      return { method, before: next ? before : [] }
    },
    /** Remembers that these are done, and that more is asked for. */
    async remember(session: Session, methods: readonly VerificationMethod[]): Promise<void> {
      const steps = { ids: methods.map(({ id }) => id), until: now() + STEP }
      await store.set(await keyFor(session), JSON.stringify(steps), STEP)
    },
    async forget(session: Session): Promise<void> {
      const key = await keyFor(session)
      const text = await store.get(key)
      if (text !== null) await store.take(key, text)
    },
  }
}
