import type { Authentication } from '../core/authentication.js'

/**
 * How one proof is answered. `fail`: the password is called wrong, or the person says no at the
 * provider. `wait`: not before `adapter.answer()`. `wrong_account`: somebody else signs in.
 * `ignore_max_age`: new tokens with the old `auth_time`. An error: the call fails with it.
 */
export type FakeAnswer = 'succeed' | 'fail' | 'wait' | 'wrong_account' | 'ignore_max_age' | Error

/** The answers that a test has laid down. */
export interface Script {
  readonly add: (...answers: readonly FakeAnswer[]) => void
  /** The next one. */
  take(): FakeAnswer
  /** Resolves with what `answer` is called with. */
  wait(): Promise<FinalAnswer>
  readonly answer: (answer?: FinalAnswer) => void
}

export type FinalAnswer = Exclude<FakeAnswer, 'wait'>

export function createScript(): Script {
  const answers: FakeAnswer[] = []
  let waiting: ((answer: FinalAnswer) => void)[] = []
  return {
    add(...more) {
      answers.push(...more)
    },
    take: () => answers.shift() ?? 'succeed',
    wait: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
      }),
    answer(answer = 'succeed') {
      if (waiting.length === 0) {
        throw new Error(
          "Nothing waits for an answer. Call adapter.next('wait') first, and answer() once the password is sent or the person is back.",
        )
      }
      const all = waiting
      waiting = []
      for (const resolve of all) resolve(answer)
    },
  }
}

/** What a proof that was accepted changes; `now` in seconds since the epoch. */
export function proofOf(
  answer: Exclude<FakeAnswer, 'fail' | 'wait' | Error>,
  now: number,
): Partial<Authentication> {
  const proof = { authTime: now, issuedAt: now }
  if (answer === 'wrong_account') {
    return { ...proof, subject: 'grace', account: { name: 'Grace Hopper' } }
  }
  return answer === 'ignore_max_age' ? { issuedAt: now } : proof
}
