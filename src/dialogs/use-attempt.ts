import type { RefObject } from 'react'
import { useEffect } from 'react'
import { useDialog } from './dialog-context.js'
import type { AnyFormProps } from './form.js'
import type { Failure } from './messages.js'
import { useCountdown } from './use-countdown.js'
import { useTold } from './use-told.js'
import { failureOf, isOfField } from './wording.js'

export interface Attempt {
  readonly busy: boolean
  /** What is wrong with what was typed. */
  readonly failure: Failure | null
  /** What else went wrong. */
  readonly notice: Failure | null
  /** Seconds until the server takes another try. */
  readonly left: number
}

/** How the last try of a method went; where it was wrong, the field is where to go on. */
export function useAttempt(
  { state, method }: AnyFormProps,
  field?: RefObject<HTMLInputElement | null>,
): Attempt {
  const { messages, lock } = useDialog()
  const left = useCountdown(lock, lock?.retryAfter)
  const said = state.status === 'prompting' ? state.error : null
  const error = left > 0 ? lock : said
  const wrong = error !== null && isOfField(method, error)
  useEffect(() => {
    if (!wrong) return
    field?.current?.focus()
    field?.current?.select()
  }, [error, field, wrong])
  const busy = state.status === 'verifying'
  useTold(busy ? messages.verifying : '', busy)
  const failure = error && failureOf(error, true, messages, method.type)
  return { busy, failure: wrong ? failure : null, notice: wrong ? null : failure, left }
}
