import { describe, expect, test } from 'vitest'
import { StepUpError } from 'react-step-up'
import * as refusals from '../../src/core/refusals.js'

const told = Object.entries({
  cancelled: [refusals.cancelled('person'), 'cancelled', 'person'],
  windowBlocked: [refusals.windowBlocked(), 'cancelled', 'window_blocked'],
  windowClosed: [refusals.windowClosed(), 'cancelled', 'window_closed'],
  expired: [refusals.expired(), 'expired'],
  stillStale: [refusals.stillStale(), 'still_stale'],
  askedAgain: [refusals.askedAgain(), 'still_stale'],
  insufficientAcr: [refusals.insufficientAcr(), 'insufficient_acr'],
  noMethod: [refusals.noMethod(), 'no_method'],
  noDialog: [refusals.noDialog(), 'no_dialog'],
  unreadable: [refusals.unreadable(), 'provider_error'],
  notResumable: [refusals.notResumable({ label: 'Rename', tiedBy: '"file"' }), 'not_resumable'],
  outcomeUnknown: [refusals.outcomeUnknown(), 'outcome_unknown'],
  takenElsewhere: [refusals.takenElsewhere(), 'outcome_unknown'],
} as const)

describe('what a caller is refused with', () => {
  test.each(told)('%s: its code, and whole sentences', (_, [error, code, reason]) => {
    expect(error).toBeInstanceOf(StepUpError)
    expect(error.code).toBe(code)
    expect(error.reason).toBe(reason)
    expect(error.message).toMatch(/^["A-Z].{20,}[a-z>]\.$/)
  })

  test('the table has them all', () => {
    const { isFinal, ...all } = refusals
    expect(told.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(all)))
    expect(told.filter(([, [error]]) => isFinal(error)).map(([name]) => name)).toEqual([
      'noMethod',
      'notResumable',
    ])
  })

  test('what cannot wait is named, and what ties it', () => {
    const { message } = refusals.notResumable({ label: 'Rename', tiedBy: '"file"' })
    expect(message).toContain('"Rename" cannot wait')
    expect(message).toContain('"file" must not or cannot be stored')
    const unnamed = refusals.notResumable({ label: null, tiedBy: null })
    expect(unnamed.message).toContain('"This" cannot wait')
    expect(unnamed.message).toContain('something must not or cannot be stored')
  })

  test('the answer that asks again is kept as the cause', () => {
    const answer = new Response(null, { status: 401 })
    expect(refusals.askedAgain(answer).cause).toBe(answer)
  })
})
